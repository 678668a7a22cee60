"""What happened, told to who should hear it."""

from . import binnenkomen, eigendom, ontvangers
from .post import verstuur
from .toegang_weg import ruim_op

# soort of Event -> function(event) that gives the letters to send. May run twice without harm.
BRIEVEN = {
    "uitnodiging.gemaakt": binnenkomen.uitnodiging,
    "toegang.gevraagd": binnenkomen.toegang_gevraagd,
    "toegang.verleend": binnenkomen.toegang_verleend,
    "toegang.geweigerd": binnenkomen.toegang_geweigerd,
    "groep.overgedragen": eigendom.overgedragen,
    "lidmaatschap.beeindigd": eigendom.vertrokken,
}


def handle(event):
    """Tell whoever must hear of ``event``: a Melding, a letter. Who lost access loses what they had."""
    ruim_op(event)
    ontvangers.meld(event)
    maak = BRIEVEN.get(event.soort)
    if maak is not None:
        verstuur(maak(event))
