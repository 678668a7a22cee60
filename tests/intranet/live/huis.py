"""A Binnenplein of its own with people in it, run for real: processes, sockets, a worker."""

import contextlib
import json
import subprocess
import sys
import time

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tests import diensten, voorraad
from tests.intranet.test_serveer import ROOT, House

# Anna and Bram work here, Chris is a gast; Bram is lid of nothing, Chris of the closed Groep alone.
MENSEN = """
from allauth.account.models import EmailAddress
from profielen.models import Organisatie
zandmeer = Organisatie.objects.create(naam="Zandmeer", deelname="deelnemer")
van_elk = Organisatie.objects.create(naam="Van Elk", deelname="partner")
def maak(naam, organisatie):
    mail = f"{naam}@zandmeer.example"
    mens = Gebruiker.objects.create_user(
        email=mail, voornaam=naam.capitalize(), achternaam="Proef", organisatie=organisatie
    )
    EmailAddress.objects.create(user=mens, email=mail, verified=True, primary=True)
    return mens
anna, bram, chris = maak("anna", zandmeer), maak("bram", zandmeer), maak("chris", van_elk)
groepen = {soort: Groep.start(anna, naam=f"Groep {soort}", soort=soort) for soort in ("open", "besloten")}
groepen["besloten"].voeg_toe(chris)
vragen = {
    soort: groep.stel_vraag(anna, f"Mag een kraam op het plein ({soort})?", "<p>Op zaterdag.</p>")
    for soort, groep in groepen.items()
}
print(__import__("json").dumps({
    "mensen": {mens.voornaam.lower(): mens.pk for mens in (anna, bram, chris)},
    "groepen": {soort: groep.pk for soort, groep in groepen.items()},
    "vragen": {soort: vraag.pk for soort, vraag in vragen.items()},
}))
"""
LOG_IN = """
from django.test import Client
for pk in {pks}:
    client = Client()
    client.force_login(g(pk=pk))
    print(client.cookies["sessionid"].value)
"""
DOE = """
from groepen.models import Groep, Vraag
from profielen.models import Gebruiker
g = Gebruiker.objects.get
"""


# Tests run beside each other on a machine that is busy.
GEDULD = 200
STIL = 1.0


class Huis(House):
    """``mensen``, ``groepen`` and ``vragen`` give numbers by name."""

    hand = None

    def vul(self):
        """Make the database and the people in it."""
        voorraad.leg_neer(self.folder)
        return self.bevolk()

    def bevolk(self):
        """Put the people in."""
        self.__dict__.update(json.loads(self.doe(MENSEN)))
        return self

    def op(self, port, **environment):
        """The same house at another door, with other settings."""
        ander = Huis(self.folder)
        ander.mensen, ander.groepen, ander.vragen = self.mensen, self.groepen, self.vragen
        ander.port, ander.url = port, f"http://localhost:{port}"
        ander.environment = self.environment | {"PORT": str(port)} | environment
        return ander

    def doe(self, code):
        """Run code in a process of this house; what it printed."""
        if self.hand is None:
            opdracht = [sys.executable, "-m", "tests.intranet.live.hand"]
            pijp = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
            self.hand = subprocess.Popen(opdracht, cwd=ROOT, env=self.environment, text=True, **pijp)
        self.hand.stdin.write(json.dumps(DOE + code) + "\n")
        self.hand.stdin.flush()
        gezegd, fout = json.loads(self.hand.stdout.readline())
        assert not fout, fout
        return gezegd.strip()

    def laat_los(self):
        """Stop the process of ``doe``."""
        if self.hand is not None:
            self.hand.stdin.close()
            self.hand.wait(10)
            self.hand.stdout.close()

    def antwoord(self, wie="anna", op="open"):
        """Answer; the moment that it stood there."""
        vraag, mens = self.vragen[op], self.mensen[wie]
        zeg = "print(__import__('time').time())"
        return float(self.doe(f"Vraag.objects.get(pk={vraag}).beantwoord(g(pk={mens}), '<p>Ja.</p>'); {zeg}"))

    def sessies(self, *namen):
        """A new session for each of these people."""
        return self.doe(LOG_IN.format(pks=[self.mensen[naam] for naam in namen])).split()

    def t(self, naam):
        return f"t:{self.vragen[naam]}"

    def g(self, naam):
        return f"g:{self.groepen[naam]}"

    @contextlib.contextmanager
    def draait(self, *opdracht, klaar=None):
        """Yield a process of this house."""
        log = self.folder / f"{opdracht[1]}-{self.port}.log"
        with log.open("ab") as uit:
            proces = subprocess.Popen(
                [sys.executable, *opdracht],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=uit,
                stderr=uit,
            )
        try:
            if klaar:
                diensten.wait_until(klaar, proces, what=str(opdracht), log=log, seconds=GEDULD)
            yield proces
        finally:
            diensten.stop_process(proces)

    def serveer(self):
        """Pages, sockets and worker in one process."""
        return self.draait("manage.py", "serveer", klaar=lambda: self.get("/gezond/"))

    def live(self):
        """The sockets alone, as docker-compose.yml starts them."""
        opdracht = [
            "-m",
            "uvicorn",
            "intranet.asgi:application",
            "--port",
            str(self.port),
            "--lifespan",
            "off",
        ]
        return self.draait(*opdracht, "--no-access-log", klaar=lambda: diensten.listens(self.port))


class Lijn:
    """One socket, as a page opens it."""

    def __init__(self, huis, sessie, sleutels=(), sinds=None):
        koekje = {"Cookie": f"sessionid={sessie}"}
        adres = f"{huis.url.replace('http', 'ws')}/ws/"
        self._open = contextlib.ExitStack()
        self.ws = self._open.enter_context(
            connect(adres, origin=huis.url, additional_headers=koekje, open_timeout=30)
        )
        self.volgt = self.volg(*sleutels, sinds=sinds) if sleutels else []

    def __enter__(self):
        return self

    def __exit__(self, *fout):
        self.sluit()

    def sluit(self):
        self._open.close()

    def volg(self, *sleutels, sinds=None):
        """Ask to follow; what may be followed."""
        self.zeg(soort="volg", sleutels=list(sleutels), **({"sinds": sinds} if sinds else {}))
        return self.hoor("volgt")["sleutels"]

    def zeg(self, **frame):
        self.ws.send(json.dumps(frame))

    def hoor(self, soort, sleutel=None, seconden=60.0):
        """The next frame of this kind; others are passed over. "kijk": look at all you follow."""
        einde = time.monotonic() + seconden
        while True:
            frame = json.loads(self.ws.recv(timeout=max(einde - time.monotonic(), 0.01)))
            if frame["soort"] == soort and sleutel in (None, frame.get("sleutel")):
                return frame
            if (frame["soort"], soort) == ("kijk", "nieuw"):
                return frame

    def stil(self, seconden=STIL):
        """What comes in this time, as keys."""
        gehoord, einde = [], time.monotonic() + seconden
        with contextlib.suppress(TimeoutError):
            while True:
                frame = json.loads(self.ws.recv(timeout=max(einde - time.monotonic(), 0.01)))
                gehoord.append(frame.get("sleutel", frame["soort"]))
        return gehoord

    def dicht(self, seconden=60.0):
        """The code with which the other side hangs up, within this time."""
        einde = time.monotonic() + seconden
        try:
            while True:
                self.ws.recv(timeout=max(einde - time.monotonic(), 0.01))
        except ConnectionClosed as fout:
            return fout.rcvd.code if fout.rcvd else None
