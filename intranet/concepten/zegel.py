"""The seal that a form carries: whose draft this is, at which place, and on which page the form stands.

It is signed, and it holds as long as the password of the writer stays the same. Whoever has it may do one
thing: put text into that one draft. So a form that is sent after the session ended still finds its way to
the writer, and to nobody else.
"""

from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.core import signing
from django.http import HttpRequest

from .models import Concept, ConceptGeweigerd

VELD = "concept"
_ZOUT = "intranet.concepten"
# As long as a page may stand open and still be sent.
_GELDIG = 14 * 24 * 3600


class Zegel(NamedTuple):
    gebruiker_id: int
    plek: str
    pad: str
    sessie: str


def _sessie(gebruiker: Any) -> str:
    return gebruiker.get_session_auth_hash()[:16]


def verzegel(request: HttpRequest, plek: str) -> str:
    """The value of the hidden field ``concept`` in a form of ``request.user``; "" for a stranger."""
    if not request.user.is_authenticated:
        return ""
    if request.method == "GET":
        pad = request.get_full_path()
    else:  # a refused form, shown again: its own page, not the address that it was posted to
        vorig = lees(request)
        pad = vorig.pad if vorig and vorig.gebruiker_id == request.user.pk else request.path
    return signing.dumps(Zegel(request.user.pk, plek, pad, _sessie(request.user)), salt=_ZOUT)


def lees(request: HttpRequest) -> Zegel | None:
    """The seal in what was posted, or None when there is none or it is not ours."""
    try:
        return Zegel(*signing.loads(request.POST.get(VELD, ""), salt=_ZOUT, max_age=_GELDIG))
    except (signing.BadSignature, TypeError):
        return None


def bewaar(request: HttpRequest, zegel: Zegel) -> bool:
    """Put what was posted into the draft of whom the seal names; whether that worked."""
    gebruiker = get_user_model().objects.filter(pk=zegel.gebruiker_id, is_active=True).first()
    if gebruiker is None or _sessie(gebruiker) != zegel.sessie:
        return False
    velden = {naam: waarden[0] if len(waarden) == 1 else waarden for naam, waarden in request.POST.lists()}
    try:
        return Concept.bewaar(gebruiker, zegel.plek, velden) is not None
    except ConceptGeweigerd:
        return False
