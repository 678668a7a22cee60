"""The list of leden of a Groep."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, IntegerField, Q, Value, When

from groepen import toegang
from groepen.models import Groep, Lidmaatschap
from profielen.namen import vouw

PER_BLAD = 50
# Those who look after the Groep stand first.
VOLGORDE = {toegang.EIGENAAR: 0, toegang.BEHEERDER: 1, toegang.LID: 2, toegang.WAARNEMER: 2}


@dataclass(slots=True)
class Rij:
    """A lid in the list."""

    lid: Lidmaatschap
    gebruiker: Any
    wat: str
    is_gast: bool
    is_ik: bool


def bouw(groep: Groep, kijker, vraag: Any) -> dict[str, Any]:
    """One page of leden for the query ``vraag`` (a QueryDict): one query."""
    zoek = vraag.get("q", "").replace("\0", "").strip()[:100]
    eigen = {
        organisatie.pk for organisatie in toegang.onthoud_organisaties(groep) if organisatie.is_deelnemer
    }
    leden = (
        groep.lidmaatschappen.lopend()
        .filter(gebruiker__is_active=True)
        .select_related("gebruiker__organisatie", "gebruiker__profiel__afdeling")
        .annotate(
            plek=Case(
                *(When(rol=rol, then=Value(plek)) for rol, plek in VOLGORDE.items()),
                output_field=IntegerField(),
            )
        )
        .order_by("plek", "gebruiker__sorteernaam", "gebruiker_id")
    )
    if vraag.get("gasten"):
        leden = leden.exclude(gebruiker__organisatie__in=eigen)
    if gevouwen := vouw(zoek):
        # "vries anna" and "Anna de Vries" both find her: the folded name has the surname first.
        for woord in gevouwen.split():
            leden = leden.filter(
                Q(gebruiker__sorteernaam__contains=woord) | Q(gebruiker__tussenvoegsel__icontains=woord)
            )
    gevonden = list(_na(leden, vraag.get("na"))[: PER_BLAD + 1])
    blad = gevonden[:PER_BLAD]
    return {
        "rijen": [_rij(lid, eigen, kijker) for lid in blad],
        "volgende": _cursor(blad[-1]) if len(gevonden) > PER_BLAD else None,
        "is_eerste": not vraag.get("na"),
        "zoek": zoek,
        "alleen_gasten": bool(vraag.get("gasten")),
    }


def _rij(lid, eigen, kijker) -> Rij:
    wie = lid.gebruiker
    afdeling = wie.profiel.afdeling.naam if wie.profiel.afdeling_id else ""
    elders = (
        wie.organisatie.naam if wie.organisatie_id and wie.organisatie_id != kijker.organisatie_id else ""
    )
    wat = ", ".join(deel for deel in (wie.profiel.functie, afdeling, elders) if deel)
    return Rij(lid, wie, wat, wie.organisatie_id not in eigen, wie.pk == kijker.pk)


def _cursor(lid) -> str:
    return f"{lid.plek}-{lid.gebruiker_id}-{lid.gebruiker.sorteernaam}"


def _na(leden, na: str | None):
    plek, _streep, rest = (na or "").partition("-")
    pk, _streep, naam = rest.partition("-")
    if not (plek in ("0", "1", "2") and pk.isascii() and pk.isdigit() and len(pk) < 16) or "\0" in naam:
        return leden
    zelfde_plek = Q(plek=int(plek)) & (
        Q(gebruiker__sorteernaam__gt=naam) | Q(gebruiker__sorteernaam=naam, gebruiker_id__gt=int(pk))
    )
    return leden.filter(zelfde_plek | Q(plek__gt=int(plek)))
