"""Which of the two indexes answers, which one is being built, and what is known of them."""

from dataclasses import dataclass
from typing import Any

from intranet.zoeken.analyse import STEMPEL

from .sterkte import Gemiddeld
from .taal import is_postgres

LEEG, BOUW, ACTIEF = "leeg", "bouw", "actief"
# The two indexes of a new site.
BEGIN = (ACTIEF, LEEG)


@dataclass(slots=True)
class Stand:
    """A row of ``zoeken_index``."""

    plek: int
    stand: str
    stempel: str
    tot: str
    documenten: int
    titels: int
    teksten: int

    @property
    def gemiddeld(self) -> Gemiddeld:
        aantal = self.documenten or 1
        return Gemiddeld(self.titels / aantal, self.teksten / aantal)

    def bewaar(self, cursor: Any) -> None:
        cursor.execute(
            "update zoeken_index set stand = %s, stempel = %s, tot = %s, documenten = %s, titels = %s,"
            " teksten = %s where plek = %s",
            [
                self.stand,
                self.stempel,
                self.tot,
                self.documenten,
                self.titels,
                self.teksten,
                self.plek,
            ],
        )


def lees(cursor: Any) -> list[Stand]:
    """The indexes as they are."""
    cursor.execute(
        "select plek, stand, stempel, tot, documenten, titels, teksten from zoeken_index order by plek"
    )
    return [Stand(*rij) for rij in cursor.fetchall()]


def vergrendel(cursor: Any) -> list[Stand]:
    """The indexes, locked until the transaction ends: one writer at a time, and a swap waits for it.

    So counts stay right and nobody waits for another in a circle. Readers do not wait.
    """
    # The very first writer finds nothing to lock. Rows that another made since are not ours yet: lock again.
    while _vergrendeld(cursor) < len(BEGIN):
        for plek, stand in enumerate(BEGIN):
            cursor.execute(
                "insert into zoeken_index (plek, stand, stempel, tot, documenten, titels, teksten)"
                " values (%s, %s, %s, '', 0, 0, 0) on conflict do nothing",
                [plek, stand, STEMPEL],
            )
    return lees(cursor)


def _vergrendeld(cursor: Any) -> int:
    """Lock the rows there are; how many. (On SQLite a transaction that writes is alone anyway.)"""
    slot = " for update" if is_postgres() else ""
    cursor.execute(f"select plek from zoeken_index order by plek{slot}")  # noqa: S608
    return len(cursor.fetchall())
