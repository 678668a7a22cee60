"""A colleague: who they are and what they know about. By what they wrote: see ``intranet.zoeken.mensen``."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from groepen.models import Lidmaatschap
from intranet.zoeken import lezer
from intranet.zoeken.document import Soort, Zoekdocument
from profielen.models import Deskundigheid, Gebruiker

from .rijen import bij_elkaar, per_nummer, regels, tel

NAAM = "mens"


def basis() -> QuerySet:
    return Gebruiker.objects.actief()


def maak(nummers: Iterable[int]) -> list[Zoekdocument]:
    """Three queries for any number of people."""
    mensen = list(
        basis()
        .filter(pk__in=list(nummers))
        .order_by("pk")
        .select_related("organisatie", "profiel__afdeling")
        .only(
            "voornaam", "tussenvoegsel", "achternaam", "email", "organisatie__deelname",
            "profiel__functie", "profiel__vraag_mij_over", "profiel__afdeling__naam",
        )
    )  # fmt: skip
    pks = [mens.pk for mens in mensen]
    kennis = bij_elkaar(
        Deskundigheid.objects.voor_iedereen()
        .filter(profiel__in=pks)
        .order_by("onderwerp")
        .values_list("profiel", "onderwerp", "onderwerp__naam")
        .distinct()
    )
    groepen = bij_elkaar(
        Lidmaatschap.objects.lopend()
        .filter(gebruiker__in=pks)
        .order_by("groep")
        .values_list("gebruiker", "groep")
    )
    return [_document(mens, kennis[mens.pk], groepen[mens.pk]) for mens in mensen]


def _document(mens: Gebruiker, kennis: list[tuple[int, str]], groepen: list[int]) -> Zoekdocument:
    profiel = getattr(mens, "profiel", None)
    afdeling = profiel.afdeling.naam if profiel is not None and profiel.afdeling else ""
    wie = [lezer.ik(mens.pk), *map(lezer.leden, groepen)]
    if mens.is_medewerker:
        wie.append(lezer.MEDEWERKERS)
    return Zoekdocument(
        id=f"{NAAM}:{mens.pk}",
        soort=NAAM,
        titel=mens.naam,
        tekst=regels(
            profiel.functie if profiel is not None else "",
            afdeling,
            profiel.vraag_mij_over if profiel is not None else "",
            ", ".join(naam for _pk, naam in kennis),
        ),
        sleutels=tuple(wie),
        organisaties=(mens.organisatie_id,) if mens.organisatie_id else (),
        onderwerpen=tuple(onderwerp for onderwerp, _naam in kennis),
    )


def waarop(event) -> Iterable[int]:
    """The people whom ``event`` changed: an account, a profile, who is in which Groep, whom they work for."""
    if event.ding_soort == "gebruiker" and event.ding_id is not None:
        return [event.ding_id]
    if event.soort == "organisatie.gewijzigd":
        return _nummers(organisatie=event.ding_id)
    if event.soort == "afdeling.gewijzigd":
        return _nummers(profiel__afdeling=event.ding_id)
    if event.soort == "afdeling.verwijderd":
        return _nummers(organisatie=event.feiten["organisatie"])
    if event.soort == "onderwerp.gewijzigd":
        return _nummers(profiel__deskundigheden__onderwerp=event.ding_id)
    return ()


def _nummers(**voorwaarden) -> Iterable[int]:
    return basis().filter(**voorwaarden).order_by().values_list("pk", flat=True).iterator()


def zichtbaar(gebruiker) -> QuerySet:
    return Gebruiker.objects.zichtbaar_voor(gebruiker)


SOORT = Soort(NAAM, maak, per_nummer(basis), waarop, zichtbaar, tel(basis), _("Mensen"))
