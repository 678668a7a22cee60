"""What happened, told to the index: a changed thing is findable, a hidden one is not, within two seconds.

Each kind of document says which of its things an Event touched (``Soort.waarop``); those are read from the
database anew and written to the index. So it does not matter in which order Events arrive, or how often.
"""

from collections.abc import Iterable
from itertools import islice

from intranet.zoeken.document import Soort, soorten, vingerafdruk
from intranet.zoeken.motor import Motor

# Documents that are read and written together: constant memory, also when a whole organisatie changes.
PER_KEER = 200


def handle(event) -> None:
    """Bring what ``event`` touched up to date in the built-in index."""
    from intranet.zoeken.ingebouwd import Ingebouwd

    verwerk(Ingebouwd(), event)


def verwerk(motor: Motor, event) -> None:
    """Bring what ``event`` touched up to date in the index of ``motor``."""
    for soort in soorten():
        werk_bij(motor, soort, soort.waarop(event))


def werk_bij(motor: Motor, soort: Soort, nummers: Iterable[int]) -> None:
    """Let the index say of these things what the database says now."""
    rest = iter(nummers)
    while deel := list(islice(rest, PER_KEER)):
        _gelijk(motor, soort, dict.fromkeys(deel))


def _gelijk(motor: Motor, soort: Soort, nummers: Iterable[int]) -> None:
    """Write, and look once more: another worker may have written newer words in between.

    Whoever writes last looks after that, so that what the index ends with is what the database ends with.
    """
    geschreven: dict[str, str | None] = {}
    while True:
        documenten = {document.id: document for document in soort.maak(nummers)}
        stand: dict[str, str | None] = {f"{soort.naam}:{nummer}": None for nummer in nummers}
        stand |= {id: vingerafdruk(document) for id, document in documenten.items()}
        anders = [id for id, afdruk in stand.items() if geschreven.get(id, "") != afdruk]
        if not anders:
            return
        if nieuw := [documenten[id] for id in anders if id in documenten]:
            motor.schrijf(nieuw)
        if weg := [id for id in anders if id not in documenten]:
            motor.verwijder(weg)
        geschreven = stand
