"""Who sends which Zending, and until when: a lease, as ``intranet.events.claims`` has for Deliveries.

Zendingen of one claim go in the order of their numbers and each is noted as soon as it went. So of a worker
that died, only the first that it did not note is in doubt: that one counts as a failed attempt and waits, the
others are free at once. Any number of workers send side by side.

A mail server that refuses us altogether is left alone: what failed that way says so in ``uitkomst``, and
until the moment that one waits for nobody tries. Then one goes ahead to see.
"""

import os
import secrets
import socket
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F, Min, Q, Sum
from django.utils import timezone

from intranet.events.claims import delay, lease_time
from intranet.meldingen.models import Zending

# A letter that is refused "for now" so often will not be taken.
MAX_POGINGEN = 10
# How ``uitkomst`` of an open Zending begins when the server, not the letter, was the trouble.
SERVER = "server: "
# What that says of: a push service is of another make than the mail server.
MAIL = (Zending.Soort.THREAD, Zending.Soort.OVERZICHT)


@dataclass
class Greep:
    """The Zendingen that this worker holds, until a moment that it may move."""

    token: str
    zendingen: list[Zending]
    tot: datetime
    # One that goes ahead to see whether the server takes anything again.
    is_proef: bool = False

    def houd_vast(self) -> bool:
        """Give a sign of life when it is time; False when the lease ran out and others may be at it."""
        nu = timezone.now()
        if nu >= self.tot:
            return False
        if self.tot - nu < lease_time() / 2:
            tot = nu + lease_time()
            if self._open().update(geclaimd_tot=tot):
                self.tot = tot
        return True

    def klaar(self, pks: Iterable[int], uitkomst: str, **velden) -> None:
        """Done, whatever came of it. Also when the lease was lost: it went."""
        Zending.objects.open().filter(pk__in=list(pks)).update(
            klaar_op=timezone.now(), uitkomst=uitkomst[:200], geclaimd_tot=None, **velden
        )

    def later(self, zending: Zending, waarom: str) -> None:
        """Not now: again after a growing delay, or never when that was so often."""
        if zending.pogingen + 1 >= MAX_POGINGEN:
            self.klaar([zending.pk], f"opgegeven: {waarom}")
            return
        self._vrij(
            self._open().filter(pk=zending.pk),
            pogingen=F("pogingen") + 1,
            beschikbaar_op=timezone.now() + delay(zending.pogingen + 1),
            uitkomst=waarom[:200],
        )

    def wacht(self, zending: Zending, tot: datetime) -> None:
        """Not before ``tot``; nothing went wrong."""
        self._vrij(self._open().filter(pk=zending.pk), beschikbaar_op=tot)

    def server_weg(self, zending: Zending, waarom: str) -> None:
        """The server takes nothing: everyone waits, longer each time it turns out so."""
        gemerkt = Zending.objects.open().filter(uitkomst__startswith=SERVER)
        # Each time another one goes ahead: together they tell how often.
        keren = (gemerkt.aggregate(keren=Sum("pogingen"))["keren"] or 0) + 1
        straks = timezone.now() + delay(keren)
        self._open().filter(pk=zending.pk).update(pogingen=F("pogingen") + 1)
        self._vrij(self._open(), beschikbaar_op=straks, uitkomst=(SERVER + waarom)[:200])
        gemerkt.filter(geclaimd_tot=None).update(beschikbaar_op=straks)

    def laat_los(self) -> None:
        """Give back what was not done, for whoever comes next."""
        self._vrij(self._open())

    def _open(self):
        return Zending.objects.open().filter(geclaimd_door=self.token)

    @staticmethod
    def _vrij(rijen, **velden) -> None:
        rijen.update(geclaimd_door="", geclaimd_tot=None, **velden)


def grepen(soort: str, aantal: int, seconden: float) -> Iterator[Greep]:
    """Claim after claim, until nothing is due or this long has passed: the worker has other work as well."""
    begin = time.monotonic()
    while time.monotonic() - begin < seconden:
        greep = grijp(soort, aantal)
        if greep is None:
            return
        yield greep


def grijp(soort: str, aantal: int) -> Greep | None:
    """Claim up to ``aantal`` Zendingen of this soort that are due; None when there are none, or not now."""
    nu = timezone.now()
    _herstel(nu)
    probeer_weer = None
    if soort in MAIL:
        server = Zending.objects.open().filter(uitkomst__startswith=SERVER)
        probeer_weer = server.aggregate(op=Min("beschikbaar_op"))["op"]
    if probeer_weer is not None:
        if probeer_weer > nu:
            return None
        aantal = 1
    token = f"{socket.gethostname()[:60]}/{os.getpid()}/{secrets.token_hex(6)}"
    te_doen = Zending.objects.open().filter(
        Q(geclaimd_tot=None) | Q(geclaimd_tot__lte=nu), soort=soort, beschikbaar_op__lte=nu
    )
    with transaction.atomic():
        # Of what the server refused, one that was tried least: no single bad address keeps the others back.
        volgorde = ("pogingen", "pk") if probeer_weer else ("pk",)
        rijen = te_doen.order_by(*volgorde)
        if connection.features.has_select_for_update_skip_locked:
            rijen = rijen.select_for_update(skip_locked=True)
        pks = list(rijen.values_list("pk", flat=True)[:aantal])
        # SQLite has no row locks, but one writer at a time: what is free now is ours.
        te_doen.filter(pk__in=pks).update(geclaimd_door=token, geclaimd_tot=nu + lease_time())
    if not pks:
        return None
    gewonnen = Zending.objects.filter(geclaimd_door=token, klaar_op=None).order_by("pk")
    return Greep(token, list(gewonnen), nu + lease_time(), is_proef=probeer_weer is not None)


def server_is_terug() -> None:
    """A letter went: whatever waited for the server need not wait any longer."""
    Zending.objects.open().filter(uitkomst__startswith=SERVER).update(
        beschikbaar_op=timezone.now(), uitkomst=""
    )


def _herstel(nu: datetime) -> None:
    """Take back what dead workers held; the one that each was busy with comes later than the others."""
    verlopen = Zending.objects.open().filter(geclaimd_tot__lte=nu)
    bezig = verlopen.order_by().values("geclaimd_door").annotate(eerste=Min("pk"))
    for pk in [rij["eerste"] for rij in bezig]:
        zending = verlopen.filter(pk=pk).first()
        if zending is None:
            continue
        if zending.pogingen + 1 >= MAX_POGINGEN:
            verlopen.filter(pk=pk).update(klaar_op=nu, uitkomst="opgegeven", geclaimd_tot=None)
        else:
            verlopen.filter(pk=pk).update(
                pogingen=F("pogingen") + 1,
                beschikbaar_op=nu + delay(zending.pogingen + 1),
                geclaimd_door="",
                geclaimd_tot=None,
            )
    verlopen.update(geclaimd_door="", geclaimd_tot=None)
