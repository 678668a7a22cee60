"""Everything that runs once a night; safe to run twice, safe to miss a night.

The worker does it by the clock (``settings.KLUSSEN``); ``manage.py nightly`` does it by hand.
"""

import logging
from collections.abc import Callable

from groepen.bewijs import werk_bij as werk_bewijs_bij
from groepen.klussen import bewaak_normen, geef_stille_vragen_vrij
from groepen.tellers import herstel
from groepen.wissen import wis_losse_afbeeldingen, wis_verwijderd
from intranet.concepten.models import Concept
from intranet.events.opruimen import opruimen
from intranet.meldingen import opruimen as meldingen
from intranet.meldingen.models import Zending
from intranet.meldingen.telefoon import apparaten
from intranet.zoeken import onderhoud
from intranet.zoeken.models import Zoekactie

logger = logging.getLogger(__name__)

# What to say and what to do; each stands on its own, so that one that fails holds up no other.
STAPPEN: list[tuple[str, Callable[[], object]]] = [
    ("Stille vragen weer vrijgegeven", geef_stille_vragen_vrij),
    ("Herinnerd aan wat wacht", bewaak_normen),
    ("Verwijderde teksten gewist", wis_verwijderd),
    ("Losse afbeeldingen verwijderd", wis_losse_afbeeldingen),
    ("Oude concepten verwijderd", Concept.ruim_op),
    ("Oude gebeurtenissen verwijderd", opruimen),
    ("Oude meldingen verwijderd", meldingen.ruim_op),
    ("Tellers hersteld", herstel),
    ("Bewezen kennis bijgewerkt", werk_bewijs_bij),
    ("Zoekindex gelijkgemaakt", onderhoud.stel_gelijk),
    ("Oude zoekacties vergeten", Zoekactie.ruim_op),
    ("Verstuurde mail vergeten", Zending.ruim_op),
    ("Verlopen logins verwijderd", apparaten.ruim_op),
]


def stap(doe: Callable[[], object]) -> tuple[object, Exception | None]:
    """Do one step: (what came out, None), or (None, what went wrong)."""
    try:
        return doe(), None
    except Exception as fout:
        return None, fout


def alles() -> None:
    """The whole night, for the clock of the worker."""
    for woorden, doe in STAPPEN:
        uitkomst, fout = stap(doe)
        if fout is not None:
            logger.error("%s: %s", woorden, fout, exc_info=fout)
        else:
            logger.info("%s: %s", woorden, uitkomst)
