"""The open lists of the Dutch government that come with the house, in ``profielen/gegevens/``.

Both may run as often as you like: what is there stays, with its number.
"""

import csv
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.db import transaction

from intranet.events.models import Event
from profielen.models import Onderwerp, Organisatie
from profielen.namen import vouw

GEGEVENS = Path(__file__).resolve().parent / "gegevens"
UPL = GEGEVENS / "UPL-actueel.csv"
GEMEENTEN = GEGEVENS / "Gemeente.xml"

# The UPL's own row for a product that has no name yet: an address, but no Onderwerp.
ZONDER_NAAM = "UPL-naam nog niet beschikbaar"
PER_KEER = 500

Volg = Callable[[Iterable[Any]], Iterable[Any]]


def importeer_upl(path: Path | str = UPL, volg: Volg = iter) -> int:
    """One Onderwerp per address in the Uniforme Productnamenlijst; how many of them are new.

    A product stands in the list once per legal basis; those rows share one address. A name that changed
    in the list changes here; an Onderwerp of our own with the same name becomes the one of the list.

    Args:
        path: the list as CSV, columns ``UniformeProductnaam`` and ``URI``.
        volg: wraps the rows, to show how far it is.
    """
    namen: dict[str, str] = {}
    with open(path, encoding="utf-8-sig", newline="") as bestand:
        for rij in csv.DictReader(bestand):
            naam, adres = " ".join(rij["UniformeProductnaam"].split()), rij["URI"].strip()
            if naam and adres and naam != ZONDER_NAAM:
                namen.setdefault(adres, naam[:1].upper() + naam[1:])
    return _neem_over(
        namen.items(), volg, Onderwerp, sleutel="upl_adres", maak=lambda naam, adres: _onderwerp(naam, adres)
    )


def importeer_gemeenten(path: Path | str = GEMEENTEN, volg: Volg = iter) -> int:
    """An Organisatie for each municipality that exists, as partner; how many of them are new.

    Whether one takes part (deelnemer) is decided in ``/beheer/`` and stays. Municipalities with an
    ``endDate`` were merged into others and are left out.

    Args:
        path: the OWMS value list as XML.
        volg: wraps the rows, to show how far it is.
    """
    # Our own file, or one that an administrator names on the command line.
    wortel = ET.parse(path).getroot()  # noqa: S314
    namen: dict[str, str] = {}
    for waarde in wortel.iter("value"):
        naam, adres = (
            waarde.findtext("prefLabel", "").strip(),
            waarde.findtext("resourceIdentifier", "").strip(),
        )
        if naam and adres and waarde.find("endDate") is None:
            namen[adres] = naam
    return _neem_over(
        namen.items(),
        volg,
        Organisatie,
        sleutel="identificatie",
        maak=lambda naam, adres: _gemeente(naam, adres),
    )


def _onderwerp(naam: str, adres: str) -> Onderwerp:
    onderwerp = Onderwerp(naam=naam, upl_adres=adres)
    onderwerp.vul_aan()
    return onderwerp


def _gemeente(naam: str, adres: str) -> Organisatie:
    return Organisatie(
        naam=naam, sorteernaam=vouw(naam), soort=Organisatie.Soort.GEMEENTE, identificatie=adres
    )


@transaction.atomic
def _neem_over(rijen: Iterable[tuple[str, str]], volg: Volg, model: Any, *, sleutel: str, maak: Any) -> int:
    """Rows (address, name) into ``model``: known by address, else by name, else new."""
    alle = list(model.objects.all())
    op_adres = {getattr(ding, sleutel): ding for ding in alle if getattr(ding, sleutel)}
    op_naam = {vouw(ding.naam): ding for ding in alle}
    slugs = {ding.slug for ding in alle} if model is Onderwerp else set()
    nieuw, anders = [], []
    for adres, naam in volg(list(rijen)):
        ding = op_adres.get(adres)
        naamgenoot = op_naam.get(vouw(naam))
        if ding is None and naamgenoot is not None and not getattr(naamgenoot, sleutel):
            setattr(naamgenoot, sleutel, adres)
            anders.append(naamgenoot)
        elif ding is None:
            # Two things of one name: a municipality and a province, say.
            ding = maak(naam if naamgenoot is None else f"{naam} ({_soort(model)})", adres)
            if model is Onderwerp:
                ding.slug = _vrij(ding.slug, slugs)
                slugs.add(ding.slug)
            op_naam[vouw(ding.naam)] = ding
            nieuw.append(ding)
        elif ding.naam != naam and naamgenoot is None:
            ding.naam, ding.sorteernaam = naam, vouw(naam)
            anders.append(ding)
    model.objects.bulk_create(nieuw, batch_size=PER_KEER)
    model.objects.bulk_update(anders, ["naam", "sorteernaam", sleutel], batch_size=PER_KEER)
    if model is Onderwerp:
        if nieuw:
            Event.record("onderwerpen.ingelezen")
        for onderwerp in anders:
            Event.record("onderwerp.gewijzigd", ding=onderwerp)
    return len(nieuw)


def _soort(model: Any) -> str:
    return "gemeente" if model is Organisatie else "UPL"


def _vrij(slug: str, bezet: set[str]) -> str:
    basis, nummer = slug[:150], 1
    while slug in bezet:
        nummer += 1
        slug = f"{basis}-{nummer}"
    return slug
