"""Whether someone is there, in words: "Werkt vandaag", "Morgen weer", "Terug op 30 november"."""

from datetime import date, timedelta
from typing import NamedTuple

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from intranet.tijd import datum
from intranet.werkdagen import is_werkdag
from profielen.dagdelen import MIDDAG, OCHTEND

# An absence is announced so long before it begins.
KONDIG_AAN = timedelta(days=14)
# Further ahead nobody looks for the next working day.
KIJK_VOORUIT = 60


class Aanwezigheid(NamedTuple):
    """``soort``: ja (works today), nee (another day) or weg (absent)."""

    soort: str
    tekst: str


class Afwezigheid(NamedTuple):
    """An absence that goes on or is near, as the head of a notice; ``nu`` when it goes on."""

    tekst: str
    nu: bool


def aanwezigheid(profiel, vandaag: date | None = None) -> Aanwezigheid:
    """How it stands with ``profiel`` today."""
    vandaag = vandaag or timezone.localdate()
    if profiel.is_afwezig(vandaag):
        if profiel.afwezig_tot is None:
            return Aanwezigheid("weg", _("Afwezig"))
        return Aanwezigheid("weg", _("Terug op %(dag)s") % {"dag": datum(_terug(profiel), "kort")})
    if is_werkdag(vandaag) and profiel.werkt_op(vandaag.weekday()):
        return Aanwezigheid("ja", _werkt_vandaag(profiel, vandaag))
    weer = _eerste_werkdag(profiel, vandaag + timedelta(days=1))
    if weer is None:
        return Aanwezigheid("nee", _("Werkt vandaag niet"))
    if weer == vandaag + timedelta(days=1):
        return Aanwezigheid("nee", _("Morgen weer"))
    if weer < vandaag + timedelta(days=7):
        dag = str(WEEKDAYS[weer.weekday()])
        return Aanwezigheid("nee", _("%(dag)s weer") % {"dag": dag[:1].upper() + dag[1:]})
    return Aanwezigheid("nee", _("Terug op %(dag)s") % {"dag": datum(weer, "kort")})


def afwezigheid(profiel, vandaag: date | None = None) -> Afwezigheid | None:
    """The absence to announce on the Profiel page, if any."""
    vandaag = vandaag or timezone.localdate()
    terug = datum(_terug(profiel)) if profiel.afwezig_tot else ""
    if profiel.is_afwezig(vandaag):
        return Afwezigheid(_("Afwezig, terug op %(dag)s") % {"dag": terug} if terug else _("Afwezig"), True)
    van = profiel.afwezig_van
    if van is None or not vandaag < van <= vandaag + KONDIG_AAN:
        return None
    begin = _("morgen") if van == vandaag + timedelta(days=1) else datum(van, "kort")
    if not terug:
        return Afwezigheid(_("Vanaf %(begin)s afwezig") % {"begin": begin}, False)
    return Afwezigheid(_("Vanaf %(begin)s afwezig, terug op %(dag)s") % {"begin": begin, "dag": terug}, False)


def _werkt_vandaag(profiel, vandaag: date) -> str:
    if not profiel.werkt_op(vandaag.weekday(), MIDDAG):
        return _("Werkt vandaag, alleen de ochtend")
    if not profiel.werkt_op(vandaag.weekday(), OCHTEND):
        return _("Werkt vandaag, alleen de middag")
    return _("Werkt vandaag")


def _terug(profiel) -> date:
    """The first day this person works after the absence."""
    dag = profiel.afwezig_tot + timedelta(days=1)
    return _eerste_werkdag(profiel, dag) or dag


def _eerste_werkdag(profiel, vanaf: date) -> date | None:
    if not profiel.dagdelen:
        return None
    for n in range(KIJK_VOORUIT):
        dag = vanaf + timedelta(days=n)
        if is_werkdag(dag) and profiel.werkt_op(dag.weekday()) and not profiel.is_afwezig(dag):
            return dag
    return None
