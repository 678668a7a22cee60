"""When somebody may be disturbed: on the half-days they work, not on holidays, not while they are away.

Mail and phone ask here, for one person (``mag_storen``) or for all in one statement (``te_storen``). What may
not go now waits; ``volgend_moment`` says until when.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan
from django.utils import timezone

from intranet.meldingen.models import Instelling
from intranet.werkdagen import is_werkdag
from profielen.dagdelen import MIDDAG, MIDDAG_BEGINT, OCHTEND, dagdeel_bit, dagdeel_van
from profielen.models import Profiel

# Half-days say nothing of the night.
DAG_BEGINT, DAG_EINDIGT = time(7), time(19)
# A mail that would wait longer than this waits for a change of the Profiel instead.
VOORUIT = timedelta(days=400)

BEGIN = {OCHTEND: DAG_BEGINT, MIDDAG: MIDDAG_BEGINT}


def mag_storen(profiel: Profiel, instelling: Instelling | None, moment: datetime) -> bool:
    """Whether mail or phone may reach this person at ``moment``."""
    if instelling is not None and not instelling.rust:
        return True
    lokaal = timezone.localtime(moment)
    return bool(profiel.dagdelen & dagdeel_nu(lokaal)) and not profiel.is_afwezig(lokaal.date())


def volgend_moment(profiel: Profiel, instelling: Instelling | None, moment: datetime) -> datetime | None:
    """The first moment from ``moment`` on at which they may; None when none is in sight."""
    if mag_storen(profiel, instelling, moment):
        return moment
    lokaal = timezone.localtime(moment)
    if not profiel.dagdelen or (profiel.is_afwezig(lokaal.date()) and profiel.afwezig_tot is None):
        return None
    for n in range(VOORUIT.days):
        dag = lokaal.date() + timedelta(days=n)
        if not is_werkdag(dag) or profiel.is_afwezig(dag):
            continue
        for deel in (OCHTEND, MIDDAG):
            # By the wall clock: a change of the clock does not shift the hour.
            begin = timezone.make_aware(datetime.combine(dag, BEGIN[deel]))
            if begin > moment and profiel.werkt_op(dag.weekday(), deel):
                return begin
    return None


def te_storen(moment: datetime, pad: str = "") -> Q:
    """``mag_storen`` as a condition; ``pad`` leads to the Gebruiker ("gebruiker")."""
    van = f"{pad}__" if pad else ""
    lokaal = timezone.localtime(moment)
    altijd = Q(**{f"{van}meldinstelling__rust": False})
    bit = dagdeel_nu(lokaal)
    if not bit:
        return altijd
    return altijd | (werkt_in(bit, van) & ~afwezig(lokaal.date(), pad))


def werkt_in(bits: int, van: str = "") -> Q:
    """Who works in one of these half-days; ``van`` leads to the Gebruiker, with its "__"."""
    werk: Any = Coalesce(F(f"{van}profiel__dagdelen"), 0)
    return Q(GreaterThan(werk.bitand(bits), 0))


def afwezig(dag: date, pad: str = "") -> Q:
    """``Profiel.is_afwezig`` as a condition, which is never unknown: it may stand behind a "not"."""
    profiel = f"{pad}__profiel" if pad else "profiel"
    van, tot = f"{profiel}__afwezig_van", f"{profiel}__afwezig_tot"
    begonnen = Q(**{f"{van}__isnull": True}) | Q(**{f"{van}__lte": dag})
    niet_voorbij = Q(**{f"{tot}__isnull": True}) | Q(**{f"{tot}__gte": dag})
    gezet = Q(**{f"{van}__isnull": False}) | Q(**{f"{tot}__isnull": False})
    return gezet & begonnen & niet_voorbij


def dagdeel_nu(lokaal: datetime) -> int:
    """The bit of the half-day in which ``lokaal`` falls; 0 at night and on days when nobody works."""
    if not is_werkdag(lokaal.date()) or not DAG_BEGINT <= lokaal.time() < DAG_EINDIGT:
        return 0
    return dagdeel_bit(lokaal.weekday(), dagdeel_van(lokaal))
