"""What others add to pages of groepen: functions that a part above hangs here at start.

groepen may not know who leans on it; a page that shows what another part knows asks for it by address, or,
where it must also work without JavaScript in one go, here.
"""

from collections.abc import Callable
from enum import Enum
from typing import Any, NamedTuple

# f(gebruiker, tekst): rows for ``zoeken/_lijkt_op.html``: questions like the one being asked.
lijkt_op: list[Callable[[Any, str], list[Any]]] = []


class Ernst(Enum):
    """What a ``Bezwaar`` asks: nothing, to be told, a confirmation first, or not to post."""

    WEET = "weet"
    ZEG = "zeg"
    VRAAG = "vraag"
    WEIGER = "weiger"


class Bezwaar(NamedTuple):
    """What the writer must know of a text before it is posted; at ``adres`` they may do something."""

    ernst: Ernst
    zin: str
    adres: str = ""
    knop: str = ""


# f(schrijver, groep, doelen, bevestigd): what to say of a text there that now names these
# (``intranet.text.mentions``); with ``bevestigd`` the writer said yes to many.
voor_plaatsen: list[Callable[[Any, Any, list[tuple[str, int]], bool], list[Bezwaar]]] = []

# f(gebruiker, thread), after a page showed this Thread to this person.
bij_lezen: list[Callable[[Any, Any], None]] = []
