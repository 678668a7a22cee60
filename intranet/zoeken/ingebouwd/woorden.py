"""Words as they were written: which are known, which begin like this, which have this within them."""

from collections.abc import Collection
from functools import cache

from django.db import connection

from intranet.prepared import plan_cursor
from intranet.zoeken import analyse
from intranet.zoeken.motor import Treffer

from .schrijven import drietallen
from .sleutels import MEER, getallen
from .taal import als_rijen, als_tabel, in_blind, in_reeks, reeks, te_zien, zeef
from .vinden import Lezing

# ruff: noqa: S608  names of our own tables go into these statements, values never do

# Titles that begin like this are looked at, the words of people, Groepen and Onderwerpen first.
BEKEKEN = 4_000
# What is shown first when it fits as well.
VOLGORDE = ("mens", "groep", "onderwerp", "artikel", "nieuws", "vraag", "bericht")
# So many known words are tried for a part of a word.
PASSENDE = 25
MEESTE_WOORDEN = 6


def kent(woorden: Collection[str], sleutels: Collection[str]) -> dict[str, int]:
    """In how many documents that this reader may see each of these words stands; without unknown ones.

    Every search asks this, so one statement does it, on the index that is in use at that moment.
    """
    mijn = getallen(sleutels)
    if not mijn:
        return {}
    lijst = reeks([*mijn, MEER])
    with plan_cursor() as cursor:
        cursor.execute(_kent(connection.vendor), [reeks(sorted(woorden)), lijst, lijst] * 2)
        return {woord: int(aantal) for woord, aantal in cursor.fetchall()}


@cache
def _kent(_vendor: str) -> str:
    return " union all ".join(
        f"select t.token, sum(w.aantal) from zoeken_index i cross join zoeken_term{plek} t"
        f" join zoeken_woord{plek} w on w.term = t.id where i.plek = {plek} and i.stand = 'actief'"
        f" and {in_blind('t.token', 'text')} and {zeef('w.sleutel')} and {te_zien(plek, 'w')}"
        " group by t.token"
        for plek in (0, 1)
    )


def voorspel(begin: str, lezing: Lezing, soorten: Collection[str], aantal: int) -> list[Treffer]:
    """Documents whose title has, for each of these words, a word that begins like it."""
    gevraagd = list(dict.fromkeys(woord for _, _, woord in analyse.woorden(begin[:200])))[:MEESTE_WOORDEN]
    if not gevraagd:
        return []
    # The longest word is in the fewest titles: it says which documents are looked at.
    eerste, *rest = sorted(gevraagd, key=len, reverse=True)
    titelwoord = lezing.tabel("titelwoord")
    ook = (
        f" and exists (select 1 from {titelwoord} o where o.sleutel = p.sleutel and o.woord >= %s"
        " and o.woord < %s and o.document = p.document)"
    )
    soort = f" and ({' or '.join(['d.kenmerk like %s'] * len(soorten))})" if soorten else ""
    eerst = " ".join(f"when d.kenmerk like ' {naam} %%' then {plek}" for plek, naam in enumerate(VOLGORDE))
    with plan_cursor() as cursor:
        cursor.execute(
            "select d.naam from (select p.sleutel, p.document, p.woord = %s as heel"
            f" from {als_tabel(['integer'])} cross join {titelwoord} p"
            f" where p.sleutel = r.a and p.woord >= %s and p.woord < %s{ook * len(rest)} limit {BEKEKEN}) p"
            f" join {lezing.tabel('document')} d on d.id = p.document"
            f" where {te_zien(lezing.plek, 'p')}{soort}"
            f" group by d.naam, d.kenmerk, d.op order by max(case when p.heel then 1 else 0 end) desc,"
            f" case {eerst} else 99 end, d.op desc, d.naam limit %s",
            [
                eerste,
                # Documents with several keys first: people, Groepen.
                *als_rijen([(sleutel,) for sleutel in sorted(lezing.sleutels)]),
                *_grenzen(eerste),
                *(grens for woord in rest for grens in _grenzen(woord)),
                reeks(lezing.sleutels),
                *(f" {naam} %" for naam in soorten),
                aantal,
            ],
        )
        return [Treffer.van(naam, 1 / plek) for plek, (naam,) in enumerate(cursor.fetchall(), 1)]


def _grenzen(begin: str) -> tuple[str, str]:
    return begin, begin + "\U0010ffff"


def passende(deel: str, lezing: Lezing) -> list[str]:
    """Words that this reader may see with ``deel`` within them, the most used first."""
    letters = sorted(drietallen(deel))
    if not letters:
        return []
    term, drietal = lezing.tabel("term"), lezing.tabel("drietal")
    with plan_cursor() as cursor:
        # The rarest three letters of it say which words to look at.
        cursor.execute(
            f"select letters, count(*) from {drietal} where {in_reeks('letters', 'text')} group by letters",
            [reeks(letters)],
        )
        hoe_vaak = dict(cursor.fetchall())
        if len(hoe_vaak) < len(letters):
            return []
        cursor.execute(
            f"select t.token from {drietal} d join {term} t on t.id = d.term"
            f" join {lezing.tabel('woord')} w on w.term = t.id"
            f" where d.letters = %s and t.token like %s and {zeef('w.sleutel')}"
            f" and {te_zien(lezing.plek, 'w')}"
            f" group by t.token order by sum(w.aantal) desc, t.token limit {PASSENDE}",
            [
                min(letters, key=lambda drie: hoe_vaak[drie]),
                f"%{deel}%",
                reeks(lezing.sleutels),
                reeks(lezing.sleutels),
            ],
        )
        return [woord for (woord,) in cursor.fetchall()]
