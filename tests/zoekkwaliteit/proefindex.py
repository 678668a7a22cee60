"""An index of its own to ask, through the path of the search page."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice

from intranet.zoeken.document import Zoekdocument
from intranet.zoeken.meting import eigen_index
from intranet.zoeken.motor import Motor
from intranet.zoeken.zoek import zoek

SLEUTELS = frozenset("*")
PER_KEER = 500


class Proefindex:
    """Finds by the ids of a set; ``motor`` is the engine itself."""

    def __init__(self, motor: Motor, documenten: Iterable[tuple[str, str, str]]):
        self.motor, self.namen = motor, list[str]()
        rij = (self._document(*document) for document in documenten)
        with motor.herbouw(opnieuw=True) as bouw:
            while keer := list(islice(rij, PER_KEER)):
                bouw.schrijf(keer)

    def _document(self, id: str, titel: str, tekst: str) -> Zoekdocument:
        self.namen.append(id)
        return Zoekdocument(f"vraag:{len(self.namen)}", "vraag", titel, tekst, tuple(SLEUTELS))

    def vindt(self, tekst: str, aantal: int = 10) -> list[str]:
        """The ids of the hits, best first."""
        gevonden = zoek(tekst, SLEUTELS, aantal=aantal, motor=self.motor).uitkomst.treffers
        return [self.namen[treffer.nummer - 1] for treffer in gevonden]


@contextmanager
def proefindex(motor: str, documenten: Iterable[tuple[str, str, str]]) -> Iterator[Proefindex]:
    """An index of these (id, title, text), gone afterwards."""
    with eigen_index(motor) as eigen:
        yield Proefindex(eigen, documenten)
