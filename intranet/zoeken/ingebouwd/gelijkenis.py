"""Documents like a text or like another document: its most telling words are the query."""

from collections import Counter
from collections.abc import Collection

from intranet.prepared import plan_cursor
from intranet.zoeken.analyse import Zoekvraag
from intranet.zoeken.motor import Filters, Opdracht, Treffer

from .schrijven import pak_uit
from .sterkte import zeldzaam
from .taal import in_reeks, reeks, te_zien
from .vinden import FIJN, Lezing, Woord
from .zoeken import zoek_woorden

# ruff: noqa: S608  names of our own tables go into these statements, values never do

# The most telling words of a text; more make it slower, not better.
TELLEND = 12


def lijkt_op_termen(
    lezing: Lezing, woorden: list[Woord], soorten: Collection[str], aantal: int, behalve: str = ""
) -> list[Treffer]:
    """Documents with these words."""
    woorden = sorted(woorden, key=lambda woord: (-woord.gewicht, woord.id))[:TELLEND]
    if not woorden:
        return []
    # Words and keys are looked up already.
    opdracht = Opdracht(
        Zoekvraag(),
        frozenset(),
        filters=Filters(soorten=tuple(soorten)),
        aantal=aantal + 1,
    )
    treffers = zoek_woorden(lezing, woorden, opdracht).treffers
    return [treffer for treffer in treffers if treffer.id != behalve][:aantal]


def lijkt_op_document(naam: str, lezing: Lezing, soorten: Collection[str], aantal: int) -> list[Treffer]:
    """Documents like this one, if the reader may see it."""
    with plan_cursor() as cursor:
        cursor.execute(
            f"select i.volgorde from {lezing.tabel('document')} d join {lezing.tabel('inhoud')} i"
            f" on i.document = d.id where d.naam = %s and not d.is_weg and {in_reeks('d.sleutel')}"
            f" and {te_zien(lezing.plek, 'd', 'id')}",
            [naam, reeks(lezing.sleutels), reeks(lezing.sleutels)],
        )
        rij = cursor.fetchone()
        if rij is None:
            return []
        keer = Counter(pak_uit(rij[0]))
        keer.pop(0, None)
        cursor.execute(
            f"select id, df from {lezing.tabel('term')} where {in_reeks('id')} and df > 1", [reeks(keer)]
        )
        woorden = [
            Woord(id, df, round(FIJN * keer[id] ** 0.5 * zeldzaam(df, lezing.documenten)))
            for id, df in cursor.fetchall()
        ]
    return lijkt_op_termen(lezing, woorden, soorten, aantal, behalve=naam)
