"""The sets: documents, queries, and which document answers which query."""

import csv
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

WORTEL = Path(__file__).resolve().parents[2]
UPL = WORTEL / "profielen" / "gegevens" / "UPL-actueel.csv"
VAC = WORTEL / "intranet" / "demo" / "vac_rijksoverheid.jsonl"
DIEP = 10


@dataclass(frozen=True)
class Set:
    """Documents as (id, title, text), queries by id, and of each query the documents that answer it."""

    naam: str
    documenten: Sequence[tuple[str, str, str]]
    vragen: Mapping[str, str]
    goed: Mapping[str, Mapping[str, int]]


class Data:
    """What there is to measure with; ``ontbreekt`` remembers what was asked for and is not there."""

    def __init__(self, map_: Path, alleen: Sequence[str] | None = None):
        self.map, self.alleen = map_, alleen
        self.ontbreekt: dict[str, None] = {}

    def bestand(self, naam: str) -> Path | None:
        """A file of the data, or nothing."""
        pad = self.map / naam
        if pad.exists():
            return pad
        self.ontbreekt[str(pad)] = None
        return None

    def set(self, naam: str) -> Set | None:
        """A set by its name, or nothing: it is not there, or was not asked for."""
        if self.alleen and naam not in self.alleen:
            return None
        if naam == "vac":
            return vac()
        if self.bestand(naam) is None:
            return None
        goed: dict[str, dict[str, int]] = {}
        for regel in lees(self.map / naam / "qrels.jsonl"):
            goed.setdefault(regel["q"], {})[regel["d"]] = regel["rel"]
        return Set(
            naam,
            [(d["id"], d["title"], d["body"]) for d in lees(self.map / naam / "corpus.jsonl")],
            {q["id"]: q["text"] for q in lees(self.map / naam / "queries.jsonl")},
            goed,
        )


def lees(pad: Path) -> list[dict]:
    """The lines of a file of JSON."""
    return [json.loads(regel) for regel in pad.read_text(encoding="utf8").splitlines() if regel.strip()]


def vac() -> Set:
    """The 78 questions of Rijksoverheid, by their title; the answer is the text alone."""
    rijen = lees(VAC)
    return Set(
        "vac",
        [(rij["id"], "", rij["body"]) for rij in rijen],
        {rij["id"]: rij["title"] for rij in rijen},
        {rij["id"]: {rij["id"]: 1} for rij in rijen},
    )


def upl() -> list[str]:
    """The names of what governments offer."""
    with UPL.open(encoding="utf8") as regels:
        return [rij["UniformeProductnaam"] for rij in csv.DictReader(regels)][1:]


def ndcg(gevonden: Mapping[str, Sequence[str]], goed: Mapping[str, Mapping[str, int]]) -> float:
    """How near the best order the first ten are, 1 is perfect; of the queries of ``gevonden``."""
    som = 0.0
    for vraag, treffers in gevonden.items():
        ja = goed[vraag]
        winst = sum((2 ** ja[d] - 1) / math.log2(n + 2) for n, d in enumerate(treffers[:DIEP]) if d in ja)
        beste = sorted(ja.values(), reverse=True)[:DIEP]
        som += winst / sum((2**waarde - 1) / math.log2(n + 2) for n, waarde in enumerate(beste))
    return som / len(gevonden)


def recall(gevonden: Mapping[str, Sequence[str]], goed: Mapping[str, Mapping[str, int]]) -> float:
    """The share of the right documents that is among the first ten."""
    return gemiddeld(
        sum(d in goed[vraag] for d in treffers[:DIEP]) / min(len(goed[vraag]), DIEP)
        for vraag, treffers in gevonden.items()
    )


def gemiddeld(getallen: Iterable[float]) -> float:
    alle = list(getallen)
    return sum(alle) / len(alle) if alle else 0.0
