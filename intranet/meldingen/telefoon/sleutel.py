"""Our own key pair, by which a push service knows that a message comes from the site that was allowed to.

It follows from ``SECRET_KEY``, so that every process of a site has the same one and there is no file to
share. ``VAPID_PRIVATE_KEY`` (base64url, 32 bytes) keeps it when ``SECRET_KEY`` changes.
"""

import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from email.utils import parseaddr
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed
from py_vapid import Vapid02

# The order of P-256 (FIPS 186-5): a private key is a number below it.
ORDE = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
# A signature may live for a day at most (RFC 8292); a clock that is off must not spoil it.
GELDIG = 12 * 3600


@lru_cache
def sleutelpaar() -> ec.EllipticCurvePrivateKey:
    """The private key, P-256."""
    if settings.VAPID_PRIVATE_KEY:
        try:
            getal = int.from_bytes(ontcijfer(settings.VAPID_PRIVATE_KEY), "big")
            return ec.derive_private_key(getal, ec.SECP256R1())
        except ValueError as fout:
            uitleg = "VAPID_PRIVATE_KEY is geen sleutel van 32 bytes in base64url."
            raise ImproperlyConfigured(uitleg) from fout
    # 48 bytes, so that no number is likelier than another.
    afgeleid = HKDF(SHA256(), 48, salt=None, info=b"binnenplein vapid").derive(settings.SECRET_KEY.encode())
    return ec.derive_private_key(int.from_bytes(afgeleid, "big") % (ORDE - 1) + 1, ec.SECP256R1())


def openbaar() -> str:
    """The public key as a browser wants it: 65 bytes, base64url."""
    punt = sleutelpaar().public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return urlsafe_b64encode(punt).rstrip(b"=").decode()


def koppen(oorsprong: str) -> dict[str, str]:
    """The headers that sign a message for the push service at ``oorsprong`` ("https://push.example")."""
    claims = {"aud": oorsprong, "sub": contact(), "exp": int(time.time()) + GELDIG}
    return Vapid02(sleutelpaar()).sign(claims)


def contact() -> str:
    """Whom a push service may write to about us."""
    return f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"


def ontcijfer(tekst: str) -> bytes:
    """Base64url with or without its padding. Raises ValueError."""
    return urlsafe_b64decode(tekst.encode("ascii") + b"=" * (-len(tekst) % 4))


def _vergeet(*, setting: str, **_rest: object) -> None:
    if setting in ("SECRET_KEY", "VAPID_PRIVATE_KEY"):
        sleutelpaar.cache_clear()


setting_changed.connect(_vergeet, dispatch_uid="intranet.meldingen.telefoon.sleutel")
