"""Canaries: words that exist once in the world, so that a response that holds one tells whose it is."""

import re
from dataclasses import dataclass

# Small letters and digits of a fixed length: it survives slugs, mail addresses, file names and folding.
_TEKEN = re.compile(r"knr\d{4}")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Kanarie:
    """One field of one object. ``soort`` is what the oracle judges by."""

    teken: str
    soort: str
    wat: str
    groep: str | None = None
    wie: str | None = None
    # May be seen by some and yet stands on no page, such as a slug of long ago.
    stil: bool = False

    def __str__(self) -> str:
        return f"{self.wat} ({self.soort}{' in ' + self.groep if self.groep else ''}, {self.teken})"


class Voliere:
    """All canaries of a world."""

    def __init__(self) -> None:
        self._alle: dict[str, Kanarie] = {}

    def __iter__(self):
        return iter(self._alle.values())

    def nieuw(self, soort: str, wat: str, **rest) -> str:
        """The word for a field that is being filled."""
        teken = f"knr{len(self._alle):04d}"
        self._alle[teken] = Kanarie(teken, soort, wat, **rest)
        return teken

    def sleutel(self, uuid, soort: str, wat: str, **rest) -> None:
        """A number that nobody guesses is a canary by itself."""
        self._alle[str(uuid)] = Kanarie(str(uuid), soort, wat, **rest)

    def gezien(self, tekst: str) -> set[Kanarie]:
        """Those that stand in ``tekst``."""
        gevonden = set(_TEKEN.findall(tekst)) | set(_UUID.findall(tekst))
        return {self._alle[teken] for teken in gevonden if teken in self._alle}
