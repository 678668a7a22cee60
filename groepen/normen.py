"""Nothing stays unanswered: reminders before the norm of a Groep passes, and the 1,5-week rule.

``bewaak`` looks what is due and records an Event for each; a Herinnering per kind and waiting keeps it at
one, however often it runs. Norms count working days, the 1,5-week rule counts calendar days.

- Some hours before the norm passes: the behandelaar hears it, and who manage the Groep.
- Seven days without a sign to the asker: the behandelaar hears it (else who manage the Groep), and can
  say by one click that it is being worked on (``laat_iets_horen``).
- Ten days: the asker hears by name who has it. That is a sign; the next ten days begin. It ends when the
  question does: no asker hears nothing for ten days, however old the question.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import Case, DateTimeField, F, Max, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from groepen import toegang
from groepen.fouten import Weigering
from groepen.models import Antwoord, Groep, Herinnering, Overdracht, Reactie, Vraag
from intranet.events.models import Event
from intranet.werkdagen import is_werkdag, min_werkdagen

# The warning comes so long before the norm passes, and inside office hours.
VOORAF = timedelta(hours=4)
KANTOOR_OPEN, KANTOOR_LAAT = time(9, 0), time(15, 0)
# What passed longer ago than this stands in the queue of unanswered questions; nobody is woken for it.
TE_OUD = timedelta(days=3)
STIL_NA = timedelta(days=7)
UITLEG_NA = timedelta(days=10)
# So many silent questions at a time; the next look, minutes later, goes on. After a large import of old
# questions the worker has more to do than this.
MEEST = 1_000


class Bewaakt(NamedTuple):
    """How many reminders went out."""

    norm: int = 0
    stil: int = 0
    uitleg: int = 0

    def __str__(self) -> str:
        return f"{self.norm} voor de norm, {self.stil} na een week stilte, {self.uitleg} aan de vraagsteller"


def bewaak(nu: datetime | None = None) -> Bewaakt:
    """Send every reminder that is due. Safe to run twice, or after nights that were missed."""
    nu = nu or timezone.now()
    return Bewaakt(_norm_nadert(nu), *_stilte(nu))


# --- The norm ---------------------------------------------------------------------------------------


def waarschuw_op(uiterlijk: datetime) -> datetime:
    """When to warn of a norm that passes at ``uiterlijk``: four hours before, while people are at work."""
    moment = timezone.localtime(uiterlijk - VOORAF)
    if is_werkdag(moment.date()) and moment.time() >= KANTOOR_OPEN:
        return moment
    dag = moment.date()
    if moment.time() < KANTOOR_OPEN or not is_werkdag(dag):
        dag -= timedelta(days=1)
    while not is_werkdag(dag):
        dag -= timedelta(days=1)
    return timezone.make_aware(datetime.combine(dag, KANTOOR_LAAT))


def _norm_nadert(nu: datetime) -> int:
    aantal = 0
    for vraag in _binnenkort_te_laat(nu):
        uiterlijk = vraag.uiterlijk_op
        if waarschuw_op(uiterlijk) <= nu and uiterlijk > nu - TE_OUD:
            aantal += _herinner(
                nu,
                vraag,
                Herinnering.Soort.NORM,
                vraag.thread.gestart_op,
                "norm.nadert",
                uiterlijk=uiterlijk,
            )
    return aantal


def _binnenkort_te_laat(nu: datetime) -> Iterator[Vraag]:
    """Unanswered questions whose norm may be near. Roughly: the exact moment is worked out for each."""
    normen = Groep.objects.lopend().order_by().values_list("norm_werkdagen", flat=True).distinct()
    # A warning comes at most four days ahead: before Easter, on the Thursday.
    ruim = Q(pk__in=[])
    for norm in normen:
        ruim |= Q(
            thread__groep__norm_werkdagen=norm,
            thread__gestart_op__lte=min_werkdagen(nu + timedelta(days=5), norm),
            thread__gestart_op__gt=min_werkdagen(nu - TE_OUD, norm) - timedelta(days=2),
        )
    al = Herinnering.objects.filter(vraag=OuterRef("pk"), soort=Herinnering.Soort.NORM)
    vragen = Vraag.objects.levend().onbeantwoord().exclude(status=Vraag.Status.MEER_INFORMATIE).filter(ruim)
    vragen = vragen.filter(thread__groep__gesloten_op=None).annotate(al=Subquery(al.values("pk")[:1]))
    return vragen.filter(al=None).select_related("thread__groep").order_by("pk").iterator(chunk_size=500)


# --- The 1,5-week rule --------------------------------------------------------------------------------


def _stilte(nu: datetime) -> tuple[int, int]:
    stil = uitleg = 0
    for vraag in stille_vragen(nu):
        sinds: datetime = vraag.gehoord_op  # type: ignore[attr-defined]  # annotated
        if sinds <= nu - UITLEG_NA:
            wie = wie_heeft_het(vraag)
            # By that person, as it is told: "Eva has your question".
            uitleg += _herinner(
                nu,
                vraag,
                Herinnering.Soort.UITLEG,
                sinds,
                "stilte.uitgelegd",
                actor=wie,
                wie=wie.pk if wie else None,
            )
        else:
            stil += _herinner(nu, vraag, Herinnering.Soort.STIL, sinds, "stilte.gemerkt")
    return stil, uitleg


def stille_vragen(nu: datetime) -> Iterator[Vraag]:
    """Unsolved questions whose asker heard nothing for a week or more, with ``gehoord_op``: their last sign.

    At most ``MEEST``, the oldest first.

    A sign is what somebody else wrote or did: an Antwoord, a Reactie, taking it up or handing it over, or
    the word on day ten of who has it. A question that waits for the asker is not silent, nor is one that the
    asker took up.
    """
    grens = nu - STIL_NA
    van_ander = {"verwijderd_op": None}
    steller = OuterRef("thread__steller")
    tekens = [
        Antwoord.objects.filter(vraag=OuterRef("pk"), **van_ander).exclude(schrijver=steller),
        Reactie.objects.filter(thread=OuterRef("pk"), **van_ander).exclude(schrijver=steller),
    ]
    laatste = [_laatste(rijen, "gegeven_op") for rijen in tekens]
    laatste.append(
        _laatste(
            Overdracht.objects.filter(vraag=OuterRef("pk"), naar__isnull=False).exclude(naar=steller), "op"
        )
    )
    uitgelegd = Herinnering.objects.filter(vraag=OuterRef("pk"), soort=Herinnering.Soort.UITLEG)
    laatste.append(_laatste(uitgelegd, "op"))
    begin = F("thread__gestart_op")
    vragen = (
        Vraag.objects.levend()
        .onopgelost()
        .exclude(status=Vraag.Status.MEER_INFORMATIE)
        .exclude(behandelaar__isnull=False, behandelaar=F("thread__steller"))
        .filter(thread__gestart_op__lte=grens, thread__groep__gesloten_op=None)
        .annotate(gehoord_op=Greatest(*[Coalesce(moment, begin) for moment in laatste]))
        .filter(gehoord_op__lte=grens)
    )
    al = Herinnering.objects.filter(vraag=OuterRef("pk"), sinds=OuterRef("gehoord_op"))
    nodig = Case(
        When(gehoord_op__lte=nu - UITLEG_NA, then=Value(Herinnering.Soort.UITLEG.value)),
        default=Value(Herinnering.Soort.STIL.value),
    )
    vragen = vragen.annotate(nodig=nodig)
    vragen = vragen.annotate(al=Subquery(al.filter(soort=OuterRef("nodig")).values("pk")[:1])).filter(al=None)
    vragen = vragen.select_related("thread__groep", "behandelaar").order_by("pk")[:MEEST]
    return vragen.iterator(chunk_size=500)


def _laatste(rijen, veld: str):
    rijen = (
        rijen.order_by().annotate(_een=Value(1)).values("_een").annotate(laatst=Max(veld)).values("laatst")
    )
    return Subquery(rijen, output_field=DateTimeField())


def wie_heeft_het(vraag: Vraag):
    """Whom the asker is told about: the Behandelaar, else the eigenaar of the Groep who was there first.

    Never the asker, who would hear that they have it themselves; None when there is nobody else.
    """
    if vraag.behandelaar is not None and vraag.behandelaar.is_active:
        return vraag.behandelaar
    eigenaren = vraag.groep.lidmaatschappen.lopend().filter(rol=toegang.EIGENAAR, gebruiker__is_active=True)
    eigenaren = eigenaren.exclude(gebruiker=vraag.thread.steller_id)
    lid = eigenaren.select_related("gebruiker").order_by("begonnen_op", "pk").first()
    return lid.gebruiker if lid else None


@transaction.atomic
def _herinner(nu: datetime, vraag: Vraag, soort: str, sinds: datetime, gebeurtenis: str, **feiten) -> int:
    """Once: of two workers, or of two nights, the second finds the row and says nothing."""
    _rij, nieuw = Herinnering.objects.get_or_create(
        vraag=vraag, soort=soort, sinds=sinds, defaults={"op": nu}
    )
    if nieuw:
        Event.record(gebeurtenis, groep=vraag.thread.groep_id, thread=vraag.thread, ding=vraag, **feiten)
    return int(nieuw)


@transaction.atomic
def laat_iets_horen(vraag: Vraag, door) -> Reactie:
    """ "Ik ben er nog mee bezig", by one click: a Reactie that the asker hears of; the claim goes on.

    Raises Weigering when it is solved already, or said today already.
    """
    if vraag.is_af:
        raise Weigering(_("Deze vraag is al afgerond."))
    vandaag = timezone.localdate()
    tekst = _("Hier wordt nog aan gewerkt. Je hoort het zodra er nieuws is.")
    mijn = Reactie.objects.filter(thread=vraag.thread, schrijver=door, verwijderd_op=None).order_by("-pk")
    vorige = mijn.filter(inhoud=f"<p>{tekst}</p>").first()
    if vorige is not None and timezone.localdate(vorige.gegeven_op) == vandaag:
        raise Weigering(_("Je liet vandaag al weten dat je hiermee bezig bent."))
    return Reactie.geef(vraag.thread, door, tekst)
