"""One search of one person counts once in ten minutes, and nobody keeps who that person is.

What was searched just now stands in a signed cookie of ten minutes, as hashes: not in the session, not in the
cache, and not readable for the next person at the same desk.
"""

import time
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from intranet.zoeken.models import Zoekactie

COOKIE = "gezocht"
VENSTER = 600
# As many as fit well below what a browser takes.
MEESTE = 30
_ZOUT = "intranet.zoeken.gezocht"
_klikken = signing.Signer(salt=_ZOUT + ".klik")


def al_geteld(request: HttpRequest, tekst: str) -> int | None:
    """The row of this same search by this same person in the last ten minutes."""
    rijen = _recent(request)
    mijn = _merk(request, tekst) if rijen else ""
    return next((actie for merk, actie, _op in rijen if merk == mijn), None)


def tel(request: HttpRequest, tekst: str, aantal: int) -> int:
    """Count this search; gives its row."""
    return Zoekactie.noteer(tekst, aantal, request.user.organisatie_id)  # type: ignore[union-attr]


def onthoud(request: HttpRequest, antwoord: HttpResponse, tekst: str, actie: int) -> None:
    """Remember, in the cookie of ``antwoord``, that this search was counted as row ``actie``."""
    rijen = [*_recent(request), [_merk(request, tekst), actie, int(time.time())]][-MEESTE:]
    antwoord.set_cookie(
        COOKIE,
        signing.dumps(rijen, salt=_ZOUT),
        max_age=VENSTER,
        path="/zoeken/",
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def bewijs(actie: int) -> str:
    """What the page sends along when a hit is opened."""
    return _klikken.sign(str(actie))


def actie_van(bewijs: str) -> int | None:
    """The row for which this was made; None for what we did not make."""
    try:
        return int(_klikken.unsign(bewijs))
    except signing.BadSignature:
        return None


def _merk(request: HttpRequest, tekst: str) -> str:
    return salted_hmac(_ZOUT, f"{request.user.pk}:{tekst.casefold()}").hexdigest()[:12]


def _recent(request: HttpRequest) -> list[list[Any]]:
    waarde = request.COOKIES.get(COOKIE)
    if not waarde:
        return []
    try:
        rijen = signing.loads(waarde, salt=_ZOUT, max_age=VENSTER)
    except signing.BadSignature:
        return []
    vanaf = time.time() - VENSTER
    return [rij for rij in rijen if rij[2] > vanaf]
