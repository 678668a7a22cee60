"""The life of an index as a whole: making it anew beside the old one, and holding it against the database.

Searching goes on in the old index while a new one is made. What changes meanwhile is written to both by the
outlet; what it wrote while we held an older copy of the same thing is written once more at the end.
"""

import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from intranet.events.models import Event, Turn
from intranet.zoeken.document import Soort, nummer, soorten, vingerafdruk
from intranet.zoeken.motor import Motor
from intranet.zoeken.outlet import PER_KEER, werk_bij

# (what is being done, how many more are done)
Meld = Callable[[str, int], None]
# Whoever rebuilds says so this often at least; a rebuild that is silent for longer was killed.
ADEM = timedelta(seconds=30)
# The clocks of two machines differ by less.
SPELING = timedelta(minutes=1)


class Bezig(Exception):
    """Somebody else is rebuilding this index at this moment."""


class Overgenomen(RuntimeError):
    """We were silent for so long that somebody else took the rebuild over."""


def _stil(_wat: str, _aantal: int) -> None:
    """Nobody watches."""


def motoren() -> list[Motor]:
    """Every engine that keeps an index: the built-in one always, Elasticsearch where there is one."""
    from intranet.zoeken.ingebouwd import Ingebouwd

    alle: list[Motor] = [Ingebouwd()]
    if settings.ELASTICSEARCH_URL:
        from intranet.zoeken.elastic import Elastic

        alle.append(Elastic())
    return alle


# --- Rebuilding ---------------------------------------------------------------------------------


def herbouw(motor: Motor, *, opnieuw: bool = False, meld: Meld = _stil) -> int:
    """Make the whole index of ``motor`` anew and put it in the place of the old one; how many documents.

    What was killed goes on where it stood, unless ``opnieuw``. Raises Bezig when another process is at it.
    """
    aantal = 0
    with _alleen_wij(motor) as adem, motor.herbouw(opnieuw) as bouw:
        begin, klaar, laatste = _lees_plek(bouw.tot)
        for soort in soorten():
            if soort.naam in klaar:
                meld(soort.naam, soort.aantal())
                continue
            na = laatste.get(soort.naam, 0)
            while nummers := soort.alle(na, PER_KEER):
                adem()
                na = nummers[-1]
                documenten = list(soort.maak(nummers))
                bouw.schrijf(documenten, tot=_plek(begin, klaar, soort.naam, na))
                aantal += len(documenten)
                meld(soort.naam, len(nummers))
            klaar.append(soort.naam)
    _haal_in(motor, begin)
    return aantal


def _plek(begin: datetime, klaar: list[str], soort: str, tot: int) -> str:
    """How far a rebuild came, as the engine remembers it: when it began, what is done, and up to where."""
    return f"{begin.timestamp():.0f} {','.join(klaar)} {soort} {tot}"


def _lees_plek(tot: str) -> tuple[datetime, list[str], dict[str, int]]:
    if not tot:
        return timezone.now(), [], {}
    begin, klaar, soort, nummer_ = tot.split(" ")
    return (
        datetime.fromtimestamp(int(begin), UTC),
        [naam for naam in klaar.split(",") if naam],
        {soort: int(nummer_)},
    )


def _haal_in(motor: Motor, sinds: datetime) -> None:
    """Bring up to date what the outlet wrote since then: our own copy may have come after, and been older."""
    gebeurd = Event.objects.filter(
        deliveries__outlet__startswith="zoeken", deliveries__delivered_at__gte=sinds - SPELING
    ).distinct()
    geraakt: dict[str, set[int]] = {soort.naam: set() for soort in soorten()}
    for event in gebeurd.order_by("pk").iterator(chunk_size=1000):
        for soort in soorten():
            geraakt[soort.naam].update(soort.waarop(event))
    for soort in soorten():
        werk_bij(motor, soort, sorted(geraakt[soort.naam]))


@contextmanager
def _alleen_wij(motor: Motor) -> Iterator[Callable[[], None]]:
    """One process at a time; gives a function to call now and then, to show that we live.

    A row in the clock's table: a killed process lets go by being silent.
    """
    naam = f"intranet.zoeken: herbouw van {motor.naam}"
    stand = timezone.now()
    beurt, nieuw = Turn.objects.get_or_create(name=naam, defaults={"began_at": stand})
    if not nieuw and not Turn.objects.filter(
        name=naam, began_at=beurt.began_at, began_at__lt=stand - ADEM
    ).update(began_at=stand):
        raise Bezig

    def adem() -> None:
        nonlocal stand
        nu = timezone.now()
        if nu - stand < ADEM / 4:
            return
        if not Turn.objects.filter(name=naam, began_at=stand).update(began_at=nu):
            raise Overgenomen(naam)
        stand = nu

    try:
        yield adem
    finally:
        Turn.objects.filter(name=naam, began_at=stand).delete()


def wacht_en_herbouw(motor: Motor, *, opnieuw: bool = False, meld: Meld = _stil) -> int:
    """``herbouw``, after whoever is at it; at most as long as a killed process is taken to live."""
    uiterlijk = time.monotonic() + ADEM.total_seconds() + 2
    while True:
        try:
            return herbouw(motor, opnieuw=opnieuw, meld=meld)
        except Bezig:
            if time.monotonic() > uiterlijk:
                raise
            time.sleep(0.5)


def herbouw_zo_nodig() -> bool:
    """By the clock: make the built-in index when there is none, or when it was made by another analysis.

    Searching goes on meanwhile, in the old index. (Elasticsearch is looked after by ``terugval``.)
    """
    from intranet.zoeken.ingebouwd import Ingebouwd

    motor = Ingebouwd()
    if motor.gezond():
        return False
    try:
        herbouw(motor)
    except Bezig:
        return False
    return True


# --- Holding it against the database --------------------------------------------------------------


@dataclass(slots=True)
class Verschil:
    """What differed between index and database: ids of documents by what was wrong with them."""

    ontbreekt: list[str] = field(default_factory=list)
    verouderd: list[str] = field(default_factory=list)
    teveel: list[str] = field(default_factory=list)
    bekeken: int = 0

    def __bool__(self) -> bool:
        return bool(self.ontbreekt or self.verouderd or self.teveel)

    def __str__(self) -> str:
        return (
            f"{self.bekeken} bekeken, {len(self.ontbreekt)} ontbraken, {len(self.verouderd)} verouderd, "
            f"{len(self.teveel)} te veel"
        )


def controleer(motor: Motor, *, alleen: Collection[str] = (), meld: Meld = _stil) -> Verschil:
    """Hold every document in the index against the database, both ways, and heal what differs.

    A change of this very second, which the outlet has yet to write, counts as a difference too. An index that
    is not there, or was made by another analysis, is made anew.

    Args:
        alleen: kinds to look at; all by default.
    """
    verschil, gezond = Verschil(), motor.gezond()
    kiest = [soort for soort in soorten() if not alleen or soort.naam in alleen]
    standen = _standen(motor)
    for soort in kiest:
        in_index = standen.pop(soort.naam, {})
        anders: list[int] = []
        na = 0
        while nummers := soort.alle(na, PER_KEER):
            na = nummers[-1]
            for document in soort.maak(nummers):
                stand = in_index.pop(nummer(document.id), None)
                if stand == vingerafdruk(document):
                    continue
                (verschil.ontbreekt if stand is None else verschil.verouderd).append(document.id)
                anders.append(nummer(document.id))
            verschil.bekeken += len(nummers)
            meld(soort.naam, len(nummers))
        verschil.teveel += [f"{soort.naam}:{over}" for over in in_index]
        if gezond:
            werk_bij(motor, soort, [*anders, *in_index])
    if not gezond:
        wacht_en_herbouw(motor)
    elif not alleen:
        # Of kinds that are no more.
        vreemd = [f"{naam}:{over}" for naam, rest in standen.items() for over in rest]
        motor.verwijder(vreemd)
        verschil.teveel += vreemd
    return verschil


def _standen(motor: Motor) -> dict[str, dict[int, str]]:
    """Kind → number → fingerprint, of all that is in the index."""
    uit: dict[str, dict[int, str]] = {}
    na = ""
    while standen := motor.standen(na):
        for id, afdruk in standen:
            uit.setdefault(id.partition(":")[0], {})[nummer(id)] = afdruk
        na = standen[-1][0]
    return uit


def herschrijf(motor: Motor, soort: Soort, *, meld: Meld = _stil) -> int:
    """Write every document of one kind again, in the index as it is; how many."""
    aantal, na = 0, 0
    while nummers := soort.alle(na, PER_KEER):
        na = nummers[-1]
        documenten = list(soort.maak(nummers))
        motor.schrijf(documenten)
        aantal += len(documenten)
        meld(soort.naam, len(nummers))
    # What the outlet wrote meanwhile may be newer than our copy; what is gone still stands there.
    controleer(motor, alleen=[soort.naam])
    return aantal


def stel_gelijk() -> str:
    """By night: heal what went past the Events (rows written in bulk, say) in every index."""
    return "; ".join(f"{motor.naam}: {controleer(motor)}" for motor in motoren())
