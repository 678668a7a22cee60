"""The browser of the bench: kept connections, one request at a time, next to no CPU of its own."""

import http.client
import itertools
import time
from typing import NamedTuple
from urllib.parse import urlencode

# As many kept connections as threads of one worker, so that every worker gets some.
VERBINDINGEN = 8
# Any 32 characters will do, as long as cookie and form agree.
CSRF = "b" * 32


class Verzoek(NamedTuple):
    """What one person asks; with ``velden`` it is a form that is sent."""

    sessie: str
    pad: str
    velden: dict[str, str] | None = None


class Mislukt(RuntimeError):
    """The server did not do what was asked: then there is nothing to measure."""


class Klant:
    """Talks to one server."""

    def __init__(self, poort: int):
        self.poort = poort

        verbindingen = [
            http.client.HTTPConnection("127.0.0.1", self.poort, timeout=60) for _ in range(VERBINDINGEN)
        ]
        self._rij = itertools.cycle(verbindingen)

    def doe(self, verzoek: Verzoek) -> float:
        """Ask, read the whole answer; how many seconds that took. Cookies that come back are not kept."""
        kop = {"Host": "localhost", "Cookie": f"sessionid={verzoek.sessie}; csrftoken={CSRF}"}
        methode, lichaam, goed = "GET", None, 200
        if verzoek.velden is not None:
            methode, goed = "POST", 302
            lichaam = urlencode(verzoek.velden | {"csrfmiddlewaretoken": CSRF})
            kop["Content-Type"] = "application/x-www-form-urlencoded"
        verbinding = next(self._rij)
        begin = time.perf_counter()
        verbinding.request(methode, verzoek.pad, lichaam, kop)
        antwoord = verbinding.getresponse()
        tekst = antwoord.read()
        duur = time.perf_counter() - begin
        if antwoord.status != goed or (goed == 302 and "login" in antwoord.headers["Location"]):
            raise Mislukt(
                f"{methode} {verzoek.pad}: {antwoord.status} "
                f"{antwoord.headers['Location'] or ''} {tekst[:300]!r}"
            )
        return duur

    def haal(self, pad: str) -> None:
        """One page that asks for no session; anything but a 200 is an error."""
        verbinding = http.client.HTTPConnection("127.0.0.1", self.poort, timeout=60)
        verbinding.request("GET", pad, headers={"Host": "localhost"})
        antwoord = verbinding.getresponse()
        antwoord.read()
        verbinding.close()
        if antwoord.status != 200:
            raise Mislukt(f"{pad}: {antwoord.status}")
