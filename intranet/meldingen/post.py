"""Sending one letter to one person, in their language, plain text and HTML alike."""

import logging
from collections.abc import Iterable
from enum import Enum
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from intranet.events.models import Event

logger = logging.getLogger(__name__)

# A letter that nobody wrote: no out-of-office should answer it.
KOPPEN = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


def adres(pad: str) -> str:
    """The whole address of a path, for outside the site."""
    return settings.SITE_URL + pad


def instellen() -> str:
    """Where everyone sets how often they are mailed."""
    return adres(reverse("meldingen:instellen"))


def brief(
    event: Event, naar: str, merk: str, taal: str, sjabloon: str, **context: Any
) -> EmailMultiAlternatives:
    """The letter ``mail/<sjabloon>`` about ``event``.

    Its Message-ID follows from the Event and from ``merk`` (for whom): an outlet that runs twice sends the
    same letter twice, and a mail program shows it once.
    """
    return letter(sjabloon, naar, taal, f"event-{event.pk}-{merk}", **context)


def letter(
    sjabloon: str, naar: str, taal: str, merk: str, koppen: dict[str, str] | None = None, **context: Any
) -> EmailMultiAlternatives:
    """``mail/<sjabloon>.txt`` and ``.html`` as one letter; the first line of the text is the subject.

    Args:
        merk: the left half of the Message-ID.
        koppen: more headers.
    """
    with translation.override(taal):
        alles = omgeving(taal) | context
        onderwerp, _leeg, tekst = render_to_string(f"mail/{sjabloon}.txt", alles).strip().partition("\n")
        html = render_to_string(f"mail/{sjabloon}.html", {**alles, "onderwerp": onderwerp})
    return envelop(naar, onderwerp, tekst, html, merk, koppen)


def omgeving(taal: str) -> dict[str, Any]:
    """What every letter says of where it comes from."""
    return {
        "site": settings.SITE_NAAM,
        "ondertitel": settings.SITE_ONDERTITEL,
        "basis": settings.SITE_URL,
        "taal": taal,
    }


def envelop(
    naar: str, onderwerp: str, tekst: str, html: str, merk: str, koppen: dict[str, str] | None = None
) -> EmailMultiAlternatives:
    """Both texts as one letter to ``naar``."""
    bericht = EmailMultiAlternatives(
        # A name that someone chose must not break out of the header.
        " ".join(onderwerp.split()),
        tekst.strip() + "\n",
        settings.DEFAULT_FROM_EMAIL,
        [naar],
        headers={**KOPPEN, "Message-ID": nummer(merk), **(koppen or {})},
    )
    bericht.attach_alternative(html, "text/html")
    return bericht


def nummer(merk: str) -> str:
    """``merk`` as a Message-ID of this site."""
    return f"<{merk}@{host()}>"


def host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def verstuur(brieven: Iterable[EmailMultiAlternatives]) -> None:
    """Send them over one connection. An address that the mail server refuses for good holds up no other."""
    brieven = list(brieven)
    if not brieven:
        return
    with get_connection() as verbinding:
        for bericht in brieven:
            try:
                verbinding.send_messages([bericht])
            except SMTPRecipientsRefused as fout:
                if oordeel(fout) != Oordeel.NOOIT:
                    raise
                logger.warning("The mail server refuses %s for good: %s", bericht.to[0], fout)


class Oordeel(Enum):
    """What an error of the mail server says: about this letter, or about all of them."""

    NOOIT, LATER, SERVER = "refused for good", "refused for now", "takes nothing"


def oordeel(fout: OSError) -> Oordeel:
    """``fout`` came from sending one letter."""
    if isinstance(fout, SMTPRecipientsRefused):
        codes = [code for code, _uitleg in fout.recipients.values()]
    elif isinstance(fout, SMTPDataError):
        codes = [fout.smtp_code]
    else:
        # Not to be reached, no login, or it takes nothing from our address.
        return Oordeel.SERVER
    if 421 in codes:  # "closing the channel"
        return Oordeel.SERVER
    return Oordeel.NOOIT if all(500 <= code < 600 for code in codes) else Oordeel.LATER
