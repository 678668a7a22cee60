"""What we know: ten Kennisartikelen, each published by the eigenaar of its Groep.

They go through Wagtail's own publishing, so that the demo has the Threads and the history that ``/cms/`` would make.
"""

import tomllib
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

from django.utils.text import slugify

from groepen.models import Thread, Vraag
from groepen.toegang import EIGENAAR
from kennisbank.deur import maak_rechten_gelijk
from kennisbank.models import GroepKennisbank, Kennisartikel
from profielen.models import Gebruiker

from . import vac
from .klok import moment
from .waar import Plek

INHOUD = Path(__file__).parent / "artikelen.toml"


def lees() -> list[dict[str, Any]]:
    return tomllib.loads(INHOUD.read_text())["artikel"]


def bouw(rnd: Random, nu: datetime, plekken: dict[str, Plek]) -> None:
    vacs = {een["title"]: een for een in vac.lees()}
    for inhoud in sorted(lees(), key=lambda een: -een["dagen_geleden"]):
        plek = plekken[inhoud["groep"]]
        eigenaar = next(mens for mens in plek.leden if mens.groepen[plek.groep.slug] == EIGENAAR).gebruiker
        artikel = Kennisartikel(
            title=inhoud["titel"],
            slug=slugify(inhoud["titel"]),
            samenvatting=inhoud["samenvatting"],
            inhoud=_blokken(inhoud, vacs),
            bron=Vraag.objects.filter(
                thread__groep=plek.groep, thread__titel=inhoud.get("bron") or inhoud.get("vac")
            ).first(),
            owner=eigenaar,
            live=False,
        )
        GroepKennisbank.open_voor(plek.groep).add_child(instance=artikel)
        # As for every page of ``/cms/``; fetched anew, for Wagtail keeps on a person what they may.
        redacteur = Gebruiker.objects.get(pk=eigenaar.pk)
        maak_rechten_gelijk(redacteur)
        artikel.save_revision(user=redacteur).publish(user=redacteur)
        _zet_terug_in_de_tijd(artikel, moment(nu, inhoud["dagen_geleden"], rnd))


def _blokken(inhoud: dict[str, Any], vacs: dict[str, Any]) -> list[tuple[str, Any]]:
    """The text of one article as blocks; a table has rows of plain words."""
    if "vac" in inhoud:
        return [("tekst", vac.antwoord_van(vacs[inhoud["vac"]]))]
    blokken: list[tuple[str, Any]] = [("tekst", inhoud["tekst"])]
    if "tabel" in inhoud:
        tabel = {
            "columns": [{"type": "tekst", "heading": kop} for kop in inhoud["tabel_kop"]],
            "rows": [{"values": rij} for rij in inhoud["tabel"]],
            "caption": inhoud["tabel_bijschrift"],
        }
        blokken.append(
            ("tabel", Kennisartikel.inhoud.field.stream_block.child_blocks["tabel"].to_python(tabel))
        )
    if "code" in inhoud:
        blokken.append(("code", inhoud["code"]))
    if "slot" in inhoud:
        blokken.append(("tekst", inhoud["slot"]))
    return blokken


def _zet_terug_in_de_tijd(artikel: Kennisartikel, op: datetime) -> None:
    Kennisartikel.objects.filter(pk=artikel.pk).update(
        first_published_at=op, last_published_at=op, latest_revision_created_at=op
    )
    artikel.revisions.update(created_at=op)
    Thread.objects.filter(artikel=artikel).update(gestart_op=op, laatst_actief_op=op)
