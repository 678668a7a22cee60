"""How long an unanswered Vraag waits, against the response norm of its Groep, in words."""

from datetime import datetime
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intranet.werkdagen import plus_werkdagen, werkdagen_tussen

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

    @property
    def is_laat(self) -> bool:
        return self.soort == "laat"


def wacht(gestart_op: datetime, norm: int, nu: datetime | None = None) -> Wacht:
    """The wait at ``nu`` of what was asked at ``gestart_op``; ``norm`` in working days.

    >>> wacht(woensdag_10_uur, 2, nu=maandag_9_uur).woorden
    "1 dag te laat"
    """
    nu = timezone.localtime(nu)
    gestart_op = timezone.localtime(gestart_op)
    uiterlijk_op = plus_werkdagen(gestart_op, norm)
    if nu > uiterlijk_op:
        te_laat = werkdagen_tussen(uiterlijk_op.date(), nu.date())
        woorden = (
            ngettext("%d dag te laat", "%d dagen te laat", te_laat) % te_laat if te_laat else _("Te laat")
        )
        onder = ngettext("norm %d dag", "norm %d dagen", norm) % norm
        return Wacht("laat", "clock-exclamation", woorden, STAPPEN, onder, "laat")
    dagen = werkdagen_tussen(gestart_op.date(), nu.date())
    # Never empty, and never full before the norm has passed.
    meter = min(STAPPEN - 1, 1 + STAPPEN * dagen // max(norm, 1))
    if dagen:
        woorden = ngettext("Wacht %d dag", "Wacht %d dagen", dagen) % dagen
        onder = ngettext("van %d dag", "van %d dagen", norm) % norm
        return Wacht("let", "hourglass", woorden, meter, onder, "")
    onder = ngettext("nog %d dag", "nog %d dagen", norm) % norm
    return Wacht("open", "message-circle", _("Open"), meter, onder, "rustig")
