"""Going through a door as someone, and judging all that comes back."""

import re
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from .deuren import Deur, Oppervlak
from .plan import KIJKERS, OP_ELKE_DATABASE
from .register import OPPERVLAKKEN
from .wereld import Ding

_LINK = re.compile(r"/vragen/(\d+)/")
_SCHRIJFT = re.compile(r"\s*(insert|update|delete)\b", re.I)
# Not about anybody: a session, and what allauth and the cache count for themselves.
_MAG = re.compile(r'"(django_session|cache|usersessions_usersession)"')

NERGENS = Ding("op zichzelf", None, ())


def elk(namen):
    """Onlookers to parametrize with: all of them once, those of ``OP_ELKE_DATABASE`` on each database."""
    return [
        pytest.param(naam, marks=() if naam in OP_ELKE_DATABASE else pytest.mark.eenmaal) for naam in namen
    ]


class Browser(Client):
    """Django's test client without the copy that it keeps of each template and its context."""

    def request(self, **request):
        response = self.handler(self._base_environ(**request))
        self.cookies.update(response.cookies)
        return response


class Kijker:
    """Someone with a browser."""

    def __init__(self, w, naam: str):
        self.w, self.naam = w, naam
        self.wie = None if KIJKERS[naam] is None else naam
        self.client = Browser()
        if self.wie is not None:
            # Also who was blocked: their browser still holds the cookie of a session.
            self.client.force_login(w.mensen[naam])
        self.is_binnen = w.orakel.is_binnen(self.wie)
        # What stood in any response so far.
        self.gezien = set()

    def stuur(self, methode: str, adres: str, velden=None, **koppen):
        """The response, and all of it as text: headers, cookies and body."""
        response = getattr(self.client, methode)(adres, velden or {}, headers=koppen or None)
        # What a page says is of this response; the next one starts clean.
        self.client.cookies.pop("messages", None)
        inhoud = b"".join(response) if response.streaming else response.content
        alles = f"{response.headers}\n{response.cookies}\n{inhoud.decode(errors='replace')}"
        return response, alles

    def bekijk(self, methode: str, adres: str, velden=None, *, ding=None, ook=None, **koppen):
        """(response, what is wrong with it)."""
        response, alles = self.stuur(methode, adres, velden, **koppen)
        fout = self.lekken(alles, adres, ding, ook)
        return response, fout

    def lekken(self, alles: str, adres: str, ding=None, ook=None) -> list[str]:
        o = self.w.orakel
        zelf_getypt = self.w.vogels.gezien(adres)
        gezien = self.w.vogels.gezien(alles)
        self.gezien |= gezien
        fout = [
            f"{kanarie} staat er"
            for kanarie in gezien - zelf_getypt
            if not o.ziet(self.wie, kanarie) and not (ook is not None and ook(o, self.wie, ding, kanarie))
        ]
        for nummer in {int(pk) for pk in _LINK.findall(alles)}:
            groep = self.w.thread_in.get(nummer)
            if groep and f"/vragen/{nummer}/" not in adres and not o.leest(self.wie, groep):
                fout.append(f"link naar vraag {nummer} in {groep} staat er")
        return fout


@dataclass(frozen=True)
class Bezoek:
    """One address with all that is expected of it."""

    oppervlak: Oppervlak
    ding: object
    adres: str

    def __str__(self) -> str:
        return f"{self.oppervlak.naam} {self.adres} ({self.ding})"


def bezoeken(w):
    """Every address of the register, for everything in the world that it is about."""
    for oppervlak in OPPERVLAKKEN:
        for soort in oppervlak.dingen:
            for ding in w.van(soort) if soort else [NERGENS]:
                yield Bezoek(oppervlak, ding, reverse(oppervlak.naam, args=oppervlak.args(ding)))


def verwacht(kijker: Kijker, bezoek: Bezoek, deur: Deur) -> tuple[int, ...]:
    """The statuses that fit, by the oracle."""
    o, ding = kijker.w.orakel, bezoek.ding
    if not kijker.is_binnen:
        if not bezoek.oppervlak.is_openbaar:
            return (302,)
        return (200, 503)
    if not deur.vindt(o, kijker.wie, ding):
        return (404,)
    return deur.goed if deur.mag(o, kijker.wie, ding) else deur.weigert


def mag(kijker: Kijker, bezoek: Bezoek, deur: Deur) -> bool:
    o, ding = kijker.w.orakel, bezoek.ding
    return kijker.is_binnen and deur.vindt(o, kijker.wie, ding) and deur.mag(o, kijker.wie, ding)


@contextmanager
def ongedaan():
    """Whatever happens inside did not happen."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def geschreven():
    """Collects every statement that changes something."""
    gevonden: list[str] = []

    def kijk(execute, sql, params, many, context):
        if _SCHRIJFT.match(sql) and not _MAG.search(sql):
            gevonden.append(sql[:200])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(kijk):
        yield gevonden
