"""Sending one letter to one person, in their language, plain text and HTML alike."""

import logging
from collections.abc import Iterable
from smtplib import SMTPRecipientsRefused
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.utils import translation

from intranet.events.models import Event

logger = logging.getLogger(__name__)

# A letter that nobody wrote: no out-of-office should answer it.
KOPPEN = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


def adres(pad: str) -> str:
    """The whole address of a path, for outside the site."""
    return settings.SITE_URL + pad


def brief(
    event: Event, naar: str, merk: str, taal: str, sjabloon: str, **context: Any
) -> EmailMultiAlternatives:
    """The letter ``mail/<sjabloon>`` about ``event``.

    Its Message-ID follows from the Event and from ``merk`` (for whom): an outlet that runs twice sends the
    same letter twice, and a mail program shows it once. The first line of the text template is the subject.
    """
    with translation.override(taal):
        alles = {
            "site": settings.SITE_NAAM,
            "ondertitel": settings.SITE_ONDERTITEL,
            "basis": settings.SITE_URL,
            "taal": taal,
            **context,
        }
        onderwerp, _leeg, tekst = render_to_string(f"mail/{sjabloon}.txt", alles).strip().partition("\n")
        html = render_to_string(f"mail/{sjabloon}.html", {**alles, "onderwerp": onderwerp})
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    # A name that someone chose must not break out of the header.
    bericht = EmailMultiAlternatives(
        " ".join(onderwerp.split()),
        tekst.strip() + "\n",
        settings.DEFAULT_FROM_EMAIL,
        [naar],
        headers={**KOPPEN, "Message-ID": f"<event-{event.pk}-{merk}@{host}>"},
    )
    bericht.attach_alternative(html, "text/html")
    return bericht


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
                if not _voorgoed(fout):
                    raise
                logger.warning("The mail server refuses %s for good: %s", bericht.to[0], fout)


def _voorgoed(fout: SMTPRecipientsRefused) -> bool:
    """Whether the server says: never (5xx). With 4xx the worker tries again."""
    return all(500 <= code < 600 for code, _uitleg in fout.recipients.values())
