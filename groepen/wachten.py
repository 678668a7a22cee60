"""How long an unanswered Vraag waits, against the response norm of its Groep, in words."""

from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from intranet.werkdagen import werkdag_na, werkdagen_tussen

# The meter of the design has sixteen steps: a day more or less must be seen, an hour not.
STAPPEN = 16


class Wacht(NamedTuple):
    """The wait of one Vraag: a badge (``soort``, ``icoon``, ``woorden``), and a meter with words below it."""

    soort: str  # kind of badge: open, let or laat
    icoon: str
    woorden: str
    meter: int  # 1 up to and including STAPPEN
    onder: str
    kleur: str  # of the meter: rustig, "" or laat
    meting: str  # what the meter measures, for a screen reader

    @property
    def is_laat(self) -> bool:
        return self.soort == "laat"


def wacht(gestart_op: datetime, norm: int, nu: datetime | None = None) -> Wacht:
    """The wait at ``nu`` of what was asked at ``gestart_op``; ``norm`` in working days.

    >>> wacht(woensdag_10_uur, 2, nu=maandag_9_uur).woorden
    "1 dag te laat"
    """
    zone = timezone.get_current_timezone()
    nu = (nu or timezone.now()).astimezone(zone)
    gestart_op = gestart_op.astimezone(zone)
    start, vandaag = gestart_op.date(), nu.date()
    is_laat = (vandaag, nu.time()) > (werkdag_na(start, norm), gestart_op.time())
    return _wacht(get_language() or "", start, vandaag, norm, is_laat)


@lru_cache(maxsize=8192)
def _wacht(_taal: str, start: date, vandaag: date, norm: int, is_laat: bool) -> Wacht:
    """By whole days there are few different waits: a list looks the same ones up again and again."""
    meting = ngettext("Wachttijd, norm %d werkdag", "Wachttijd, norm %d werkdagen", norm) % norm
    if is_laat:
        dagen = werkdagen_tussen(werkdag_na(start, norm), vandaag)
        woorden = ngettext("%d dag te laat", "%d dagen te laat", dagen) % dagen if dagen else _("Te laat")
        onder = ngettext("norm %d dag", "norm %d dagen", norm) % norm
        return Wacht("laat", "clock-exclamation", woorden, STAPPEN, onder, "laat", meting)
    dagen = werkdagen_tussen(start, vandaag)
    # Never empty, and never full before the norm has passed.
    meter = min(STAPPEN - 1, 1 + STAPPEN * dagen // max(norm, 1))
    if dagen:
        woorden = ngettext("Wacht %d dag", "Wacht %d dagen", dagen) % dagen
        onder = ngettext("van %d dag", "van %d dagen", norm) % norm
        return Wacht("let", "hourglass", woorden, meter, onder, "", meting)
    onder = ngettext("nog %d dag", "nog %d dagen", norm) % norm
    return Wacht("open", "message-circle", _("Open"), meter, onder, "rustig", meting)
