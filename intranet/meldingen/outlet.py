"""What happened, told to who should hear it."""

from . import binnenkomen, eigendom
from .post import verstuur

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
    """Mail about ``event`` whoever must hear of it."""
    maak = BRIEVEN.get(event.soort)
    if maak is not None:
        verstuur(maak(event))
