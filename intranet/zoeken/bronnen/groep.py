"""The card of a Groep: what it is for. What is written in it are documents of their own."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from groepen import toegang
from groepen.models import Groep
from intranet.zoeken import lezer
from intranet.zoeken.document import Soort, Zoekdocument

from .rijen import bij_elkaar, per_nummer, regels, tel

NAAM = "groep"
# A closed Groep can be read, and is seldom what somebody looks for.
GESLOTEN = 0.8


def basis() -> QuerySet:
    return Groep.objects.all()


def maak(nummers: Iterable[int]) -> list[Zoekdocument]:
    """Three queries for any number of Groepen."""
    groepen = list(
        basis()
        .filter(pk__in=list(nummers))
        .order_by("pk")
        .only("naam", "soort", "doel", "hoort_wel", "hoort_niet", "gemaakt_op", "gesloten_op")
    )
    pks = [groep.pk for groep in groepen]
    organisaties = bij_elkaar(
        Groep.organisaties.through.objects.filter(groep__in=pks)
        .order_by("organisatie")
        .values_list("groep", "organisatie")
    )
    onderwerpen = bij_elkaar(
        Groep.onderwerpen.through.objects.filter(groep__in=pks)
        .order_by("onderwerp")
        .values_list("groep", "onderwerp", "onderwerp__naam")
    )
    return [_document(groep, organisaties[groep.pk], onderwerpen[groep.pk]) for groep in groepen]


def _document(groep: Groep, organisaties: list[int], onderwerpen: list[tuple[int, str]]) -> Zoekdocument:
    wie = [lezer.leden(groep.pk)]
    if groep.soort != toegang.VERBORGEN:
        wie += map(lezer.collegas, organisaties)
    return Zoekdocument(
        id=f"{NAAM}:{groep.pk}",
        soort=NAAM,
        titel=groep.naam,
        tekst=regels(
            groep.doel, *groep.punten_wel, *groep.punten_niet, ", ".join(naam for _pk, naam in onderwerpen)
        ),
        sleutels=tuple(wie),
        organisaties=tuple(organisaties),
        onderwerpen=tuple(onderwerp for onderwerp, _naam in onderwerpen),
        op=groep.gemaakt_op,
        prior=GESLOTEN if groep.is_gesloten else 1.0,
    )


def waarop(event) -> Iterable[int]:
    """The Groepen whose card ``event`` changed."""
    if event.soort.startswith("groep.") and event.groep_id is not None:
        return [event.groep_id]
    if event.soort == "onderwerp.gewijzigd":
        over = Groep.onderwerpen.through.objects.filter(onderwerp=event.ding_id)
        return over.values_list("groep", flat=True)
    return ()


def zichtbaar(gebruiker) -> QuerySet:
    return Groep.objects.vindbaar_voor(gebruiker)


SOORT = Soort(NAAM, maak, per_nummer(basis), waarop, zichtbaar, tel(basis), _("Groepen"))
