"""Finding: from tokens to the best documents that the reader may see.

What a query costs does not grow with all that was ever written. Rare tokens are followed to every document
that has them. When tokens are so common that this would take too long (``RUIM``), the rarer ones decide who
takes part, together with the documents for which a common token speaks most strongly; those get their full
score. So the order at the top is the same, and what falls out is a tail that nobody pages to.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from intranet.prepared import plan_cursor
from intranet.zoeken.analyse import Zoekvraag

from .sleutels import MEER, VAN_GROEP, getallen, van_andere_groepen
from .sterkte import STERK, VOL, getemperd, zeldzaam
from .taal import als_rijen, als_tabel, in_blind, is_postgres, reeks, te_zien, zeef

# ruff: noqa: S608  names of our own tables go into these statements, values never do

# Postings read for one query. About so many cost 10 ms.
RUIM = 12_000
# Common tokens that count, and how many documents they bring together: those for which they speak most.
MEEST_GEWOON, BESTE = 6, 1_000
# So many documents are looked at for those that pass the filters of the reader.
DOORZOCHT = 6_000
# Documents that the rare tokens bring, and hits that are counted, faceted and paged through.
KANDIDATEN, TREFFERS = 600, 500
# Of a common token so many documents that live in no Groep are counted.
ELDERS = 4_000
_IN_GROEP = f"s.sleutel between {VAN_GROEP.start} and {VAN_GROEP.stop - 1}"
# To go to one place in an index costs as much as reading so many postings in a row.
SPRONG = 5
# Whole numbers for the weight of a token, like the strength of a posting.
FIJN = 1_000


@dataclass(slots=True)
class Woord:
    """A token of a query as the index knows it.

    Attributes:
        elders: of a common one, how many documents of the reader that live in no Groep (people, cards) may
            have it; None where nobody counted, or there are very many.
    """

    id: int
    df: int
    gewicht: int
    elders: int | None = None


@dataclass(slots=True)
class Lezing:
    """The index in use, seen by one reader, for some tokens.

    Attributes:
        documenten, zichtbaar: how many there are, and about how many of them have a key of the reader.
        in_groepen: as ``zichtbaar``, of what lives in a Groep alone.
        woorden: the tokens that are in the index.
        bekend: words as they were written → in how many documents that the reader may see.
    """

    plek: int
    sleutels: list[int]
    documenten: int = 0
    zichtbaar: int = 0
    in_groepen: int = 0
    woorden: dict[str, Woord] = field(default_factory=dict)
    bekend: dict[str, int] = field(default_factory=dict)

    def tabel(self, naam: str) -> str:
        return f"zoeken_{naam}{self.plek}"

    @property
    def deel(self) -> float:
        """The share of all documents that has a key of the reader."""
        return min(1.0, self.zichtbaar / self.documenten) if self.documenten else 0.0

    def aantal(self, woord: Woord) -> float:
        """About how many documents of the reader have it.

        A common word stands in what people ask and write, seldom in every Profiel: for who reads one Groep
        among hundreds the thousands of Profielen are most of what they see, and say nothing about it.
        """
        if woord.elders is None or not self.documenten:
            return woord.df * self.deel
        return woord.df * min(1.0, self.in_groepen / self.documenten) + woord.elders


@cache
def eerste(plek: int) -> str:
    """What looks up tokens in one of the two indexes: no row when it is not the one that answers."""
    return (
        f"select i.documenten, coalesce((select sum(s.documenten) from zoeken_sleutel{plek} s"
        f" where {in_blind('s.sleutel', 'integer')}), 0) as zichtbaar,"
        f" coalesce((select sum(s.documenten) from zoeken_sleutel{plek} s where {_IN_GROEP}"
        f" and {in_blind('s.sleutel', 'integer')}), 0) as in_groepen, t.token, t.id, t.df,"
        f" case when t.df > {RUIM} then (select count(*) from (select 1 from zoeken_posting{plek} p"
        f" where p.term = t.id and {in_blind('p.sleutel', 'integer')} limit {ELDERS}) e) end as elders,"
        f" case when {in_blind('t.token', 'text')} then (select sum(w.aantal) from zoeken_woord{plek} w"
        f" where w.term = t.id and {zeef('w.sleutel')} and {te_zien(plek, 'w')}) end as aantal"
        f" from zoeken_index i left join zoeken_term{plek} t on {in_blind('t.token', 'text')}"
        f" where i.plek = {plek} and i.stand = 'actief'"
    )


# The one that answered last: a rebuild makes it the other one, seldom.
_laatst = 0


def lees(
    gewichten: dict[str, float], sleutels: Collection[str], bekend: Collection[str] = ()
) -> Lezing | None:
    """Look up tokens and their weights; None when there is nothing to search, or nobody who may.

    Args:
        bekend: words of which to tell how often the reader can see them (``Lezing.bekend``).
    """
    global _laatst
    mijn = getallen(sleutels)
    if not mijn:
        return None
    alle, ook = reeks([*mijn, MEER]), reeks(sorted(bekend))
    tokens = reeks(sorted({*gewichten, *bekend}))
    rondom = reeks([*(sleutel for sleutel in mijn if sleutel not in VAN_GROEP), MEER])
    waarden = [reeks(mijn), reeks(mijn), rondom, ook, alle, alle, tokens]
    # The first once more: it may have become the active one between the two.
    for plek in (_laatst, 1 - _laatst, _laatst):
        with plan_cursor() as cursor:
            cursor.execute(eerste(plek), waarden)
            rijen = cursor.fetchall()
        if rijen:
            break
    else:
        return None
    _laatst = plek
    documenten, zichtbaar, in_groepen = rijen[0][:3]
    lezing = Lezing(plek, [*mijn, MEER], documenten, int(zichtbaar), int(in_groepen))
    for *_, token, id, df, elders, aantal in rijen:
        if df and token in gewichten:
            zwaar = gewichten[token] * zeldzaam(df, documenten)
            elders = None if elders is None or elders >= ELDERS else elders
            lezing.woorden[token] = Woord(id, df, max(1, round(FIJN * zwaar)), elders)
        if aantal:
            lezing.bekend[token] = int(aantal)
    return lezing


def temper(lezing: Lezing, vraag: Zoekvraag) -> None:
    """Let synonyms weigh no more than the words of the query allow (``getemperd``)."""
    if not any(term.soort == "synoniem" for term in vraag.termen):
        return
    idf = {token: zeldzaam(woord.df, lezing.documenten) for token, woord in lezing.woorden.items()}
    gewichten = {term.token: term.gewicht for term in vraag.termen}
    for token, telt in getemperd(vraag, idf).items():
        if telt < idf[token]:
            lezing.woorden[token].gewicht = max(1, round(FIJN * gewichten[token] * telt))


def binnen_groepen(lezing: Lezing, groepen: Collection[int]) -> Lezing:
    """The same reader, without the keys of all other Groepen: what lives there is passed over."""
    weg = set(van_andere_groepen(lezing.sleutels, groepen))
    sleutels = [sleutel for sleutel in lezing.sleutels if sleutel not in weg]
    with plan_cursor() as cursor:
        cursor.execute(
            f"select coalesce(sum(documenten), 0), coalesce(sum(documenten) filter (where {_IN_GROEP}), 0)"
            f" from {lezing.tabel('sleutel')} s where {zeef('sleutel')}",
            [reeks(sleutels)],
        )
        zichtbaar, in_groepen = cursor.fetchone()
    return replace(lezing, sleutels=sleutels, zichtbaar=int(zichtbaar), in_groepen=int(in_groepen))


class Sql:
    """A statement being put together, with its values in the order in which they stand in it."""

    def __init__(self) -> None:
        self.delen: list[str] = []
        self.waarden: list[Any] = []

    def bij(self, tekst: str, *waarden: Any) -> "Sql":
        self.delen.append(tekst)
        self.waarden += waarden
        return self

    def voeg_toe(self, ander: "Sql") -> "Sql":
        return self.bij("".join(ander.delen), *ander.waarden)

    def haal(self) -> list[tuple[Any, ...]]:
        with plan_cursor() as cursor:
            cursor.execute("".join(self.delen), self.waarden)
            return cursor.fetchall()


def kandidaten(
    lezing: Lezing,
    woorden: Sequence[Woord],
    hoogstens: int | None = TREFFERS,
    nieuwste: bool = False,
    alleen: Sequence[tuple[int, int]] | None = None,
    waar: Sql | None = None,
) -> tuple[Sql, bool]:
    """The beginning of a statement, ``with … kandidaat(document, score)``, and whether it misses nobody.

    Args:
        hoogstens: no more than so many, the best.
        nieuwste: the newest are asked for: the score says how much of the query is there, not how strongly.
        alleen: only these (document, key).
        waar: the condition on a document ``d`` that the reader set: those must be among them.
    """
    alle = sorted(woorden, key=lambda woord: (-woord.gewicht, woord.id))
    kosten = [_kosten(lezing, woord) for woord in alle]
    telt = f"{VOL} * w.gewicht" if nieuwste else "p.sterkte * w.gewicht"
    sql = Sql()
    if alleen is not None:
        _gewichten(sql, "gewoon", alle)
        sql.bij(f", wie(document, sleutel) as (select a, b from {als_tabel(['integer', 'integer'])}), ")
        sql.waarden += als_rijen(alleen)
        _tel_bij_elkaar(sql, lezing, telt, False)
    elif sum(kosten) <= RUIM:
        _gewichten(sql, "zeldzaam", alle)
        _volg_alle(sql, lezing, alle, telt)
        _kies(sql, lezing, "gevolgd", hoogstens)
        return sql, True
    else:
        # Rarest first, until half of what may be spent is spent.
        over, grens = RUIM // 2, 0
        while grens < len(alle) and kosten[grens] <= over:
            over -= int(kosten[grens])
            grens += 1
        zeldzame, gewone = alle[:grens], alle[grens : grens + MEEST_GEWOON]
        _gewichten(sql, "gewoon", gewone)
        if zeldzame:
            _gewichten(sql, "zeldzaam", zeldzame)
            _volg_alle(sql, lezing, zeldzame, telt)
        _wie(sql, lezing, gewone, bool(zeldzame), nieuwste, waar)
        _tel_bij_elkaar(sql, lezing, telt, bool(zeldzame))
    _kies(sql, lezing, "beste", hoogstens)
    return sql, alleen is not None


def _kosten(lezing: Lezing, woord: Woord) -> float:
    """About how many postings are read to follow a token to every document of the reader."""
    return min(woord.df, SPRONG * len(lezing.sleutels) + lezing.aantal(woord))


def _smal(lezing: Lezing, woorden: Sequence[Woord]) -> bool:
    """Whether to go to each key of the reader apart, or to read a token as a whole and leave out the rest."""
    per_sleutel = sum(SPRONG * len(lezing.sleutels) + lezing.aantal(woord) for woord in woorden)
    return per_sleutel < sum(SPRONG + woord.df for woord in woorden)


def _gewichten(sql: Sql, naam: str, woorden: Sequence[Woord]) -> None:
    plaatsen = ", ".join(["(cast(%s as integer), cast(%s as integer))"] * len(woorden))
    sql.bij(
        f"{', ' if sql.delen else 'with '}{naam}(term, gewicht) as materialized (values {plaatsen})",
        *(waarde for woord in woorden for waarde in (woord.id, woord.gewicht)),
    )


def _volg_alle(sql: Sql, lezing: Lezing, woorden: Sequence[Woord], telt: str) -> None:
    """``gevolgd``: all documents with a rare token, with the sum of what they say."""
    posting, mijn = lezing.tabel("posting"), reeks(lezing.sleutels)
    smal = _smal(lezing, woorden)
    # One token stands in a document once: nothing to add up.
    som, groep = (f"sum({telt})", " group by p.document, p.sleutel") if len(woorden) > 1 else (telt, "")
    sql.bij(
        ", gevolgd(document, sleutel, score) as materialized ("
        f"select p.document, p.sleutel, {som} from zeldzaam w "
    )
    if is_postgres():
        # "offset 0" keeps the planner from turning it round.
        in_posting = (
            f"cross join lateral (select document, sleutel, sterkte from {posting} where term = w.term"
        )
        sleutels = "unnest(%s::integer[]) k(sleutel)"
        if smal:
            sql.bij(f"cross join {sleutels} {in_posting} and sleutel = k.sleutel offset 0) p", mijn)
        else:
            sql.bij(f"{in_posting} offset 0) p join {sleutels} on k.sleutel = p.sleutel", mijn)
    elif smal:
        sql.bij(
            f"cross join json_each(%s) k cross join {posting} p on p.term = w.term and p.sleutel = k.value",
            mijn,
        )
    else:
        sql.bij(f"cross join {posting} p on p.term = w.term where {zeef('p.sleutel')}", mijn)
    sql.bij(f"{groep})")


def _wie(
    sql: Sql, lezing: Lezing, gewone: Sequence[Woord], zeldzame: bool, nieuwste: bool, waar: Sql | None
) -> None:
    """``wie``: the documents worth a full score."""
    mijn, sleutels = zeef("sleutel"), reeks(lezing.sleutels)
    document = lezing.tabel("document")
    sql.bij(", wie(document, sleutel) as (select null, null where 1 = 0")

    def neem(bron: str, waarden: Sequence[Any], volgorde: str, hoogstens: int, doorzocht: int) -> None:
        """The best of a source; and those of many more of it that pass the filters."""
        uit = f"select document, sleutel, {volgorde} from {bron} order by {volgorde} desc limit %s"
        sql.bij(f" union select document, sleutel from ({uit}) b", *waarden, hoogstens)
        if waar is not None:
            sql.bij(f" union select * from (select b.document, b.sleutel from ({uit}) b", *waarden, doorzocht)
            sql.bij(f" join {document} d on d.id = b.document where ").voeg_toe(waar)
            sql.bij(f" order by b.{volgorde} desc limit %s) f", hoogstens)

    if zeldzame:
        neem("gevolgd", [], "score", KANDIDATEN, RUIM)
    if nieuwste:
        bron = f"(select id as document, sleutel, op from {document} where {mijn}) n"
        neem(bron, [sleutels], "op", BESTE, DOORZOCHT)
    else:
        bron = f"{lezing.tabel('posting')} where term = %s and sterkte >= {STERK} and {mijn}"
        for woord in gewone:
            deel = [woord.id, sleutels]
            neem(bron, deel, "sterkte", BESTE // len(gewone), DOORZOCHT // len(gewone))
    sql.bij("), ")


def _tel_bij_elkaar(sql: Sql, lezing: Lezing, telt: str, zeldzame: bool) -> None:
    """``beste``: those of ``wie``, with what the rare and the common tokens say added up."""
    gewoon = (
        f"select k.document, k.sleutel, coalesce((select sum({telt}) from gewoon w"
        f" cross join {lezing.tabel('posting')} p where p.term = w.term"
        " and p.sleutel = k.sleutel and p.document = k.document), 0) as score from wie k"
    )
    if zeldzame:
        # No join: SQLite would read all of ``gevolgd`` for each row of ``wie``.
        gewoon = (
            f"select document, sleutel, cast(sum(score) as bigint) from ({gewoon} union all"
            " select document, sleutel, score from gevolgd where document in (select document from wie)) s"
            " group by document, sleutel"
        )
    sql.bij(f"beste(document, sleutel, score) as materialized ({gewoon})")


def _kies(sql: Sql, lezing: Lezing, uit: str, hoogstens: int | None) -> None:
    """``kandidaat``: the best of them; of a document with several keys the reader must have one."""
    sql.bij(", kandidaat(document, score) as materialized (select document, score from ")
    mijn = reeks(lezing.sleutels)
    if hoogstens:
        # Sorted within, so that PostgreSQL looks up the keys of no more than it takes to come to so many: a
        # common word stands in the Profielen of thousands, each with several keys.
        beste = (
            f"(select document, sleutel, score from {uit} where score > 0 order by score desc, document desc)"
        )
        sql.bij(f"{beste} b where {te_zien(lezing.plek, 'b')}", mijn)
        sql.bij(" order by score desc, document desc limit %s", hoogstens)
    else:
        sql.bij(f"{uit} where score > 0 and {te_zien(lezing.plek, uit)}", mijn)
    sql.bij(")")
