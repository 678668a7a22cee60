"""The card of a Groep: who looks after it."""

from dataclasses import dataclass

from groepen import toegang
from groepen.models import Groep
from profielen.models import Gebruiker


@dataclass(slots=True)
class Kaders:
    """Who looks after a Groep: Gebruikers of whom only the name is there."""

    eigenaren: list[Gebruiker]
    beheerders: list[Gebruiker]


def kaders_van(groep: Groep, *, voor_buiten: bool = False) -> Kaders:
    """The card of ``groep``; ``voor_buiten`` names nobody but the eigenaar, for who may only find it."""
    rollen = (toegang.EIGENAAR,) if voor_buiten else toegang.BEHEERT
    wie = (
        groep.lidmaatschappen.lopend()
        .filter(rol__in=rollen, gebruiker__is_active=True)
        .order_by("gebruiker__sorteernaam", "gebruiker_id")
        .values_list("rol", "gebruiker_id", *(f"gebruiker__{veld}" for veld in _NAAM))
    )
    eigenaren: list[Gebruiker] = []
    beheerders: list[Gebruiker] = []
    for rol, pk, *naam in wie:
        gebruiker = Gebruiker(pk=pk, **dict(zip(_NAAM, naam, strict=True)))
        (eigenaren if rol == toegang.EIGENAAR else beheerders).append(gebruiker)
    return Kaders(eigenaren, beheerders)


_NAAM = ("voornaam", "tussenvoegsel", "achternaam", "email")
