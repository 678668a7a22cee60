"""The words under each answer of the question page: looked up once per language, not fifty times."""

from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _


class Woorden(NamedTuple):
    """``{}`` stands for a name."""

    antwoord_van: str
    antwoord_van_gast: str
    op_antwoord_van: str
    meer_bij: str
    gecontroleerd: str
    verwijderd: str
    bedankt: str
    kies: str
    hielp: str
    reageer: str
    jouw_reactie: str
    plaats_reactie: str
    bewerkt: str
    jij: str


@lru_cache
def _woorden(taal: str) -> Woorden:
    with override(taal):
        return Woorden(
            antwoord_van=_("Antwoord van {}"),
            antwoord_van_gast=_("Antwoord van {}, gast"),
            op_antwoord_van=_("op het antwoord van {}"),
            meer_bij=_("Meer keuzes voor het antwoord van {}"),
            gecontroleerd=_("Gecontroleerd door {}"),
            verwijderd=_("Dit antwoord is verwijderd."),
            bedankt=_("Bedankt"),
            kies=_("Kies als oplossing"),
            hielp=_("Dit hielp mij"),
            reageer=_("Reageer"),
            jouw_reactie=_("Jouw reactie"),
            plaats_reactie=_("Plaats reactie"),
            bewerkt=_("bewerkt"),
            jij=_("Jij"),
        )


def woorden() -> Woorden:
    """In the language of the reader."""
    return _woorden(get_language() or "nl")
