"""A crowd of documents of one length, of real sentences in another order: to measure speed with.

python -m tests.zoekkwaliteit.massa 4000 MAP    # corpus.jsonl and queries.jsonl, as zoekmeting takes them
"""

import argparse
import json
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

from tests.zoekkwaliteit.sets import Data, Set

LETTERS = 5_000
VRAGEN = 500
_ZIN = re.compile(r"(?<=[.!?])\s+")


def maak(
    sets: list[Set], aantal: int, letters: int = LETTERS, zaad: int = 7
) -> Iterator[tuple[str, str, str]]:
    """(id, title, text) of so many: titles as they are, texts of sentences by lot."""
    rnd = Random(7)
    titels = [titel for een in sets for _, titel, _ in een.documenten if titel]
    zinnen = sorted(
        {zin for een in sets for _, _, tekst in een.documenten for zin in _ZIN.split(tekst) if zin}
    )
    for nummer in range(aantal):
        delen, lengte = [], 0
        while lengte < letters:
            delen.append(rnd.choice(zinnen))
            lengte += len(delen[-1]) + 1
        yield f"d{nummer}", titels[nummer % len(titels)], " ".join(delen)[:letters]


def main() -> None:
    opties = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    opties.add_argument("aantal", type=int)
    opties.add_argument("map", type=Path)
    opties.add_argument("--data", type=Path, default=Path("/work/shared/data/zoeken"))
    gekozen = opties.parse_args()
    data = Data(gekozen.data)
    sets = [een for naam in ("lo_help", "vac_kop", "vac") if (een := data.set(naam))]
    gekozen.map.mkdir(parents=True, exist_ok=True)
    with (gekozen.map / "corpus.jsonl").open("w", encoding="utf8") as uit:
        for id, titel, tekst in maak(sets, gekozen.aantal):
            uit.write(json.dumps({"id": id, "title": titel, "body": tekst}, ensure_ascii=False) + "\n")
    vragen = [(f"{een.naam}-{id}", tekst) for een in sets for id, tekst in een.vragen.items()]
    with (gekozen.map / "queries.jsonl").open("w", encoding="utf8") as uit:
        for id, tekst in Random(7).sample(vragen, min(VRAGEN, len(vragen))):
            uit.write(json.dumps({"id": id, "text": tekst}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
