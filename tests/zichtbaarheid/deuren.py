"""The words in which the register speaks: who finds something at an address, and who may do it there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .plan import GROEPEN, MENSEN

# What the oracle is asked: (orakel, kijker, ding) -> bool
Vraag = Callable[[Any, Any, Any], bool]


def iedereen(o, kijker, ding) -> bool:
    return True


def niemand(o, kijker, ding) -> bool:
    return False


def medewerker(o, kijker, ding) -> bool:
    return o.is_medewerker(kijker)


def vindt(o, kijker, ding) -> bool:
    return o.vindt(kijker, ding.groep)


def leest(o, kijker, ding) -> bool:
    return o.leest(kijker, ding.groep)


def leest_open(o, kijker, ding) -> bool:
    """Reads where things still change."""
    return leest(o, kijker, ding) and not _gesloten(ding)


def schrijft(o, kijker, ding) -> bool:
    return o.schrijft(kijker, ding.groep)


def beheert(o, kijker, ding) -> bool:
    return o.beheert(kijker, ding.groep)


def beheert_open(o, kijker, ding) -> bool:
    return beheert(o, kijker, ding) and not _gesloten(ding)


def eigent(o, kijker, ding) -> bool:
    return o.eigent(kijker, ding.groep)


def bewerkt(o, kijker, ding) -> bool:
    """Their own, or as beheerder any; in a closed Groep nothing changes."""
    return beheert_open(o, kijker, ding) or (ding.wie == kijker and schrijft(o, kijker, ding))


def is_lid(o, kijker, ding) -> bool:
    return o.rol(kijker, ding.groep) is not None


def klopt(o, kijker, ding) -> bool:
    """Who is in already is sent on; who could walk in is told so."""
    return is_lid(o, kijker, ding) or not leest(o, kijker, ding)


def wordt_lid(o, kijker, ding) -> bool:
    return is_lid(o, kijker, ding) or schrijft(o, kijker, ding)


def opent_profiel(o, kijker, ding) -> bool:
    return o.opent_profiel(kijker, ding.wie)


def redigeert(o, kijker, ding) -> bool:
    """Sees what is searched for: a communitymanager, or who looks after a kennisbank; every Groep has one."""
    return o.is_medewerker(kijker) and (
        MENSEN[kijker].is_manager
        or any(o.beheert(kijker, groep) and not plek.is_gesloten for groep, plek in GROEPEN.items())
    )


def is_maker(o, kijker, ding) -> bool:
    return kijker == ding.wie


def is_genodigde(o, kijker, ding) -> bool:
    return kijker == ding.wie


def _gesloten(ding) -> bool:
    return GROEPEN[ding.groep].is_gesloten


@dataclass(frozen=True)
class Deur:
    """One method of one address: who finds something there (else 404) and who may (else 403)."""

    vindt: Vraag = iedereen
    mag: Vraag = iedereen
    # What comes back when all is well.
    goed: tuple[int, ...] = (200,)
    # When it is theirs to see and not to do.
    weigert: tuple[int, ...] = (403,)
    # The form that is sent: (wereld, ding) -> fields.
    velden: Callable[[Any, Any], dict[str, Any]] = lambda w, ding: {}
    # Whether the same address without fields is worth a look: the page of a refused form.
    ook_leeg: bool = False


@dataclass(frozen=True)
class Oppervlak:
    """An address, for each thing of these kinds; "" for an address that stands by itself."""

    naam: str
    dingen: tuple[str, ...] = ("",)
    get: Deur | None = None
    post: Deur | None = None
    zoek: tuple[str, ...] = ("",)
    htmx: bool = False
    # Open to who is not logged in.
    is_openbaar: bool = False
    # What this one address may tell beside what the oracle says: (orakel, kijker, ding, kanarie) -> bool.
    ook: Callable[[Any, Any, Any, Any], bool] | None = None
    args: Callable[[Any], list[Any]] = lambda ding: list(ding.args)


def pagina(vindt: Vraag = iedereen, mag: Vraag = iedereen, **rest) -> Deur:
    return Deur(vindt, mag, **rest)


def daad(vindt: Vraag, mag: Vraag = iedereen, velden=None, goed=(302,), **rest) -> Deur:
    return Deur(vindt, mag, goed=goed, velden=velden or (lambda w, ding: {}), **rest)
