"""Quoted phrases: the index says who has all the words, their order is looked at here."""

from array import array
from collections.abc import Sequence

from intranet.prepared import plan_cursor

from .schrijven import pak_uit
from .taal import reeks, zeef
from .vinden import Lezing

# ruff: noqa: S608  names of our own tables go into these statements, values never do

# So many documents with all the words are looked at, those first for which the rarest word speaks most.
BEKEKEN = 500


def met_zinnen(lezing: Lezing, zinnen: Sequence[Sequence[str]]) -> list[tuple[int, int]]:
    """(document, key) of the documents that have each of these runs of tokens."""
    termen = {token for zin in zinnen for token in zin}
    if not termen <= lezing.woorden.keys():
        return []
    rijen = [[lezing.woorden[token].id for token in zin] for zin in zinnen]
    rarest = min((lezing.woorden[token] for token in termen), key=lambda woord: woord.df)
    posting = lezing.tabel("posting")
    overige = sorted(lezing.woorden[token].id for token in termen if lezing.woorden[token] is not rarest)
    ook = (
        f" and exists (select 1 from {posting} o where o.term = %s and o.sleutel = p.sleutel"
        " and o.document = p.document)"
    )
    with plan_cursor() as cursor:
        cursor.execute(
            "select p.document, p.sleutel, i.volgorde from ("
            f"select document, sleutel, sterkte from {posting} p where term = %s and {zeef('p.sleutel')}"
            + ook
            * len(overige)
            + f" order by sterkte desc limit %s) p join {lezing.tabel('inhoud')} i"
            " on i.document = p.document",
            [rarest.id, reeks(lezing.sleutels), *overige, BEKEKEN],
        )
        return [
            (document, sleutel)
            for document, sleutel, volgorde in cursor.fetchall()
            if _heeft(pak_uit(volgorde), rijen)
        ]


def _heeft(volgorde: array, zinnen: Sequence[Sequence[int]]) -> bool:
    """Whether each of these runs of numbers stands somewhere in it."""
    bytes_ = volgorde.tobytes()
    for zin in zinnen:
        gezocht = array("I", zin).tobytes()
        plek = bytes_.find(gezocht)
        while plek % volgorde.itemsize:  # also -1: not found
            if plek < 0:
                return False
            plek = bytes_.find(gezocht, plek + 1)
    return True
