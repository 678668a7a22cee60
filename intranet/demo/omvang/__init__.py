"""Bulk to measure with, in the shape of the bare-Django floor: the same sizes, distributions and lengths of text.

``plan`` draws the lots and counts, in compact arrays; ``rijen`` makes the rows of each table from it, one at a
time; ``laden`` puts them in the database the fastest way it has. So memory stays small, and every counter is
right when its row is written. Each ``Omvang`` gives the same rows every time, up to the moment of filling.
"""

from collections.abc import Callable
from typing import NamedTuple


class Omvang(NamedTuple):
    """How much of everything."""

    mensen: int
    groepen: int
    organisaties: int
    vragen: int
    antwoorden: int
    lidmaatschappen: int  # drawn per person; the same Groep twice counts once
    besloten: float = 0.4


OMVANGEN = {
    "S": Omvang(300, 20, 1, 2_000, 6_000, 6),
    "M": Omvang(3_000, 150, 5, 30_000, 90_000, 9),
    "L": Omvang(15_000, 800, 20, 200_000, 600_000, 12),
}
DOMEIN = "omvang.example"

# (what is being filled, rows done since the last call)
Meld = Callable[[str, int], None]


def adres(nummer: int) -> str:
    """The e-mail address of person ``nummer``, counted from 1."""
    return f"gebruiker{nummer}@{DOMEIN}"


def aantal_mensen() -> int:
    """How many people the bulk in this database has; 0 without bulk."""
    from profielen.models import Gebruiker

    return Gebruiker.objects.filter(email__endswith=f"@{DOMEIN}").count()
