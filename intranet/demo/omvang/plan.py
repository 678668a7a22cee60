"""The lots of a bulk: who is where, who asked and answered what, and all that is counted of it.

People, Groepen, questions and answers are numbers from 0; ``rijen`` turns them into rows. Everything per
question or answer stands in arrays of small numbers: 20 MB for the largest size.
"""

from array import array
from collections.abc import Iterator
from random import Random

from . import Omvang
from .woorden import PARAGRAFEN, TITELS

ZAAD = 42
DAG = 86_400
# Questions are spread evenly over so many days, the last one this long before now.
DAGEN, LAATSTE_GELEDEN = 1_000, 2 * 3_600
# One question has so many answers: the page that must not become slow.
BIJ_LAATSTE = 500
# Somebody works on a question only as long as the claim lives.
CLAIM_DAGEN, OUD_DAGEN = 1, 90

OPEN, OPGEPAKT, MEER_INFORMATIE, OPGELOST, GESLOTEN = range(5)
NIEMAND = 0xFFFFFFFF


def lot(deel: str) -> Random:
    """A lot of its own for each part, so that one can change without the others."""
    return Random(f"{ZAAD} {deel}")  # noqa: S311


class Plan:
    """All lots of one ``omvang``, with moments in seconds; ``nu`` is the moment of filling."""

    def __init__(self, omvang: Omvang, nu: int):
        self.omvang, self.nu = omvang, nu
        self._groepen()
        self._leden()
        self._vragen()
        self._antwoorden()
        self._afloop()
        self._tel()

    # --- Where and who ------------------------------------------------------------------------

    def organisatie_van(self, mens: int) -> int:
        return mens % self.omvang.organisaties

    def _groepen(self) -> None:
        rnd, organisaties = lot("groepen"), self.omvang.organisaties
        self.besloten = [rnd.random() < self.omvang.besloten for _ in range(self.omvang.groepen)]
        self.organisaties: list[list[int]] = []
        for groep in range(self.omvang.groepen):
            van = [groep % organisaties]
            # Three out of ten are shared by a few neighbours, as in a partnership.
            if organisaties > 1 and rnd.random() < 0.3:
                anderen = [nummer for nummer in range(organisaties) if nummer != van[0]]
                van += rnd.sample(anderen, min(len(anderen), rnd.randint(1, 3)))
            self.organisaties.append(van)

    def is_gast(self, mens: int, groep: int) -> bool:
        return self.organisatie_van(mens) not in self.organisaties[groep]

    def _leden(self) -> None:
        rnd = lot("leden")
        alle = range(self.omvang.groepen)
        eigen = [
            [groep for groep in alle if organisatie in self.organisaties[groep]]
            for organisatie in range(self.omvang.organisaties)
        ]
        self.leden = [array("I") for _ in alle]
        for mens in range(self.omvang.mensen):
            thuis = eigen[self.organisatie_van(mens)]
            groepen: dict[int, None] = {}
            for _ in range(self.omvang.lidmaatschappen):
                waaruit = thuis if rnd.random() < 0.9 else alle
                groepen[waaruit[int(len(waaruit) * rnd.random() ** 1.5)]] = None
            for groep in groepen:
                self.leden[groep].append(mens)
        for groep in alle:  # never without an eigenaar, who works there
            if not any(not self.is_gast(mens, groep) for mens in self.leden[groep]):
                self.leden[groep].insert(0, self.organisaties[groep][0])

    def eigenaar(self, groep: int) -> int:
        return next(mens for mens in self.leden[groep] if not self.is_gast(mens, groep))

    # --- Questions and answers ------------------------------------------------------------------

    def _vragen(self) -> None:
        rnd, aantal = lot("vragen"), self.omvang.vragen
        self.groep, self.steller = array("H"), array("I")
        self.titel, self.eerste, self.tweede = array("H"), array("H"), array("H")
        self.stemmen = array("B")
        for _ in range(aantal):
            groep = int(self.omvang.groepen * rnd.random() ** 1.5)
            leden = self.leden[groep]
            self.groep.append(groep)
            self.steller.append(leden[int(len(leden) * rnd.random() ** 2)])
            self.titel.append(int(TITELS * rnd.random()))
            self.eerste.append(int(PARAGRAFEN * rnd.random()))
            self.tweede.append(int(PARAGRAFEN * rnd.random()))
            self.stemmen.append(min(int(20 * rnd.random() ** 4), len(leden) - 1))

    def gesteld(self, vraag: int) -> int:
        stap = DAG * DAGEN / self.omvang.vragen
        return self.nu - LAATSTE_GELEDEN - int((self.omvang.vragen - 1 - vraag) * stap)

    def _antwoorden(self) -> None:
        rnd, vragen = lot("antwoorden"), self.omvang.vragen
        self.bij, self.schrijver = array("I"), array("I")
        self.a_eerste, self.a_tweede = array("H"), array("H")
        self.dank, self.hoeveelste = array("B"), array("H")
        self.aantal = array("H", bytes(2 * vragen))
        laatste = min(BIJ_LAATSTE, self.omvang.antwoorden // 4)
        for nummer in range(self.omvang.antwoorden):
            vraag = vragen - 1 if nummer < laatste else int(vragen * rnd.random() ** 0.8)
            leden = self.leden[self.groep[vraag]]
            self.bij.append(vraag)
            self.schrijver.append(leden[int(len(leden) * rnd.random() ** 2)])
            self.a_eerste.append(int(PARAGRAFEN * rnd.random()))
            self.a_tweede.append(int(PARAGRAFEN * rnd.random()))
            self.dank.append(min(int(20 * rnd.random() ** 4), len(leden) - 1))
            self.hoeveelste.append(self.aantal[vraag])
            self.aantal[vraag] += 1

    def gegeven(self, antwoord: int) -> int:
        vraag = self.bij[antwoord]
        return self._na(vraag, self.hoeveelste[antwoord] + 1)

    def _na(self, vraag: int, hoeveelste: int) -> int:
        return self.gesteld(vraag) + self.duur[vraag] * hoeveelste // (self.aantal[vraag] + 1)

    def laatst_actief(self, vraag: int) -> int:
        return self._na(vraag, self.aantal[vraag])

    # --- What became of it ------------------------------------------------------------------------

    def _afloop(self) -> None:
        rnd, vragen = lot("afloop"), self.omvang.vragen
        self.duur = array("I")  # from the question until nobody answers any more
        self.status = array("B")
        oplossing_is = array("H")
        for vraag in range(vragen):
            oud = self.nu - self.gesteld(vraag)
            self.duur.append(min(oud - 60, 3_600 + int(rnd.expovariate(1 / (3 * DAG)))))
            self.status.append(self._status(vraag, oud / DAG, rnd.random()))
            oplossing_is.append(int(self.aantal[vraag] * rnd.random() ** 2))
        self.oplossing = array("I", [NIEMAND]) * vragen  # the answer that solved it
        self.eerste_antwoord = array("I", [NIEMAND]) * vragen  # the first one by somebody else
        for antwoord, vraag in enumerate(self.bij):
            if self.status[vraag] == OPGELOST and self.hoeveelste[antwoord] == oplossing_is[vraag]:
                self.oplossing[vraag] = antwoord
            if self.eerste_antwoord[vraag] == NIEMAND and self.schrijver[antwoord] != self.steller[vraag]:
                self.eerste_antwoord[vraag] = antwoord

    def _status(self, vraag: int, dagen: float, kans: float) -> int:
        if self.aantal[vraag] and kans < 0.7:
            return OPGELOST
        if dagen > OUD_DAGEN:
            return GESLOTEN if kans < 0.93 else OPEN
        if dagen < CLAIM_DAGEN and kans > 0.8:
            return OPGEPAKT
        return MEER_INFORMATIE if self.aantal[vraag] and kans > 0.9 else OPEN

    def is_onopgelost(self, vraag: int) -> bool:
        return self.status[vraag] not in (OPGELOST, GESLOTEN)

    def behandelaar(self, vraag: int) -> int:
        leden = self.leden[self.groep[vraag]]
        return leden[vraag % len(leden)]

    def stemmers(self, vraag: int) -> Iterator[int]:
        return self._anderen(vraag, self.steller[vraag], self.stemmen[vraag], 7 * vraag)

    def dankers(self, antwoord: int) -> Iterator[int]:
        return self._anderen(self.bij[antwoord], self.schrijver[antwoord], self.dank[antwoord], 11 * antwoord)

    def _anderen(self, vraag: int, niet: int, aantal: int, begin: int) -> Iterator[int]:
        """``aantal`` different leden, not ``niet``: neighbours on the list, from a place that differs each time."""
        leden = self.leden[self.groep[vraag]]
        plek = begin
        while aantal:
            mens = leden[plek % len(leden)]
            plek += 1
            if mens != niet:
                aantal -= 1
                yield mens

    def per_vraag(self) -> Iterator[tuple[int, list[int]]]:
        """Each question with the numbers of its answers."""
        begin = array("I", [0]) * (self.omvang.vragen + 1)
        for vraag in range(self.omvang.vragen):
            begin[vraag + 1] = begin[vraag] + self.aantal[vraag]
        plek = array("I", [0]) * self.omvang.antwoorden
        for antwoord, vraag in enumerate(self.bij):
            plek[begin[vraag] + self.hoeveelste[antwoord]] = antwoord
        for vraag in range(self.omvang.vragen):
            yield vraag, list(plek[begin[vraag] : begin[vraag + 1]])

    # --- Counters of the Groepen --------------------------------------------------------------------

    def _tel(self) -> None:
        groepen = range(self.omvang.groepen)
        self.aantal_vragen, self.aantal_onopgelost = [0 for _ in groepen], [0 for _ in groepen]
        self.aantal_onbeantwoord, self.groep_actief = [0 for _ in groepen], [0 for _ in groepen]
        for vraag, groep in enumerate(self.groep):
            self.aantal_vragen[groep] += 1
            self.groep_actief[groep] = max(self.groep_actief[groep], self.laatst_actief(vraag))
            if self.is_onopgelost(vraag):
                self.aantal_onopgelost[groep] += 1
                self.aantal_onbeantwoord[groep] += not self.aantal[vraag]
        self.aantal_gasten = [
            sum(self.is_gast(mens, groep) for mens in self.leden[groep]) for groep in groepen
        ]

    @property
    def aantal_rijen(self) -> int:
        """About how many rows the large tables get: the length of the progress bar."""
        return (
            2 * self.omvang.mensen
            + sum(map(len, self.leden))
            + 3 * self.omvang.vragen  # Thread, Vraag, its Onderwerp
            + self.omvang.antwoorden
            + 2 * sum(self.stemmen)  # Stem and its Volger
            + self.omvang.vragen
            + self.omvang.antwoorden
            + sum(self.dank)
        )
