"""Sending what was claimed, letter by letter over one connection, and noting what came of each."""

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

from django.core.mail import EmailMultiAlternatives, get_connection

from intranet.events.claims import describe
from intranet.meldingen.models import VERSTUURD, Zending
from intranet.meldingen.post import Oordeel, oordeel
from intranet.meldingen.wachtrij import Greep, server_is_terug

logger = logging.getLogger(__name__)

# What was looked up for a whole claim (settings, absence) is looked up anew after this.
VERS_SECONDEN = 15
# So many refusals in a row say something of the server, not of the letters.
OP_EEN_RIJ = 3


class Post(NamedTuple):
    """A letter to send, and what to write down together with "sent"."""

    bericht: EmailMultiAlternatives
    noteer: Callable[[], None]


class Niet(NamedTuple):
    """Nothing to send: done for this reason, or, with ``tot``, not before then."""

    waarom: str = ""
    tot: datetime | None = None


class Weg:
    """The road to the mail server: one connection, opened at the first letter."""

    def __init__(self) -> None:
        self._verbinding = get_connection()

    def __enter__(self) -> "Weg":
        return self

    def __exit__(self, *fout: object) -> None:
        self.sluit()

    def stuur(self, bericht: EmailMultiAlternatives) -> None:
        self._verbinding.open()  # nothing when it is open
        self._verbinding.send_messages([bericht])

    def sluit(self) -> None:
        with suppress(OSError):
            self._verbinding.close()


def bezorg(
    greep: Greep, weg: Weg, maak: Callable[[Zending], Post | Niet], *, vers: float = VERS_SECONDEN
) -> bool:
    """Send what ``maak`` makes of each; False when the server takes nothing now.

    After ``vers`` seconds the rest is given back, to be looked up anew.
    """
    begin, mislukt = time.monotonic(), 0
    for zending in greep.zendingen:
        if time.monotonic() - begin > vers or not greep.houd_vast():
            break
        try:
            uit = maak(zending)
        except Exception as fout:
            # One that cannot be made holds up no other.
            logger.exception("Zending %s cannot be made", zending.pk)
            greep.later(zending, describe(fout))
            continue
        if isinstance(uit, Niet):
            greep.wacht(zending, uit.tot) if uit.tot else greep.klaar([zending.pk], uit.waarom)
            continue
        try:
            weg.stuur(uit.bericht)
        except OSError as fout:  # smtplib's errors are
            weg.sluit()
            mislukt += 1
            wat = oordeel(fout)
            if wat == Oordeel.NOOIT:
                logger.warning("The mail server refuses Zending %s for good: %s", zending.pk, describe(fout))
                greep.klaar([zending.pk], f"geweigerd: {describe(fout)}")
            # One that went ahead to see whether the server is back says that it is not.
            elif wat == Oordeel.SERVER or mislukt >= OP_EEN_RIJ or greep.is_proef:
                logger.warning("The mail server takes nothing: %s", describe(fout))
                greep.server_weg(zending, describe(fout))
                return False
            else:
                greep.later(zending, describe(fout))
            continue
        except Exception as fout:
            logger.exception("Zending %s cannot be sent", zending.pk)
            greep.later(zending, describe(fout))
            continue
        uit.noteer()
        greep.klaar([zending.pk], VERSTUURD)
        mislukt = 0
        if greep.is_proef:
            server_is_terug()
    greep.laat_los()
    return True
