"""Writing and removing documents: what is written is prepared first, then stored in one short transaction."""

import zlib
from array import array
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, NamedTuple

from intranet.zoeken.analyse import LANGSTE_TOKEN, Ontleed, ontleed, woorden
from intranet.zoeken.document import Zoekdocument, vingerafdruk

from .sleutels import MEER, getallen
from .stand import BOUW, Stand
from .sterkte import sterktes
from .taal import haal_weg, in_reeks, reeks, voeg_in, voer_uit

# ruff: noqa: S608  names of our own tables go into these statements, values never do

# One transaction holds no more, so that who waits for it does not wait long; with fewer, a rebuild goes to
# the same pages more often.
PER_KEER = 200
LETTERS_PER_KEER = 1_000_000
INHOUD = ("document", "titel_lengte", "tekst_lengte", "termen", "volgorde", "woorden", "titelwoorden")


@dataclass(slots=True)
class Klaar:
    """A document taken apart, ready to be stored."""

    naam: str
    ding: Ontleed
    titelwoorden: set[str]
    sleutels: list[int]
    kenmerk: str
    op: int
    prior: float
    vinger: str

    @property
    def sleutel(self) -> int:
        return self.sleutels[0] if len(self.sleutels) == 1 else MEER

    @property
    def meer_sleutels(self) -> list[int]:
        return self.sleutels if self.sleutel == MEER else []


def maak_klaar(document: Zoekdocument) -> Klaar:
    """All work that needs no database."""
    return Klaar(
        naam=document.id,
        ding=ontleed(document.titel, document.tekst),
        titelwoorden={woord[:LANGSTE_TOKEN] for _, _, woord in woorden(document.titel)},
        sleutels=getallen(document.sleutels),
        kenmerk=kenmerk(document),
        op=int(document.op.timestamp()) if document.op else 0,
        prior=document.prior,
        vinger=vingerafdruk(document),
    )


def kenmerk(document: Zoekdocument) -> str:
    """What the facets count, as words between spaces: `` vraag g5 s1 o2 t7 ``."""
    delen = [document.soort]
    if document.groep is not None:
        delen.append(f"g{document.groep}")
    if document.opgelost is not None:
        delen.append(f"s{document.opgelost:d}")
    delen += [f"o{nummer}" for nummer in sorted(document.organisaties)]
    delen += [f"t{nummer}" for nummer in sorted(document.onderwerpen)]
    return f" {' '.join(delen)} "


def porties(documenten: Iterable[Zoekdocument]) -> Iterator[list[Klaar]]:
    """Prepared documents, in portions for one transaction.

    While the database stores one portion, a thread prepares the next.
    """
    ruw = _verdeel(documenten)
    eerste = list(islice(ruw, 2))
    if len(eerste) < 2:
        yield from map(_maak_alle_klaar, eerste)
        return
    with ThreadPoolExecutor(1) as maker:
        bezig: deque[Future[list[Klaar]]] = deque()
        for portie in chain(eerste, ruw):
            bezig.append(maker.submit(_maak_alle_klaar, portie))
            if len(bezig) > 1:
                yield bezig.popleft().result()
        yield bezig.popleft().result()


def _verdeel(documenten: Iterable[Zoekdocument]) -> Iterator[list[Zoekdocument]]:
    """Portions; of a document that comes twice in one the last."""
    portie: dict[str, Zoekdocument] = {}
    letters = 0
    for document in documenten:
        portie[document.id] = document
        letters += len(document.tekst)
        if len(portie) >= PER_KEER or letters >= LETTERS_PER_KEER:
            yield list(portie.values())
            portie, letters = {}, 0
    if portie:
        yield list(portie.values())


def _maak_alle_klaar(documenten: list[Zoekdocument]) -> list[Klaar]:
    return [maak_klaar(document) for document in documenten]


def pak(getallen: Iterable[int]) -> bytes:
    return zlib.compress(array("I", getallen).tobytes(), 1)


def pak_uit(bytes_: bytes) -> array:
    return array("I", zlib.decompress(bytes_))


class Oud(NamedTuple):
    """A document as it stands in an index now."""

    id: int
    sleutel: int
    vinger: str
    is_weg: bool
    titel_lengte: int
    tekst_lengte: int
    termen: Sequence[int]
    woorden: Sequence[int]
    titelwoorden: list[str]


class Schrijver:
    """Writes to one of the two indexes, inside a transaction that holds its lock."""

    def __init__(self, cursor: Any, stand: Stand):
        self.cursor = cursor
        self.stand = stand
        self.plek = stand.plek
        # What counts change by.
        self.df: Counter[int] = Counter()
        self.van_sleutel: Counter[int] = Counter()
        self.van_woord: Counter[tuple[int, int, int]] = Counter()

    def tabel(self, naam: str) -> str:
        return f"zoeken_{naam}{self.plek}"

    def schrijf(self, documenten: list[Klaar], alleen_nieuw: bool = False) -> None:
        """Insert or replace; ``alleen_nieuw`` leaves alone what is there, also what was removed."""
        oud = self._oud([document.naam for document in documenten])
        documenten = [
            document
            for document in documenten
            if not (was := oud.get(document.naam))
            or (not alleen_nieuw and (was.is_weg or was.vinger != document.vinger))
        ]
        if not documenten:
            return
        termen = self._termen(documenten)
        ids = self._documenten(documenten)
        vorige = [oud[document.naam] for document in documenten if document.naam in oud]
        self._wis_inhoud(vorige)
        self.stand.documenten += len(documenten)
        self.stand.titels += sum(document.ding.lengtes[0] for document in documenten)
        self.stand.teksten += sum(document.ding.lengtes[1] for document in documenten)
        gemiddeld = self.stand.gemiddeld

        postings: list[tuple[int, int, int, int]] = []
        inhoud, titels, sleutels = [], [], []
        for document in documenten:
            id = ids[document.naam]
            sterk = {
                termen[token]: hoe_sterk
                for token, hoe_sterk in sterktes(document.ding, gemiddeld, document.prior).items()
            }
            postings += [(term, document.sleutel, id, hoe_sterk) for term, hoe_sterk in sterk.items()]
            self.df.update(sterk.keys())
            geschreven = [termen[woord] for woord in document.ding.woorden]
            bij = 0 if document.sleutel else id
            self.van_woord.update((woord, document.sleutel, bij) for woord in geschreven)
            self.van_sleutel.update(document.sleutels)
            sleutels += [(id, sleutel) for sleutel in document.meer_sleutels]
            titels += [(document.sleutel, woord, id) for woord in document.titelwoorden]
            inhoud.append(
                (
                    id,
                    document.ding.lengtes[0],
                    document.ding.lengtes[1],
                    pak(sterk),
                    pak(termen[token] if token else 0 for token in document.ding.volgorde),
                    pak(geschreven),
                    "\n".join(document.titelwoorden).encode(),
                )
            )
        voeg_in(
            self.cursor, self.tabel("posting"), ("term", "sleutel", "document", "sterkte"), sorted(postings)
        )
        voeg_in(self.cursor, self.tabel("inhoud"), INHOUD, inhoud)
        voeg_in(self.cursor, self.tabel("titelwoord"), ("sleutel", "woord", "document"), sorted(titels))
        voeg_in(self.cursor, self.tabel("documentsleutel"), ("document", "sleutel"), sleutels)
        self._tel()

    def verwijder(self, namen: Iterable[str]) -> None:
        """Take documents out. An index that is being built remembers that they are gone."""
        namen = list(namen)
        oud = self._oud(namen)
        self._wis_inhoud(list(oud.values()))
        self.cursor.execute(
            f"delete from {self.tabel('document')} where {in_reeks('naam', 'text')}", [reeks(oud)]
        )
        if self.stand.stand == BOUW:
            weg = [(naam, MEER, "", 0, "", True) for naam in namen]
            voeg_in(
                self.cursor,
                self.tabel("document"),
                ("naam", "sleutel", "kenmerk", "op", "vinger", "is_weg"),
                weg,
            )
        self._tel()

    def _oud(self, namen: list[str]) -> dict[str, Oud]:
        self.cursor.execute(
            "select d.naam, d.id, d.sleutel, d.vinger, d.is_weg, i.titel_lengte, i.tekst_lengte, i.termen,"
            f" i.woorden, i.titelwoorden from {self.tabel('document')} d"
            f" left join {self.tabel('inhoud')} i on i.document = d.id where {in_reeks('d.naam', 'text')}",
            [reeks(namen)],
        )
        uit = {}
        for naam, id, sleutel, vinger, is_weg, titel, tekst, termen, woord, titelwoorden in self.cursor:
            leeg = is_weg or termen is None
            uit[naam] = Oud(
                id,
                sleutel,
                vinger,
                bool(is_weg),
                titel or 0,
                tekst or 0,
                () if leeg else pak_uit(termen),
                () if leeg else pak_uit(woord),
                [] if leeg else bytes(titelwoorden).decode().split("\n"),
            )
        return uit

    def _termen(self, documenten: list[Klaar]) -> dict[str, int]:
        """The number of every token and word of these documents; new ones get one."""
        alle: set[str] = set()
        for document in documenten:
            ding = document.ding
            alle.update(ding.titel, ding.tekst, ding.titel_delen, ding.tekst_delen, ding.woorden)
        tabel = self.tabel("term")
        self.cursor.execute(
            f"select token, id from {tabel} where {in_reeks('token', 'text')}", [reeks(sorted(alle))]
        )
        termen = dict(self.cursor.fetchall())
        nieuw = sorted(alle - termen.keys())
        if voer_uit(
            self.cursor,
            f"insert into {tabel} (token, df) select a, 0 from {{rijen}} returning token, id",
            ["text"],
            [(token,) for token in nieuw],
        ):
            erbij = dict(self.cursor.fetchall())
            termen |= erbij
            stukken = sorted((letters, id) for woord, id in erbij.items() for letters in drietallen(woord))
            voeg_in(self.cursor, self.tabel("drietal"), ("letters", "term"), stukken)
        return termen

    def _documenten(self, documenten: list[Klaar]) -> dict[str, int]:
        voer_uit(
            self.cursor,
            f"insert into {self.tabel('document')} (naam, sleutel, kenmerk, op, vinger, is_weg)"
            " select a, b, c, d, e, false from {rijen} where true"
            " on conflict (naam) do update set sleutel = excluded.sleutel, kenmerk = excluded.kenmerk,"
            " op = excluded.op, vinger = excluded.vinger, is_weg = excluded.is_weg returning naam, id",
            ["text", "integer", "text", "bigint", "text"],
            [
                (document.naam, document.sleutel, document.kenmerk, document.op, document.vinger)
                for document in documenten
            ],
        )
        return dict(self.cursor.fetchall())

    def _wis_inhoud(self, vorige: list[Oud]) -> None:
        """Remove all that documents brought, except their own row."""
        vorige = [was for was in vorige if not was.is_weg]
        if not vorige:
            return
        self.stand.documenten -= len(vorige)
        self.stand.titels -= sum(was.titel_lengte for was in vorige)
        self.stand.teksten -= sum(was.tekst_lengte for was in vorige)
        meer = reeks([was.id for was in vorige if was.sleutel == MEER])
        tabel, in_lijst = self.tabel("documentsleutel"), in_reeks("document")
        self.cursor.execute(f"select sleutel from {tabel} where {in_lijst}", [meer])
        self.van_sleutel.subtract(sleutel for (sleutel,) in self.cursor.fetchall())
        self.cursor.execute(f"delete from {tabel} where {in_lijst}", [meer])
        for was in vorige:
            self.df.subtract(was.termen)
            bij = 0 if was.sleutel else was.id
            self.van_woord.subtract((woord, was.sleutel, bij) for woord in was.woorden)
            if was.sleutel:
                self.van_sleutel[was.sleutel] -= 1
        haal_weg(
            self.cursor,
            self.tabel("posting"),
            ("term", "sleutel", "document"),
            [(term, was.sleutel, was.id) for was in vorige for term in was.termen],
        )
        haal_weg(
            self.cursor,
            self.tabel("titelwoord"),
            ("sleutel", "woord", "document"),
            [(was.sleutel, woord, was.id) for was in vorige for woord in was.titelwoorden],
        )
        haal_weg(self.cursor, self.tabel("inhoud"), ("document",), [(was.id,) for was in vorige])

    def _tel(self) -> None:
        """Bring all counts up to date."""
        voer_uit(
            self.cursor,
            f"update {self.tabel('term')} set df = df + r.b from {{rijen}} where id = r.a",
            ["integer", "integer"],
            sorted((term, erbij) for term, erbij in self.df.items() if erbij),
        )
        self._tel_op("sleutel", ("sleutel",), [(*paar,) for paar in self.van_sleutel.items()])
        self._tel_op(
            "woord",
            ("term", "sleutel", "document"),
            [(*plek, erbij) for plek, erbij in self.van_woord.items()],
        )
        self.stand.bewaar(self.cursor)
        for telling in (self.df, self.van_sleutel, self.van_woord):
            telling.clear()

    def _tel_op(self, naam: str, sleutel: tuple[str, ...], rijen: list[tuple[int, ...]]) -> None:
        """Add to the count in the last column; rows that come to nothing go."""
        tabel = self.tabel(naam)
        telling = "aantal" if naam == "woord" else "documenten"
        rijen = sorted(rij for rij in rijen if rij[-1])
        letters = "abcd"[: len(sleutel) + 1]
        voer_uit(
            self.cursor,
            f"insert into {tabel} ({', '.join(sleutel)}, {telling})"
            f" select {', '.join(letters)} from {{rijen}} where true"
            f" on conflict ({', '.join(sleutel)}) do update"
            f" set {telling} = {tabel}.{telling} + excluded.{telling}",
            ["integer"] * len(letters),
            rijen,
        )
        minder = [rij[:-1] for rij in rijen if rij[-1] < 0]
        haal_weg(self.cursor, tabel, sleutel, minder, f"{telling} <= 0")


def drietallen(woord: str) -> set[str]:
    """All runs of three letters in a word."""
    return {woord[plek : plek + 3] for plek in range(len(woord) - 2)}
