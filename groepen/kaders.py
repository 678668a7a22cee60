"""The card of a Groep: who looks after it."""

from dataclasses import dataclass
from typing import Any

from groepen import toegang
from groepen.models import Groep


@dataclass(slots=True)
class Kaders:
    """Who looks after a Groep."""

    eigenaren: list[Any]
    beheerders: list[Any]


def kaders_van(groep: Groep, *, voor_buiten: bool = False) -> Kaders:
    """The card of ``groep``; ``voor_buiten`` names nobody but the eigenaar, for who may only find it."""
    rollen = (toegang.EIGENAAR,) if voor_buiten else toegang.BEHEERT
    wie = (
        groep.lidmaatschappen.lopend()
        .filter(rol__in=rollen)
        .filter(gebruiker__is_active=True)
        .select_related("gebruiker")
        .only(
            "rol",
            "groep_id",
            "gebruiker__voornaam",
            "gebruiker__tussenvoegsel",
            "gebruiker__achternaam",
            "gebruiker__email",
        )
        .order_by("gebruiker__sorteernaam", "pk")
    )
    eigenaren, beheerders = [], []
    for lid in wie:
        (eigenaren if lid.rol == toegang.EIGENAAR else beheerders).append(lid.gebruiker)
    return Kaders(eigenaren, beheerders)
