"""A question with its answers: one document, so that a hit is a conversation and not a loose remark."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from groepen import toegang
from groepen.models import Antwoord, Reactie, Thread, Vraag
from groepen.models.thread import ThreadQuerySet
from intranet import text
from intranet.zoeken.document import Soort, Zoekdocument

from .rijen import bij_elkaar, per_nummer, regels, tel

NAAM = "vraag"
# A solved question helps more often than one that waits, and so does an answer that somebody vouches for.
OPGELOST, GECONTROLEERD = 1.1, 1.05
# Events with these beginnings may change what a question says or where it stands.
_OVER_VRAGEN = ("vraag.", "antwoord.", "oplossing.", "reactie.", "thread.")


def basis() -> ThreadQuerySet:
    """A deleted question is gone from search at once, also what others wrote below it."""
    return Thread.objects.levend().filter(soort=Thread.Soort.VRAAG)


def maak(nummers: Iterable[int]) -> list[Zoekdocument]:
    """Four queries for any number of questions."""
    vragen = list(
        Vraag.objects.filter(thread__in=basis().filter(pk__in=list(nummers)).values("pk")).values_list(
            "pk",
            "thread__titel",
            "inhoud",
            "oplossing_id",
            "status",
            "thread__groep_id",
            "thread__laatst_actief_op",
            "thread__heeft_gecontroleerd",
            "thread__steller__organisatie_id",
        )
    )
    pks = [rij[0] for rij in vragen]
    antwoorden = bij_elkaar(
        Antwoord.objects.levend().filter(vraag__in=pks).order_by("pk").values_list("vraag", "pk", "inhoud")
    )
    reacties = bij_elkaar(
        Reactie.objects.filter(thread__in=pks, verwijderd_op=None)
        .order_by("pk")
        .values_list("thread", "inhoud")
    )
    onderwerpen = bij_elkaar(
        Vraag.onderwerpen.through.objects.filter(vraag__in=pks)
        .order_by("onderwerp")
        .values_list("vraag", "onderwerp", "onderwerp__naam")
    )
    uit = []
    for pk, titel, inhoud, oplossing, status, groep, op, gecontroleerd, organisatie in vragen:
        # The Oplossing is what people look for, so it comes before the question itself.
        teksten = [tekst for nummer, tekst in antwoorden[pk] if nummer == oplossing]
        teksten += [inhoud, *(tekst for nummer, tekst in antwoorden[pk] if nummer != oplossing)]
        is_opgelost = status == Vraag.Status.OPGELOST
        uit.append(
            Zoekdocument(
                id=f"{NAAM}:{pk}",
                soort=NAAM,
                titel=titel,
                tekst=regels(
                    *map(text.plain, teksten),
                    *map(text.plain, reacties[pk]),
                    ", ".join(naam for _pk, naam in onderwerpen[pk]),
                ),
                sleutels=(toegang.key(groep),),
                groep=groep,
                organisaties=(organisatie,) if organisatie else (),
                onderwerpen=tuple(onderwerp for onderwerp, _naam in onderwerpen[pk]),
                opgelost=is_opgelost,
                op=op,
                prior=(OPGELOST if is_opgelost else 1.0) * (GECONTROLEERD if gecontroleerd else 1.0),
            )
        )
    return uit


def waarop(event) -> Iterable[int]:
    """The questions that ``event`` changed."""
    if event.thread_id is not None and event.soort.startswith(_OVER_VRAGEN):
        return [event.thread_id]
    if event.soort == "gebruiker.wisselde_organisatie":
        return basis().filter(steller=event.ding_id).values_list("pk", flat=True).iterator()
    if event.soort == "onderwerp.gewijzigd":
        over = Vraag.onderwerpen.through.objects.filter(onderwerp=event.ding_id)
        return over.values_list("vraag", flat=True).iterator()
    return ()


def zichtbaar(gebruiker) -> QuerySet:
    return basis().zichtbaar_voor(gebruiker)


SOORT = Soort(NAAM, maak, per_nummer(basis), waarop, zichtbaar, tel(basis), _("Vragen"))
