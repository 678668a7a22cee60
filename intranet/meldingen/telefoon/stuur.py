"""One message to one device: encrypted for it alone (RFC 8291), signed by us, posted past the guard."""

import http.client
import os
import socket
import ssl
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from enum import Enum
from typing import NamedTuple
from urllib.parse import urlsplit

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec

from intranet.meldingen.models import Abonnement
from intranet.meldingen.telefoon import sleutel
from intranet.meldingen.telefoon.wacht import Geweigerd, host_van, openbaar_ip, zoek_op

# A push service need not take more than 4,096 bytes, encryption included.
MEEST_BYTES = 3_000
# For a piece of the answer, and for all of it.
SECONDEN, LANGST = 5.0, 15.0
# How long the service keeps it for a device that is off. Later the page, mail and overview tell it.
BEWAAR = 12 * 3600
LANGSTE_WACHT = 3600


class Oordeel(Enum):
    """What came of it."""

    GING, LATER, WEIGERT, WEG = "went", "not now", "not this message", "no such device any more"


class Uitslag(NamedTuple):
    """``waarom`` for the log; ``wacht`` in seconds when the service asked for it."""

    oordeel: Oordeel
    waarom: str = ""
    wacht: int = 0


class Bericht(NamedTuple):
    """What a device gets to show."""

    inhoud: bytes
    # Messages about the same replace each other while they wait at the service: 32 characters of base64url.
    onderwerp: str
    is_dringend: bool = False


class Lijn(http.client.HTTPSConnection):
    """A connection to ``ip``, which must prove to be ``host``, for so long and no longer."""

    def __init__(self, host: str, ip: str, poort: int = 443, context: ssl.SSLContext | None = None):
        self._tls = context or ssl.create_default_context()
        super().__init__(host, poort, timeout=SECONDEN, context=self._tls)
        self._ip = ip

    def connect(self) -> None:
        ruw = socket.create_connection((self._ip, self.port), SECONDEN)
        # The handshake apart, so that ``breek_af`` can reach it.
        self.sock = self._tls.wrap_socket(ruw, server_hostname=self.host, do_handshake_on_connect=False)
        self.sock.do_handshake()

    def post(self, pad: str, inhoud: bytes, koppen: dict[str, str]) -> tuple[int, str]:
        """(status, Retry-After). Raises OSError or HTTPException."""
        # A time-out holds per piece that comes in; who sends a byte now and then would keep us for hours.
        wekker = threading.Timer(LANGST, self._breek_af)
        wekker.daemon = True
        wekker.start()
        try:
            self.request("POST", pad, inhoud, koppen)
            antwoord = self.getresponse()
            uit = antwoord.status, antwoord.headers.get("Retry-After", "")
            if antwoord.headers.get("Content-Length") == "0":
                antwoord.read()  # there is nothing; the connection can be used again
            else:
                self.close()  # what it says is not for us, and may be endless
            return uit
        except (OSError, http.client.HTTPException):
            self.close()
            raise
        finally:
            wekker.cancel()

    def _breek_af(self) -> None:
        with suppress(OSError, AttributeError):
            self.sock.shutdown(socket.SHUT_RDWR)


def verbind(host: str, zoek: Callable[[str], Iterable[str]] = zoek_op) -> Lijn:
    """To the very address that was judged. Raises Geweigerd or OSError."""
    return Lijn(host, openbaar_ip(host, zoek))


class Weg:
    """The way to the push services. Each thread keeps its own connections.

    Args:
        verbind: makes the connection to a host; another one in tests, with a service of their own.
    """

    def __init__(self, verbind: Callable[[str], Lijn] = verbind) -> None:
        self._verbind = verbind
        self._hier = threading.local()

    def stuur(self, apparaat: Abonnement, bericht: Bericht) -> Uitslag:
        """Send; never raises for what the other side does or is."""
        delen = urlsplit(apparaat.adres)
        pad = f"{delen.path or '/'}{'?' + delen.query if delen.query else ''}"
        try:
            host = host_van(apparaat.adres)
            geheim = versleutel(bericht.inhoud, apparaat)
        except Geweigerd as fout:
            return Uitslag(Oordeel.WEG, f"geen openbaar adres: {fout}")
        except (ValueError, http_ece.ECEException) as fout:
            return Uitslag(Oordeel.WEG, f"sleutel van het apparaat: {type(fout).__name__}")
        try:
            koppen = {
                **sleutel.koppen(f"https://{delen.netloc}"),
                "Content-Encoding": "aes128gcm",
                "Content-Type": "application/octet-stream",
                "TTL": str(BEWAAR),
                "Topic": bericht.onderwerp,
                "Urgency": "high" if bericht.is_dringend else "normal",
            }
            return oordeel(*self._post(host, pad, geheim, koppen))
        except Geweigerd as fout:
            return Uitslag(Oordeel.WEG, f"geen openbaar adres: {fout}")
        except (OSError, http.client.HTTPException) as fout:
            return Uitslag(Oordeel.LATER, type(fout).__name__)

    def _post(self, host: str, pad: str, inhoud: bytes, koppen: dict[str, str]) -> tuple[int, str]:
        lijnen: dict[str, Lijn] = self._hier.__dict__.setdefault("lijnen", {})
        oud = lijnen.get(host)
        if oud is not None and oud.sock is not None:
            # It may have been closed since; then a new one tries the same.
            with suppress(OSError, http.client.HTTPException):
                return oud.post(pad, inhoud, koppen)
        lijnen[host] = self._verbind(host)
        return lijnen[host].post(pad, inhoud, koppen)


def versleutel(inhoud: bytes, apparaat: Abonnement) -> bytes:
    """For this device alone. Raises ValueError when its key is none."""
    return http_ece.encrypt(
        inhoud,
        salt=os.urandom(16),
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=sleutel.ontcijfer(apparaat.p256dh),
        auth_secret=sleutel.ontcijfer(apparaat.auth),
        version="aes128gcm",
    )


def oordeel(status: int, wacht: str = "") -> Uitslag:
    """What the answer of a push service means."""
    waarom = f"antwoord {status}"
    if 200 <= status < 300:
        return Uitslag(Oordeel.GING)
    if status in (404, 410):
        return Uitslag(Oordeel.WEG, waarom)
    if status in (408, 429) or status >= 500:
        seconden = min(int(wacht), LANGSTE_WACHT) if wacht.isascii() and wacht.isdigit() else 0
        return Uitslag(Oordeel.LATER, waarom, seconden)
    # A redirect too: we follow none.
    return Uitslag(Oordeel.WEIGERT, waarom)
