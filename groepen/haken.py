"""What others add to pages of groepen: functions that a part above hangs here at start.

groepen may not know who leans on it; a page that shows what another part knows asks for it by address, or,
where it must also work without JavaScript in one go, here.
"""

from collections.abc import Callable
from typing import Any

# f(gebruiker, tekst): rows for ``zoeken/_lijkt_op.html``: questions like the one being asked.
lijkt_op: list[Callable[[Any, str], list[Any]]] = []
