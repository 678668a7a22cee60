"""The card of a Groep: who looks after it."""

from dataclasses import dataclass

from django.utils import timezone

from groepen import toegang
from groepen.models import Groep, Lidmaatschap
from intranet.prepared import Prepared
from profielen.models import Gebruiker


@dataclass(slots=True)
class Kaders:
    """Who looks after a Groep: Gebruikers of whom only the name is there."""

    eigenaren: list[Gebruiker]
    beheerders: list[Gebruiker]


def kaders_van(groep: Groep, *, voor_buiten: bool = False) -> Kaders:
    """The card of ``groep``; ``voor_buiten`` names nobody but the eigenaar, for who may only find it."""
    rollen = (toegang.EIGENAAR,) if voor_buiten else toegang.BEHEERT
    kaders = Kaders([], [])
    for lid in _leden(rollen, groep=groep.pk, nu=timezone.now()):
        (kaders.eigenaren if lid.rol == toegang.EIGENAAR else kaders.beheerders).append(lid.gebruiker)
    return kaders


_NAAM = ("voornaam", "tussenvoegsel", "achternaam", "email")
_leden = Prepared(
    lambda rollen, groep, nu: (
        Lidmaatschap.objects.filter(
            toegang.lopend(nu=nu), groep=groep, rol__in=rollen, gebruiker__is_active=True
        )
        .select_related("gebruiker")
        .only("rol", *(f"gebruiker__{veld}" for veld in _NAAM))
        .order_by("gebruiker__sorteernaam", "gebruiker_id")
    )
)
