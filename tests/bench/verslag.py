"""What a run says: a table for the reader, and what was missed."""

import os
import platform
import statistics
from datetime import date

from tests.bench import proces
from tests.bench.eisen import (
    FILTER,
    GEHEUGEN_MB,
    HERBOUW_GEHEUGEN,
    LIJN_KB,
    LIJN_KEER,
    LIJN_P95_MS,
    NIEUWE_SESSIES,
    OVERZICHT,
    OVERZICHT_SQL,
    SQL,
    SQL_LEZEN,
    STARTTIJD,
    WOORDEN,
)
from tests.bench.huizen import Wij
from tests.bench.lezers import Engine
from tests.bench.lijnen import Lijnen
from tests.bench.meten import Meting
from tests.bench.overzichten import Overzichten
from tests.bench.statistiek import Marge, p95, verhouding, verhouding_p95


def getal(waarde: float, cijfers: int = 2) -> str:
    """As people here write it: 1,38."""
    return f"{waarde:.{cijfers}f}".replace(".", ",")


def marge(m: Marge) -> str:
    return f"{getal(m.waarde)} ({getal(m.laag)} – {getal(m.hoog)})"


class Verslag:
    """Collects tables and what was missed; ``regels`` is Markdown that reads well in a terminal too."""

    def __init__(self) -> None:
        self.regels: list[str] = []
        self.gemist: list[str] = []
        self._getoond = 0

    def tabel(self, kop: list[str], rijen: list[list[str]]) -> None:
        breed = [max(len(rij[i]) for rij in [kop, *rijen]) for i in range(len(kop))]
        for rij in [kop, ["-" * b for b in breed], *rijen]:
            delen = [
                rij[0].ljust(breed[0]),
                *(deel.rjust(b) for deel, b in zip(rij[1:], breed[1:], strict=True)),
            ]
            self.regels.append("| " + " | ".join(delen) + " |")
        self.regels.append("")

    def eis(self, wat: str, gehaald: bool) -> str:
        """ "gemist" when it is, and remembered for the last line; else nothing."""
        if not gehaald:
            self.gemist.append(wat)
        return "" if gehaald else "gemist"

    def oordeel(self, wat: str, m: Marge, eis: float) -> str:
        """As ``eis``, for a ratio: over the demand, but not beyond doubt, is "binnen de marge"."""
        if m.waarde > eis and not m.mist(eis):
            return "binnen de marge"
        return self.eis(wat, m.waarde <= eis)

    # --- The tables -----------------------------------------------------------------------------

    def naast_kaal(self, meting: Meting, sql: dict[str, tuple[int, int]]) -> None:
        rijen = []
        for sleutel, h in meting.handelingen.items():
            wij, kaal = meting.cpu["wij S", sleutel], meting.cpu["kaal S", sleutel]
            m = verhouding(wij, kaal)
            aantal, vaakst = sql[sleutel]
            hoogstens = SQL.get(sleutel, SQL_LEZEN)
            if h.deel == "zoeken":  # judged below, all words together
                goed = f"boven {getal(h.eis, 1)}" if m.mist(h.eis) else ""
            else:
                goed = self.oordeel(f"{h.naam} ({getal(m.waarde)}× kaal)", m, h.eis)
            goed_sql = self.eis(f"SQL van {h.naam}", aantal <= hoogstens and vaakst <= 2)
            rijen.append([
                h.naam, getal(statistics.median(wij), 1), getal(statistics.median(kaal), 1), marge(m),
                f"≤ {getal(h.eis, 1)}", f"≤ {getal(h.doel, 1)}", f"{aantal} van {hoogstens}",
                goed or goed_sql or "gehaald",
            ])  # fmt: skip
        zoeken = [sleutel for sleutel, h in meting.handelingen.items() if h.deel == "zoeken"]
        if zoeken:
            rijen.append(self._zoeken_samen(meting, zoeken))
        self.regels += [
            "CPU per verzoek in milliseconden: app, PostgreSQL en Redis samen "
            "(omvang S, mediaan van de rondes).",
            "",
        ]
        self.tabel(["handeling", "wij", "kaal", "verhouding (95 %)", "eis", "doel", "SQL", ""], rijen)

    def _zoeken_samen(self, meting: Meting, sleutels: list[str]) -> list[str]:
        """The search page as a whole, as many searches of each kind of word: that is what has a demand."""
        wij, kaal = (
            [statistics.mean(ronde) for ronde in zip(*(meting.cpu[kant, s] for s in sleutels), strict=True)]
            for kant in ("wij S", "kaal S")
        )
        m, h = verhouding(wij, kaal), meting.handelingen[sleutels[0]]
        return [
            "zoeken, deze woorden samen", getal(statistics.median(wij), 1),
            getal(statistics.median(kaal), 1), marge(m), f"≤ {getal(h.eis, 1)}", f"≤ {getal(h.doel, 1)}", "",
            self.oordeel(f"zoeken ({getal(m.waarde)}× kaal)", m, h.eis) or "gehaald",
        ]  # fmt: skip

    def groei(self, meting: Meting) -> None:
        rijen = []
        for sleutel, h in meting.handelingen.items():
            klein, groot = ("wij S", sleutel), ("wij L", sleutel)
            c = verhouding(meting.cpu[groot], meting.cpu[klein])
            p = verhouding_p95(meting.duren[groot], meting.duren[klein])
            goed = self.oordeel(f"groei van {h.naam} (CPU {getal(c.waarde)}×)", c, h.groei_cpu)
            goed_p = self.oordeel(f"groei van {h.naam} (p95 {getal(p.waarde)}×)", p, h.groei_p95)
            ms = [
                getal(p95([d for ronde in meting.duren[deel] for d in ronde]) * 1000, 0)
                for deel in (klein, groot)
            ]
            eisen = [f"≤ {getal(h.groei_cpu, 1)}", f"≤ {getal(h.groei_p95, 1)}"]
            rijen.append([h.naam, marge(c), eisen[0], marge(p), eisen[1], *ms, goed or goed_p or "gehaald"])
        self.regels += ["Van S naar L: honderd keer zoveel vragen.", ""]
        self.tabel(["handeling", "CPU L/S", "eis", "p95 L/S", "eis", "p95 S ms", "p95 L ms", ""], rijen)

    def filter(self, engine: Engine) -> None:
        """What the keys of a reader cost the search engine."""
        rijen = []
        for soort in WOORDEN:
            zonder = engine.cpu[soort, None]
            for lezer in engine.lezers:
                m = verhouding(engine.cpu[soort, lezer], zonder)
                goed = self.oordeel(f"filter van {lezer} groepen, {soort} ({getal(m.waarde)}×)", m, FILTER)
                rijen.append([
                    f"{soort} woord, lezer van {lezer} {'groep' if lezer == 1 else 'groepen'}",
                    getal(statistics.median(engine.cpu[soort, lezer]), 1),
                    getal(statistics.median(zonder), 1), marge(m), f"≤ {getal(FILTER)}", goed or "gehaald",
                ])  # fmt: skip
        self.regels += [
            f"De zoekmachine zelf (omvang {engine.omvang}, met facetten), CPU per keer in milliseconden, "
            "naast dezelfde vraag zonder enig filter.",
            "",
        ]
        self.tabel(
            ["filter op de groepen van de lezer", "met", "zonder", "verhouding (95 %)", "eis", ""], rijen
        )

    def herbouw(self, kanten: list[Wij]) -> None:
        """What it took to index everything."""
        rijen = []
        for kant in kanten:
            v, keer = kant.herindexeer, kant.herindexeer.piek / kanten[0].herindexeer.piek
            goed = self.eis(f"geheugen van herindexeer bij {kant.omvang}", keer <= HERBOUW_GEHEUGEN)
            rijen.append([
                f"herindexeer, omvang {kant.omvang}", str(kant.documenten), getal(v.duur, 0),
                getal(kant.documenten / v.duur, 0), getal(v.piek, 0), getal(keer),
                f"≤ {getal(HERBOUW_GEHEUGEN)}", goed or "gehaald",
            ])  # fmt: skip
        kop = ["de zoekindex", "documenten", "seconden", "per seconde", "piek MB", "piek × S", "eis", ""]
        self.tabel(kop, rijen)

    def lijnen(self, lijnen: Lijnen) -> None:
        """What open pages cost, and what reaches them."""
        wij, kaal = lijnen.wij, lijnen.kaal
        m = verhouding(wij.cpu, kaal.cpu)
        ms = [p95([d * 1000 for ronde in kant.duren for d in ronde]) for kant in (wij, kaal)]
        allen = [statistics.median(kant.totaal) * 1000 for kant in (wij, kaal)]
        self.regels += [
            f"Live: {lijnen.aantal} open pagina's op één proces, via Redis, naast een kale websocket-server.",
            "",
        ]
        self.tabel(["live", "wij", "kaal", "verhouding (95 %)", "eis", ""], [
            ["CPU per bezorging, µs", getal(statistics.median(wij.cpu), 1),
             getal(statistics.median(kaal.cpu), 1), marge(m), f"≤ {getal(LIJN_KEER, 1)}×",
             self.oordeel(f"bezorging ({getal(m.waarde)}× kaal)", m, LIJN_KEER) or "gehaald"],
            ["een vermelding, p95 in ms", getal(ms[0], 1), getal(ms[1], 1), "", f"≤ {LIJN_P95_MS}",
             self.eis("vermelding p95", ms[0] <= LIJN_P95_MS) or "gehaald"],
            ["aan allen, ms", getal(allen[0], 0), getal(allen[1], 0), "", "", ""],
            ["niet aangekomen", str(wij.zoek), str(kaal.zoek), "", "0",
             self.eis("niet aangekomen", wij.zoek == 0) or "gehaald"],
            ["geheugen per pagina, kB", getal(wij.kb, 1), getal(kaal.kb, 1), "", f"≤ {LIJN_KB}",
             self.eis("geheugen per open pagina", wij.kb <= LIJN_KB) or "gehaald"],
        ])  # fmt: skip

    def overzichten(self, o: Overzichten) -> None:
        """What the overviews of everyone cost."""
        m = verhouding(o.cpu["samen"], o.cpu["los"])
        goed = self.oordeel(f"overzichten ({getal(m.waarde)}× één voor één)", m, OVERZICHT)
        goed_sql = self.eis("SQL van alle overzichten samen", o.sql <= OVERZICHT_SQL)
        self.regels += ["Overzichten per mail, CPU per mens in milliseconden: app en PostgreSQL samen.", ""]
        kop = ["overzichten", "alle samen", "één voor één", "verhouding (95 %)", "eis", "SQL", ""]
        self.tabel(kop, [[
            f"voor {o.mensen} mensen, omvang {o.omvang}", getal(statistics.median(o.cpu["samen"])),
            getal(statistics.median(o.cpu["los"])), marge(m), f"≤ {getal(OVERZICHT)}",
            f"{o.sql} van {OVERZICHT_SQL}", goed or goed_sql or "gehaald",
        ]])  # fmt: skip

    def server(self, meting: Meting, start: dict[str, float]) -> None:
        wij = meting.kanten["wij S"]
        totaal = sum(meting.verzoeken[naam] for naam in meting.sessies)
        per_duizend = sum(meting.sessies.values()) / totaal * 1000
        geheugen = [proces.geheugen(pid) for pid in wij.werkers()]
        rss, pss = max(r for r, _ in geheugen), max(p for _, p in geheugen)
        keer = start["wij"] / start["kaal"]
        self.tabel(["de server", "gemeten", "eis", ""], [
            ["nieuwe PostgreSQL-sessies per 1.000 verzoeken", getal(per_duizend, 1), str(NIEUWE_SESSIES),
             self.eis("nieuwe PostgreSQL-sessies", per_duizend <= NIEUWE_SESSIES) or "gehaald"],
            ["geheugen per werker, RSS in MB", getal(rss, 0), f"≤ {GEHEUGEN_MB}",
             self.eis("geheugen per werker", rss <= GEHEUGEN_MB) or "gehaald"],
            ["geheugen per werker, PSS in MB", getal(pss, 0), "", ""],
            ["van start tot eerste pagina, seconden",
             f"{getal(start['wij'], 1)} (kaal {getal(start['kaal'], 1)})",
             f"doel ≤ {getal(STARTTIJD, 1)}× kaal",
             "doel gehaald" if keer <= STARTTIJD else f"{getal(keer, 1)}×"],
        ])  # fmt: skip

    def toon(self) -> None:
        """Print what was not printed yet."""
        print("", *self.regels[self._getoond :], sep="\n", flush=True)
        self._getoond = len(self.regels)

    def slot(self) -> str:
        """The last line of a run."""
        return f"gemist: {', '.join(self.gemist)}" if self.gemist else "alles gehaald"


def machine() -> str:
    """What this was measured on."""
    model = platform.processor() or platform.machine()
    try:
        with open("/proc/cpuinfo") as info:
            model = next((r.split(":")[1].strip() for r in info if r.startswith("model name")), model)
    except OSError:
        pass
    belasting = getal(os.getloadavg()[0], 1)
    return (
        f"{os.cpu_count()} cores ({model}), Python {platform.python_version()}, {date.today():%d-%m-%Y}, "
        f"belasting {belasting}"
    )
