"""A push service of our own over real TLS, and a device that reads what it got."""

import contextlib
import http.server
import json
import os
import ssl
import threading
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import http_ece
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from cryptography.x509.oid import NameOID

from intranet.meldingen.telefoon.stuur import Lijn, Weg
from tests import diensten

HOST = "push.voorbeeld.example"


def _cijfer(ruw: bytes) -> str:
    return urlsafe_b64encode(ruw).rstrip(b"=").decode()


class Toestel:
    """A browser with a subscription: its keys, and its address at the service."""

    def __init__(self, naam: str):
        self.sleutel, self.geheim = ec.generate_private_key(ec.SECP256R1()), os.urandom(16)
        self.adres = f"https://{HOST}/naar/{naam}"
        punt = self.sleutel.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.velden = {"adres": self.adres, "p256dh": _cijfer(punt), "auth": _cijfer(self.geheim)}

    def lees(self, inhoud: bytes) -> dict:
        """What the message says, when it is for this device."""
        klaar = http_ece.decrypt(
            inhoud, private_key=self.sleutel, auth_secret=self.geheim, version="aes128gcm"
        )
        return json.loads(klaar)


@dataclass
class Dienst:
    """What came in, and what it answers by path."""

    poort: int
    context: ssl.SSLContext
    post: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    antwoorden: dict[str, tuple[int, dict[str, str]]] = field(default_factory=dict)
    verbindingen: int = 0

    def weg(self) -> Weg:
        """The way to here: our name leads to this machine, past the guard over addresses."""
        return Weg(lambda host: Lijn(host, "127.0.0.1", self.poort, self.context))

    def bij(self, toestel: Toestel) -> list[dict]:
        """What this device got, read."""
        pad = f"/naar/{toestel.adres.rsplit('/', 1)[1]}"
        return [toestel.lees(inhoud) for naar, _koppen, inhoud in self.post if naar == pad]


@contextlib.contextmanager
def duwdienst():
    """Yield a ``Dienst`` that runs."""
    with diensten.temporary_folder("push") as map_:
        papier, sleutel = _papieren(map_)
        dienst = Dienst(0, ssl.create_default_context(cafile=papier))

        class Loket(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def setup(self):
                super().setup()
                dienst.verbindingen += 1

            def do_POST(self):
                inhoud = self.rfile.read(int(self.headers["Content-Length"]))
                dienst.post.append((self.path, dict(self.headers), inhoud))
                status, koppen = dienst.antwoorden.get(self.path, (201, {}))
                self.send_response(status)
                for naam, waarde in ({"Content-Length": "0"} | koppen).items():
                    self.send_header(naam, waarde)
                self.end_headers()

            def log_message(self, *_rest):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Loket)
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(papier, sleutel)
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        dienst.poort = server.server_address[1]
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield dienst
        finally:
            server.shutdown()
            server.server_close()


def _papieren(map_) -> tuple[str, str]:
    """A certificate that vouches for itself, and its key."""
    sleutel = ec.generate_private_key(ec.SECP256R1())
    naam, nu = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)]), datetime.now(UTC)
    papier = (
        x509.CertificateBuilder()
        .subject_name(naam)
        .issuer_name(naam)
        .public_key(sleutel.public_key())
        .serial_number(1)
        # Clocks are moved in tests.
        .not_valid_before(nu - timedelta(days=3650))
        .not_valid_after(nu + timedelta(days=3650))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(sleutel, hashes.SHA256())
    )
    (map_ / "papier.pem").write_bytes(papier.public_bytes(Encoding.PEM))
    prive = sleutel.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (map_ / "sleutel.pem").write_bytes(prive)
    return str(map_ / "papier.pem"), str(map_ / "sleutel.pem")
