"""What proves that somebody knows about an Onderwerp: the solutions they gave.

An Antwoord proves something when it is the Oplossing of a Vraag that somebody else asked, of the last two
years. Two of them make a Deskundigheid "bewezen": Onderwerpen are narrow, there are a thousand of them, and
the page says how many solutions there were. Nightly writes it down for the whole house (``werk_bij``); of
that a reader sees what they may read, by the same rule as everything else, so that a badge never tells of
a Groep that they do not know.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Sum
from django.utils import timezone

from groepen.models import Antwoord
from profielen.models import Deskundigheid
from profielen.toegang import Bewijs

DREMPEL = 2
TERMIJN = timedelta(days=2 * 365)
_OVER = "lost_op__onderwerpen"


def oplossingen():
    """The Antwoorden that prove something."""
    return (
        Antwoord.objects.levend()
        .filter(lost_op__opgelost_op__gte=timezone.now() - TERMIJN, lost_op__thread__verwijderd_op=None)
        .exclude(schrijver=F("lost_op__thread__steller"))
    )


def genoeg(kijker):
    """As a condition on a Deskundigheid: ``kijker`` may read at least DREMPEL solutions that prove it."""
    bewijs = (
        oplossingen()
        .zichtbaar_voor(kijker)
        .filter(schrijver=OuterRef("profiel"), **{_OVER: OuterRef("onderwerp")})
        .values("schrijver")
        .annotate(aantal=Count("pk"))
        .filter(aantal__gte=DREMPEL)
    )
    return Exists(bewijs)


def tel(kijker, gebruiker_id: int) -> dict[int, Bewijs]:
    """Onderwerp → the solutions of one person that ``kijker`` may read, where those are enough."""
    rijen = (
        oplossingen()
        .zichtbaar_voor(kijker)
        .filter(schrijver=gebruiker_id, **{f"{_OVER}__isnull": False})
        .values_list(_OVER)
        .annotate(aantal=Count("pk"), geholpen=Sum("lost_op__thread__aantal_geholpen"))
        .filter(aantal__gte=DREMPEL)
    )
    return {onderwerp: Bewijs(aantal, geholpen) for onderwerp, aantal, geholpen in rijen}


def werk_bij() -> str:
    """Nightly: write down who has proven what, and take away what no longer is; hidden stays hidden.

    Returns how many came and went, in words for the log.
    """
    paren = (
        oplossingen()
        .filter(**{f"{_OVER}__isnull": False})
        .values_list("schrijver", _OVER)
        .annotate(aantal=Count("pk"))
        .filter(aantal__gte=DREMPEL)
        .order_by()
    )
    nu_bewezen = {(wie, onderwerp) for wie, onderwerp, _aantal in paren}
    soort = Deskundigheid.Soort.BEWEZEN
    with transaction.atomic():
        rijen = Deskundigheid.objects.filter(soort=soort)
        stond = {
            (wie, onderwerp): (pk, verborgen_op)
            for pk, wie, onderwerp, verborgen_op in rijen.values_list(
                "pk", "profiel", "onderwerp", "verborgen_op"
            )
        }
        # Hidden is an Onderwerp, whatever it rests on.
        verborgen = {
            (wie, onderwerp): op
            for wie, onderwerp, op in Deskundigheid.objects.filter(verborgen_op__isnull=False).values_list(
                "profiel", "onderwerp", "verborgen_op"
            )
        }
        erbij = [
            Deskundigheid(
                profiel_id=wie,
                onderwerp_id=onderwerp,
                soort=soort,
                verborgen_op=verborgen.get((wie, onderwerp)),
            )
            for wie, onderwerp in sorted(nu_bewezen - stond.keys())
        ]
        Deskundigheid.objects.bulk_create(erbij, batch_size=500, ignore_conflicts=True)
        weg = [
            pk
            for paar, (pk, verborgen_op) in stond.items()
            if paar not in nu_bewezen and verborgen_op is None
        ]
        for begin in range(0, len(weg), 500):
            Deskundigheid.objects.filter(pk__in=weg[begin : begin + 500]).delete()
    return f"{len(erbij)} erbij, {len(weg)} weg"
