"""The choices beside the results: what there is to choose, in words, and how many hits each would give."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Value
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from groepen.models import Groep
from groepen.voorbereid import Voor
from intranet.prepared import plan_cursor
from intranet.zoeken.adres import SOORTEN, Adres
from intranet.zoeken.blad import STEMMEN, Blad, past_niet_bij_stemmen
from intranet.zoeken.motor import PERIODEN, Facet, Treffer, Uitkomst
from profielen.models import Gebruiker, Onderwerp, Organisatie

# Of each kind of choice the most frequent; what was chosen stays in sight whatever its count.
MEESTE = 6
SOORTNAMEN = {
    "vraag": gettext_lazy("Vragen"),
    "artikel": gettext_lazy("Kennis"),
    "mens": gettext_lazy("Mensen"),
    "groep": gettext_lazy("Groepen"),
    "onderwerp": gettext_lazy("Onderwerpen"),
}
WANNEER = {
    "week": pgettext_lazy("zoeken", "Afgelopen week"),
    "maand": pgettext_lazy("zoeken", "Afgelopen maand"),
    "jaar": pgettext_lazy("zoeken", "Afgelopen jaar"),
}


@dataclass(slots=True)
class Keuze:
    """One thing to choose; ``waarde`` as the address has it. ``aantal`` is None where it is not known."""

    waarde: str
    naam: Any
    aantal: int | None
    is_gekozen: bool


@dataclass(slots=True)
class Keuzes:
    """All there is to choose; ``groep`` is the slug of the one Groep that was chosen, or "" ."""

    soorten: list[Keuze]
    groepen: list[Keuze]
    organisaties: list[Keuze]
    onderwerpen: list[Keuze]
    wanneer: list[Keuze]
    opgelost: Keuze
    groep: str


class Namen:
    """The names of all that is counted and of the topics that were found, for one reader; one query."""

    def __init__(self, uitkomst: Uitkomst, treffers: Iterable[Treffer], adres: Adres, kijker: Any):
        facet = uitkomst.facetten.get
        self.groepen = _meeste(facet("groep", {}), adres.groepen)
        self.organisaties = _meeste(
            facet("organisatie", {}), _te_kennen(kijker, adres.organisaties, facet("organisatie", {}))
        )
        self.onderwerpen = _meeste(facet("onderwerp", {}), adres.onderwerpen)
        gevonden = [treffer.nummer for treffer in treffers if treffer.soort == "onderwerp"]
        self._namen = _haal_namen(
            kijker, list(self.groepen), list(self.organisaties), [*self.onderwerpen, *gevonden]
        )

    def van(self, soort: str, pk: int) -> tuple[str, str] | None:
        """(name, slug) of a Groep that the reader may read, an Organisatie or an Onderwerp."""
        return self._namen.get((soort, pk))

    def als_onderwerpen(self) -> dict[int, Onderwerp]:
        return {
            pk: Onderwerp(pk=pk, naam=naam, slug=slug)
            for (soort, pk), (naam, slug) in self._namen.items()
            if soort == "onderwerp"
        }


def keuzes(uitkomst: Uitkomst, adres: Adres, namen: Namen, blad: Blad) -> Keuzes:
    """What there is to choose from.

    How many people there are is only told where it is what their own page has: they are found by what they
    wrote too, which the engine does not count.
    """
    facet = uitkomst.facetten.get
    per_soort: dict[Any, int | None] = dict(facet("soort", {}))
    sinds = facet("sinds", {})
    if not past_niet_bij_stemmen(adres):
        per_soort["mens"] = blad.mensen
        if blad.mensen is None and not any(facet("soort", {}).get(soort) for soort in (*STEMMEN, "mens")):
            per_soort["mens"] = 0
    de_groep = namen.van("groep", adres.groepen[0]) if len(adres.groepen) == 1 else None
    return Keuzes(
        soorten=[
            Keuze(soort, SOORTNAMEN[soort], per_soort.get(soort, 0), adres.soort == soort)
            for soort in SOORTEN
            if per_soort.get(soort, 0) != 0 or adres.soort == soort
        ],
        groepen=_benoemd("groep", namen.groepen, adres.groepen, namen),
        organisaties=_benoemd("organisatie", namen.organisaties, adres.organisaties, namen),
        onderwerpen=_benoemd("onderwerp", namen.onderwerpen, adres.onderwerpen, namen),
        wanneer=[
            Keuze(periode, WANNEER[periode], sinds.get(periode, 0), adres.wanneer == periode)
            for periode in reversed(PERIODEN)
            if sinds.get(periode) or adres.wanneer == periode
        ],
        opgelost=Keuze("ja", _("Alleen opgelost"), facet("opgelost", {}).get(True, 0), adres.opgelost),
        groep=de_groep[1] if de_groep else "",
    )


def _te_kennen(kijker: Any, gekozen: Collection[int], geteld: Collection[Any]) -> list[int]:
    """Of the organisaties that were chosen those that ``kijker`` knows: any number fits in an address.

    What is counted comes from what they found; only for the others there is a query.
    """
    anders = [pk for pk in gekozen if pk not in geteld]
    if anders:
        mensen = Gebruiker.objects.zichtbaar_voor(kijker).filter(organisatie=OuterRef("pk"))
        groepen = Groep.objects.vindbaar_voor(kijker).filter(organisaties=OuterRef("pk"))
        bekend = Organisatie.objects.filter(Exists(mensen) | Exists(groepen), pk__in=anders)
        anders = list(bekend.values_list("pk", flat=True))
    return [pk for pk in gekozen if pk in geteld or pk in anders]


def _meeste(facet: Facet, gekozen: Collection[int]) -> dict[int, int]:
    op_aantal = sorted(facet, key=lambda waarde: (-facet[waarde], waarde))[:MEESTE]
    return {int(waarde): facet.get(waarde, 0) for waarde in dict.fromkeys([*op_aantal, *gekozen])}


def _benoemd(soort: str, aantallen: dict[int, int], gekozen: Collection[int], namen: Namen) -> list[Keuze]:
    met_naam = ((pk, aantal, namen.van(soort, pk)) for pk, aantal in aantallen.items())
    return [Keuze(str(pk), naam[0], aantal, pk in gekozen) for pk, aantal, naam in met_naam if naam]


def _kolommen(queryset: Any, soort: str) -> Any:
    return (
        queryset.order_by()
        .annotate(soort_keuze=Value(soort, output_field=CharField()))
        .values_list("soort_keuze", "pk", "naam", "slug" if soort != "organisatie" else "sorteernaam")
    )


_benoem = Voor(
    lambda ik, groepen, organisaties, onderwerpen: _kolommen(
        Groep.objects.zichtbaar_voor(ik).filter(pk__in=groepen), "groep"
    ).union(
        _kolommen(Organisatie.objects.filter(pk__in=organisaties), "organisatie"),
        _kolommen(Onderwerp.objects.filter(pk__in=onderwerpen), "onderwerp"),
        all=True,
    )
)


def _haal_namen(
    kijker: Any, groepen: list[int], organisaties: list[int], onderwerpen: list[int]
) -> dict[tuple[str, int], tuple[str, str]]:
    if not (groepen or organisaties or onderwerpen):
        return {}
    sql, params = _benoem.sql(kijker, groepen=groepen, organisaties=organisaties, onderwerpen=onderwerpen)
    with plan_cursor() as cursor:
        cursor.execute(sql, params)
        return {(soort, pk): (naam, slug) for soort, pk, naam, slug in cursor.fetchall()}
