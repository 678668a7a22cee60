"""The built-in engine, as the rest of search sees it."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from contextlib import AbstractContextManager
from typing import TypeVar

from django.db import connection, transaction

from intranet.zoeken import analyse
from intranet.zoeken.analyse import STEMPEL, Term, Zoekvraag
from intranet.zoeken.document import Zoekdocument
from intranet.zoeken.motor import FACETTEN, Filters, Opdracht, Treffer, Uitkomst

from . import bouw, woorden
from .gelijkenis import lijkt_op_document, lijkt_op_termen
from .schrijven import Schrijver, porties
from .stand import ACTIEF, LEEG, vergrendel
from .stand import lees as lees_standen
from .vinden import Lezing, lees, temper
from .zoeken import zoek

T = TypeVar("T")
_ID = re.compile(r"[a-z]+:\d+", re.ASCII)
# A part of a word shorter than this is in too many words to say anything.
KORTSTE_DEEL = 3
# Of a long text so much is compared.
VERGELEKEN = 5_000
GEEN = Filters()


class Ingebouwd:
    """Searches in tables of the own database. Writes in the transaction of whoever calls, or its own."""

    naam = "ingebouwd"

    def schrijf(self, documenten: Iterable[Zoekdocument]) -> None:
        for portie in porties(documenten):
            with transaction.atomic(), connection.cursor() as cursor:
                for stand in vergrendel(cursor):
                    if stand.stand != LEEG:
                        Schrijver(cursor, stand).schrijf(portie)

    def verwijder(self, ids: Iterable[str]) -> None:
        ids = sorted(set(ids))
        if not ids:
            return
        with transaction.atomic(), connection.cursor() as cursor:
            for stand in vergrendel(cursor):
                if stand.stand != LEEG:
                    Schrijver(cursor, stand).verwijder(ids)

    def zoek(self, opdracht: Opdracht) -> Uitkomst:
        gewichten = {term.token: term.gewicht for term in opdracht.vraag.termen}
        for zin in opdracht.vraag.zinnen:
            gewichten |= {token: 1.0 for token in zin if token not in gewichten}
        bekend: dict[str, int] = {}

        def doe(lezing: Lezing) -> Uitkomst | None:
            nonlocal bekend
            bekend = lezing.bekend
            temper(lezing, opdracht.vraag)
            return zoek(lezing, opdracht)

        uitkomst = _lees(gewichten, opdracht.sleutels, doe, opdracht.vraag.woorden)
        if uitkomst is None:
            uitkomst = Uitkomst(facetten={naam: {} for naam in FACETTEN} if opdracht.facetten else {})
        uitkomst.bekend = bekend
        return uitkomst

    def kent(self, woorden_: Collection[str], sleutels: Collection[str]) -> dict[str, int]:
        if not woorden_:
            return {}
        return woorden.kent(woorden_, sleutels)

    def voorspel(
        self, begin: str, sleutels: Collection[str], soorten: Collection[str] = (), aantal: int = 8
    ) -> list[Treffer]:
        return _lees({}, sleutels, lambda lezing: woorden.voorspel(begin, lezing, soorten, aantal)) or []

    def bevat(
        self, deel: str, sleutels: Collection[str], filters: Filters = GEEN, aantal: int = 10
    ) -> list[Treffer]:
        delen = [
            woord
            for _, _, woord in analyse.woorden(deel[:200])
            if len(woord) >= KORTSTE_DEEL and woord not in analyse.STOPWOORDEN
        ]

        def passende(lezing: Lezing) -> list[str]:
            return [woord for stuk in dict.fromkeys(delen) for woord in woorden.passende(stuk, lezing)]

        passend = _lees({}, sleutels, passende) or []
        termen = {
            token: Term(token, 1.0, "hoofd", woord) for woord in passend if (token := analyse.stam(woord))
        }
        vraag = Zoekvraag(deel, tuple(termen.values()), (), tuple(passend))
        return self.zoek(Opdracht(vraag, frozenset(sleutels), filters, aantal=aantal)).treffers

    def lijkt_op(
        self, bron: str, sleutels: Collection[str], soorten: Collection[str] = (), aantal: int = 5
    ) -> list[Treffer]:
        if _ID.fullmatch(bron):
            return _lees({}, sleutels, lambda lezing: lijkt_op_document(bron, lezing, soorten, aantal)) or []
        ding = analyse.ontleed("", bron[:VERGELEKEN])
        keer: Counter[str] = ding.tekst
        return (
            _lees(
                {token: float(aantal_) for token, aantal_ in keer.items()},
                sleutels,
                lambda lezing: lijkt_op_termen(lezing, list(lezing.woorden.values()), soorten, aantal),
            )
            or []
        )

    def standen(self, na: str = "", aantal: int = 1000) -> list[tuple[str, str]]:
        plek = _actief()
        if plek is None:
            return []
        with connection.cursor() as cursor:
            cursor.execute(
                f"select naam, vinger from zoeken_document{plek} where naam > %s and not is_weg"  # noqa: S608
                " order by naam limit %s",
                [na, aantal],
            )
            return cursor.fetchall()

    def herbouw(self, opnieuw: bool = False) -> AbstractContextManager[bouw.Bouw]:
        return bouw.herbouw(opnieuw)

    def gezond(self) -> bool:
        with connection.cursor() as cursor:
            return any(stand.stand == ACTIEF and stand.stempel == STEMPEL for stand in lees_standen(cursor))


def _actief() -> int | None:
    """Which of the two indexes answers."""
    with connection.cursor() as cursor:
        return next((stand.plek for stand in lees_standen(cursor) if stand.stand == ACTIEF), None)


def _lees(
    gewichten: dict[str, float],
    sleutels: Collection[str],
    doe: Callable[[Lezing], T],
    bekend: Collection[str] = (),
) -> T | None:
    """Do something with the index in use; once more when a new one took its place halfway."""
    for _ in range(2):
        lezing = lees(gewichten, sleutels, bekend)
        if lezing is None:
            return None
        uit = doe(lezing)
        leeg = not uit.totaal if isinstance(uit, Uitkomst) else not uit
        if not leeg or _actief() == lezing.plek:
            return uit
    return None
