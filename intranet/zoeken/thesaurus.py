"""The synonyms in use: the shipped groups that no editor switched off, and what editors added.

Every process keeps them in memory and looks at most once in ``VERS`` seconds, with one small query, whether
an editor changed something: an edit works everywhere within that time, without a restart.
"""

import threading
import time

from django.db import connection

from intranet.zoeken.models import Synoniem
from intranet.zoeken.synoniemen import Woordenboek, lees, uit_regel

VERS = 4.0
_slot = threading.Lock()
# Per database: tests run on a copy. (what stands in the table, the synonyms, when looked)
_onthouden: dict[str, tuple[tuple, Woordenboek, float]] = {}


def thesaurus() -> Woordenboek:
    """The synonyms for a query, as ``intranet.zoeken.analyse.vraag`` takes them."""
    db = str(connection.settings_dict["NAME"])
    bekend = _onthouden.get(db)
    if bekend is not None and time.monotonic() - bekend[2] < VERS:
        return bekend[1]
    with _slot:
        stand = Synoniem.objects.stand()
        gemaakt = bekend[1] if bekend is not None and bekend[0] == stand else _maak()
        _onthouden[db] = (stand, gemaakt, time.monotonic())
    return gemaakt


def vergeet() -> None:
    """Look anew at the next search: after a change in this very process."""
    _onthouden.clear()


def _maak() -> Woordenboek:
    eigen, uit = [], set()
    for woorden, sleutel in Synoniem.objects.order_by().values_list("woorden", "meegeleverd"):
        if sleutel is not None:
            uit.add(sleutel)
        elif (groep := uit_regel(woorden)) is not None:
            eigen.append(groep)
    return Woordenboek([*eigen, *(groep for groep in lees() if groep.sleutel not in uit)])
