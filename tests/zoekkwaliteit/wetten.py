"""Made-up laws: a crowd of long texts in the words of government, for an answer to be lost among."""

from collections import Counter
from random import Random

import wordfreq

from intranet.zoeken.analyse import STOPWOORDEN, splitser, woorden
from tests.zoekkwaliteit.sets import upl, vac

AANTAL, LANGST = 1200, 20_000
# Of each text: its own words, compounds of their parts, words of everyday, words of other topics.
DEEL = (25, 15, 30, 30)
EIGEN = 25


def maak(aantal: int = AANTAL, extra: str = "", zaad: int = 7) -> list[tuple[str, str, str]]:
    """(id, title, text) of so many; ``extra`` is more text to take words of government from."""
    rnd = Random(zaad)
    keer: Counter[str] = Counter(_telwoorden(" ".join(tekst for _, _, tekst in vac().documenten)))
    for naam in [*upl(), *upl(), *vac().vragen.values(), extra, extra]:
        keer.update(_telwoorden(naam))
    ambtelijk = list(keer)
    gewicht = [keer[woord] ** 0.7 for woord in ambtelijk]
    gewoon = [
        (woord, wordfreq.word_frequency(woord, "nl"))
        for woord in wordfreq.top_n_list("nl", 6000)
        if woord.isalpha() and len(woord) > 3 and woord not in STOPWOORDEN
    ]
    gesplitst = [delen for woord in ambtelijk if (delen := splitser.splits(woord))]
    voor, achter = sorted({d[0] for d in gesplitst}), sorted({d[-1] for d in gesplitst})
    uit = []
    for nummer in range(aantal):
        eigen = rnd.choices(ambtelijk, gewicht, k=EIGEN)
        samen = [rnd.choice(voor + eigen) + rnd.choice(achter) for _ in range(30)]
        lengte = int(min(LANGST, rnd.lognormvariate(7.0, 1.0)))
        bronnen = ((eigen, None), (samen, None), tuple(zip(*gewoon, strict=True)), (ambtelijk, gewicht))
        tekst = [
            woord
            for (rij, wegen), deel in zip(bronnen, DEEL, strict=True)
            for woord in rnd.choices(rij, wegen, k=lengte * deel // 100)
        ]
        rnd.shuffle(tekst)
        uit.append((f"wet {nummer}", "wet " + " ".join(rnd.sample(eigen, 4)), " ".join(tekst)))
    return uit


def _telwoorden(tekst: str) -> list[str]:
    alle = (woord for _, _, woord in woorden(tekst))
    return [woord for woord in alle if woord.isalpha() and len(woord) > 3 and woord not in STOPWOORDEN]
