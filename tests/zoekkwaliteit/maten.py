"""What each row of the bar measures."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from random import Random

import wordfreq

from intranet.zoeken import synoniemen
from intranet.zoeken.analyse import STOPWOORDEN, ontleed, splitser, stam, vouw, woorden
from tests.zoekkwaliteit import spelling, wetten
from tests.zoekkwaliteit.proefindex import Proefindex, proefindex
from tests.zoekkwaliteit.sets import Data, Set, gemiddeld, ndcg, recall, upl, vac

SETS = ("lo_help", "vac", "vac_kop", "debian_faq")
EIS = {"lo_help": ("Z1", 0.575), "vac": ("Z2", 0.89), "debian_faq": ("Z2", None), "vac_kop": ("Z3", 0.69)}
# So many queries of a set get a typo.
TYPEFOUTEN = 400
# So deep a synonym is looked for: what names the same thing and is no target is left out first.
DIEP = 600


@dataclass
class Rij:
    """A row of the table; ``eis`` and ``gemeten`` as they are shown."""

    nummer: str
    wat: str
    motor: str
    eis: str
    gemeten: str
    goed: bool | None
    toelichting: list[str] = field(default_factory=list)

    @property
    def is_gemist(self) -> bool:
        return self.goed is False

    @property
    def oordeel(self) -> str:
        return {True: "gehaald", False: "GEMIST", None: ""}[self.goed]


def _minstens(
    nummer: str, wat: str, motor: str, waarde: float, eis: float | None, uitleg: Sequence[str] = ()
) -> Rij:
    goed = None if eis is None else round(waarde, 4) >= eis
    return Rij(nummer, wat, motor, "" if eis is None else f"≥ {eis:g}", f"{waarde:.4f}", goed, list(uitleg))


def _hoogstens(
    nummer: str, wat: str, motor: str, waarde: float, eis: float, uitleg: Sequence[str] = ()
) -> Rij:
    return Rij(nummer, wat, motor, f"≤ {eis:g}", f"{waarde:.4f}", round(waarde, 4) <= eis, list(uitleg))


def alle(data: Data, motoren: Sequence[str], alleen: Sequence[str] | None = None) -> Iterator[Rij]:
    """The rows, one after the other; ``alleen``: only these numbers."""

    def wil(*nummers: str) -> bool:
        return alleen is None or not set(nummers).isdisjoint(alleen)

    antwoorden: dict[tuple[str, str], dict[str, list[str]]] = {}
    for motor in motoren:
        for naam in SETS:
            if wil("Z5", "Z7", "Z12", EIS[naam][0]) and (set_ := data.set(naam)):
                with proefindex(motor, set_.documenten) as index:
                    antwoorden[naam, motor] = {id: index.vindt(tekst) for id, tekst in set_.vragen.items()}
                    rijen = [*_gevonden(set_, motor, antwoorden[naam, motor])]
                    if wil("Z7") and naam != "vac":
                        rijen += _typefouten(set_, motor, index, antwoorden[naam, motor])
                yield from (rij for rij in rijen if wil(rij.nummer))
        for nummer, maat in MATEN.items():
            if wil(nummer):
                yield from maat(data, motor)
    # Without an engine: analysis and correction alone.
    for nummer, los in LOS.items():
        if wil(nummer):
            yield from los(data)
    if len(motoren) > 1 and wil("Z12"):
        yield from _naast_elkaar(data, motoren, antwoorden)


# --- On the sets: Z1, Z2, Z3, Z5, Z7, Z12 -----------------------------------------------------------


def _gevonden(set_: Set, motor: str, gevonden: dict[str, list[str]]) -> Iterator[Rij]:
    nummer, eis = EIS[set_.naam]
    yield _minstens(nummer, f"{set_.naam}, nDCG@10", motor, ndcg(gevonden, set_.goed), eis)
    if set_.naam == "vac":
        yield _minstens("Z2", "vac, recall@10", motor, recall(gevonden, set_.goed), 0.98)
    leeg = [set_.vragen[id] for id, treffers in gevonden.items() if not treffers]
    yield _hoogstens("Z5", f"{set_.naam}, lege pagina's", motor, len(leeg) / len(gevonden), 0.002, leeg[:5])


def _typefouten(set_: Set, motor: str, index: Proefindex, schoon: dict[str, list[str]]) -> Iterator[Rij]:
    rnd = Random(2)
    ids = sorted(set_.vragen)
    rnd.shuffle(ids)
    met_fout = {}
    for id in ids[:TYPEFOUTEN]:
        fout = spelling.met_typefout(set_.vragen[id], index.motor.kent, rnd)
        met_fout[id] = index.vindt(fout) if fout else schoon[id]
    gaaf = ndcg({id: schoon[id] for id in met_fout}, set_.goed)
    deel = ndcg(met_fout, set_.goed) / gaaf
    yield _minstens("Z7", f"{set_.naam}, behouden na een typefout", motor, deel, 0.98)
    anders = spelling.veranderd(set_.vragen.values(), index.motor.kent)
    onterecht = [f"{een} → {twee}" for een, twee in anders if not spelling.is_fout_in_set(een)]
    wat = f"{set_.naam}, goede vragen veranderd ({len(anders) - len(onterecht)} foute hersteld)"
    yield _hoogstens("Z7", wat, motor, len(onterecht), 0, onterecht)


def _naast_elkaar(data: Data, motoren: Sequence[str], antwoorden: dict) -> Iterator[Rij]:
    een, twee = motoren
    for naam in SETS:
        if (naam, een) in antwoorden and (set_ := data.set(naam)):
            links, rechts = antwoorden[naam, een], antwoorden[naam, twee]
            gat = abs(ndcg(links, set_.goed) - ndcg(rechts, set_.goed))
            yield _hoogstens("Z12", f"{naam}, verschil in nDCG@10", "beide", gat, 0.01)
            samen = gemiddeld(
                len({*links[id]} & {*rechts[id]}) / max(len(links[id]), len(rechts[id]), 1) for id in links
            )
            yield _minstens("Z12", f"{naam}, dezelfde eerste tien", "beide", samen, 0.9)


# --- Z4: an answer among laws -----------------------------------------------------------------------


def tussen_wetten(data: Data, motor: str) -> Iterator[Rij]:
    lijst = data.bestand("afkortingen_kandidaten.tsv")
    extra = " ".join(_laatste(lijst.read_text(encoding="utf8"))) if lijst else ""
    set_ = vac()
    documenten = [*set_.documenten, *wetten.maak(extra=extra)]
    # In any order, as on a site: the first ones are weighed by the average length of what was there then.
    Random(1).shuffle(documenten)
    with proefindex(motor, documenten) as index:
        gevonden = {id: index.vindt(tekst) for id, tekst in set_.vragen.items()}
    wat = f"vac tussen {wetten.AANTAL} verzonnen wetten, nDCG@10"
    yield _minstens("Z4", wat, motor, ndcg(gevonden, set_.goed), 0.80)


def _laatste(tekst: str) -> list[str]:
    return [regel.split("\t")[-1] for regel in tekst.splitlines()]


# --- Z6: compounds in four spellings ----------------------------------------------------------------


def samenstellingen(data: Data, motor: str) -> Iterator[Rij]:
    lijst = data.bestand("samenstellingen.txt")
    if lijst is None:
        return
    regels = [regel.split() for regel in lijst.read_text(encoding="utf8").splitlines() if regel.strip()]
    delen = {woord: stukken.split("+") for woord, stukken in regels if stukken != "="}
    mis, keren = in_vier_spellingen(delen, motor)
    yield _minstens("Z6", "samenstellingen, bij de eerste vijf", motor, 1 - len(mis) / keren, 0.98, mis)
    heel = [woord for woord, stukken in regels if stukken == "="]
    gesplitst = [woord for woord in heel if splitser.splits(vouw(woord))]
    yield _hoogstens("Z6", "gewone woorden gesplitst", motor, len(gesplitst) / len(heel), 0.03, gesplitst)


def in_vier_spellingen(delen: dict[str, list[str]], motor: str) -> tuple[list[str], int]:
    """(what was not found, out of how many): each compound as one word, apart, turned round, with hyphens."""
    namen = upl()
    documenten = [(f"upl {naam}", naam, "") for naam in namen] + [(woord, woord, "") for woord in delen]
    mis, keren = [], 0
    with proefindex(motor, documenten) as index:
        for woord, stukken in delen.items():
            for tekst in (woord, " ".join(stukken), " ".join(reversed(stukken)), "-".join(stukken)):
                vijf = index.vindt(tekst, 5)
                keren += 1
                if woord not in vijf and not any(woord in naam.lower() for naam in vijf):
                    mis.append(tekst)
    return mis, keren


# --- Z7, Z8: spelling and plurals -------------------------------------------------------------------


def spelfouten(data: Data) -> Iterator[Rij]:
    if lijst := data.bestand("spelfouten.tsv"):
        paren = spelling.paren(lijst)
        mis = spelling.niet_goed(paren)
        wat = f"{len(paren)} echte spelfouten, meteen goed"
        yield _minstens("Z7", wat, "", 1 - len(mis) / len(paren), 0.90, mis[:5])
    if vac_kop := data.set("vac_kop"):
        bekend = spelling.woorden_van(vac_kop)
        for wat, namen, gemeend in (
            ("namen van gemeenten", spelling.gemeenten(), ()),
            # A slip of the list itself.
            ("namen van de UPL", upl(), ("commenciële zendvergunning",)),
        ):
            anders = spelling.veranderd((f"{naam} paspoort" for naam in namen), bekend)
            fout = [f"{een} → {twee}" for een, twee in anders if een.removesuffix(" paspoort") not in gemeend]
            yield _hoogstens("Z7", f"{wat} veranderd ({len(namen)})", "", len(fout), 0, fout)


def meervouden(data: Data) -> Iterator[Rij]:
    paren = [(enkel, meer) for enkel in _upl_woorden() if _komt_voor(meer := meervoud(enkel))]
    mis = [f"{enkel}/{meer}" for enkel, meer in paren if stam(enkel) != stam(meer)]
    wat = f"{len(paren)} enkel- en meervouden samen"
    yield _minstens("Z8", wat, "", 1 - len(mis) / len(paren), 0.96, [", ".join(mis)])


@cache
def _upl_woorden() -> tuple[str, ...]:
    """Nouns of the UPL, as far as their ending tells."""
    gebogen = ("de", "en", "te", "ige", "ale", "elle", "eve", "ijke", "ische", "se")
    alle = {woord for naam in upl() for _, _, woord in woorden(naam)}
    return tuple(
        sorted(
            woord
            for woord in alle - STOPWOORDEN
            if woord.isalpha() and len(woord) > 3 and not woord.endswith(gebogen)
        )
    )


def _komt_voor(meer: str) -> bool:
    """Whether people write this plural."""
    frequentie: Callable[..., float] = wordfreq.word_frequency
    return frequentie(meer, "nl", wordlist="large") > 0 or frequentie(f"{meer[:-1]}'s", "nl") > 0


def meervoud(woord: str) -> str:
    """The regular plural."""
    if woord.endswith("heid"):
        return woord[:-4] + "heden"
    if re.search(r"(er|el|em|aar|eur|erd|oor|ier|ie|e|[aouiy]|en)$", woord) and not woord.endswith("ij"):
        return woord + "s"
    if re.search(r"[^aeiou](aa|ee|oo|uu)[^aeiou]$", woord):
        return woord[:-2] + {"f": "v", "s": "z"}.get(woord[-1], woord[-1]) + "en"
    if re.search(r"(ie|oe|eu|ij|ui|ei|ou)[fs]$", woord):
        return woord[:-1] + {"f": "v", "s": "z"}[woord[-1]] + "en"
    kort = re.search(r"[^aeiou][aeiou][bdfgklmnprstv]$", woord)
    if kort and not woord.endswith(("ing", "schap", "ist", "eit")):
        return woord + woord[-1] + "en"
    return woord + "en"


# --- Z9: synonyms -----------------------------------------------------------------------------------


def synoniemgroepen(data: Data, motor: str) -> Iterator[Rij]:
    kop = data.set("vac_kop") or vac()
    groepen = [groep.woorden for groep in synoniemen.lees()]
    mis, keren = vindt_elkaar(groepen, [tekst for _, _, tekst in kop.documenten], motor)
    wat = f"woorden van {len(groepen)} synoniemgroepen, bij de eerste vijf"
    yield _minstens("Z9", wat, motor, 1 - len(mis) / keren, 0.95, mis[:10])


def vindt_elkaar(
    groepen: Sequence[Sequence[str]], vulling: Sequence[str], motor: str
) -> tuple[list[str], int]:
    """(what was not found, out of how many): a word asks for the text that only has another of its group."""
    rnd = Random(3)
    menigte = [(f"m{n}", "", tekst) for n, tekst in enumerate([*upl(), *vulling])]
    doelen = [
        (f"g{g}.{w}", "", f"{rnd.choice(vulling)[:200]} Hier gaat het over {woord}.")
        for g, groep in enumerate(groepen)
        for w, woord in enumerate(groep)
    ]
    tokens = {id: _tokens(tekst) for id, _, tekst in menigte}
    mis, keren = [], 0
    with proefindex(motor, menigte + doelen) as index:
        for g, groep in enumerate(groepen):
            eigen = [set(ontleed("", woord).tekst) for woord in groep]
            for een in range(len(groep)):
                treffers = index.vindt(groep[een], DIEP)
                # Who names the thing as well is right too, and no rival.
                rest = [
                    id for id in treffers if id[0] == "g" or not any(woord <= tokens[id] for woord in eigen)
                ]
                for twee in set(range(len(groep))) - {een}:
                    doel = f"g{g}.{twee}"
                    keren += 1
                    if doel not in [id for id in rest if id[0] != "g" or id == doel][:5]:
                        mis.append(f"{groep[een]} → {groep[twee]}")
    return mis, keren


def _tokens(tekst: str) -> set[str]:
    ontleding = ontleed("", tekst)
    return {*ontleding.tekst, *ontleding.tekst_delen}


# --- Z10: who knows ---------------------------------------------------------------------------------


def deskundigen(data: Data, motor: str) -> Iterator[Rij]:
    from django.conf import settings
    from django.core.management import call_command

    from groepen.models import Groep
    from intranet.zoeken import onderhoud
    from intranet.zoeken.ingebouwd import Ingebouwd
    from tests.zoekkwaliteit import experts

    if motor != "ingebouwd":
        return
    if not Groep.objects.exists():
        settings.DEMO_TOEGESTAAN = True
        call_command("demo", verbosity=0)
        onderhoud.herbouw(Ingebouwd())
    deel, keren = experts.meet(Ingebouwd())
    for wat, waarde in deel.items():
        eis = 0.95 if wat == experts.EEN_VAN_BEIDE else None
        yield _minstens("Z10", f"{keren} onderwerpen van de demo: {wat}", motor, waarde, eis)


MATEN = {"Z4": tussen_wetten, "Z6": samenstellingen, "Z9": synoniemgroepen, "Z10": deskundigen}
LOS = {"Z7": spelfouten, "Z8": meervouden}
