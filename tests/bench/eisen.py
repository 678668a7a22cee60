"""What is measured, and what it must reach (issue "Het huis staat", docs/snelheid.md)."""

from typing import NamedTuple


class Handeling(NamedTuple):
    """One thing people do.

    Attributes:
        eis, doel: times the CPU of bare Django.
        groei_cpu, groei_p95: times what it takes with a hundredth of the questions.
        deel: the part of the bench it belongs to (``--alleen``).
    """

    naam: str
    kaal: str
    eis: float
    doel: float
    groei_cpu: float = 1.1
    groei_p95: float = 1.3
    deel: str = "huis"


HANDELINGEN = {
    "start": Handeling("startpagina", "feed2", 1.6, 1.2),
    "groep": Handeling("groepspagina", "g/N", 1.6, 1.2),
    "vraag": Handeling("vraagpagina", "question/N", 1.6, 1.2),
    "vraag50": Handeling("vraagpagina, 50 antwoorden", "question/N", 1.6, 1.2),
    "stel": Handeling("vraag stellen", "ask/N", 2.0, 1.5),
    "antwoord": Handeling("antwoord geven, 3 vermeldingen", "answer/N", 2.0, 1.5),
    "zoek_zeldzaam": Handeling("zoeken, zeldzaam woord", "search?cap=1", 1.5, 1.5, 3.0, 3.0, "zoeken"),
    "zoek_midden": Handeling("zoeken, woord ertussenin", "search?cap=1", 1.5, 1.5, 3.0, 3.0, "zoeken"),
    "zoek_gewoon": Handeling("zoeken, gewoon woord", "search?cap=1", 1.5, 1.5, 3.0, 3.0, "zoeken"),
}
# The share of all questions that a word of each kind is in.
WOORDEN = {"zeldzaam": (0.001, 0.006), "midden": (0.02, 0.05), "gewoon": (0.3, 1.0)}
# What a reader's Groepen may cost an engine call, against the same without any filter.
LEZERS, FILTER = (1, 12, 200), 1.10
# The rebuild of the index: peak memory at the large size against the small one.
HERBOUW_GEHEUGEN = 1.15
# Open sockets on one process, beside a raw websocket server.
LIJNEN, LIJN_KEER, LIJN_KB, LIJN_P95_MS = 5_000, 1.5, 50, 50
# Overviews for everyone: times the CPU of a plain loop per person, and statements in all.
OVERZICHT, OVERZICHT_SQL = 0.10, 12
NIEUWE_SESSIES = 0  # of PostgreSQL, per 1,000 requests
GEHEUGEN_MB = 142
# bakerydemo starts in 3.1 times the time of the bare app; a goal: we may take 1.2 times that.
STARTTIJD = 3.7
SQL = {"stel": 14, "antwoord": 14}  # of pages that are read:
SQL_LEZEN = 12
