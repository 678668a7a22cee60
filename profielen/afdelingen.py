"""Afdelingen as a tree, from one query."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from profielen.models import Afdeling


class Tak(NamedTuple):
    """One Afdeling in reading order; ``diepte`` 0 is the top."""

    afdeling: Afdeling
    diepte: int


def kinderen(afdelingen: Iterable[Afdeling]) -> dict[int | None, list[Afdeling]]:
    """Afdelingen by the number of the one above; None holds the tops (also of a part of a tree)."""
    afdelingen = list(afdelingen)
    bekend = {afdeling.pk for afdeling in afdelingen}
    onder: dict[int | None, list[Afdeling]] = {}
    for afdeling in afdelingen:
        boven = afdeling.ouder_id if afdeling.ouder_id in bekend else None
        onder.setdefault(boven, []).append(afdeling)
    return onder


def als_boom(afdelingen: Iterable[Afdeling]) -> Iterator[Tak]:
    """Every Afdeling after the one it belongs to, by name."""
    onder = kinderen(afdelingen)
    # A stack, not recursion: the depth is what an administrator typed.
    stapel = [Tak(afdeling, 0) for afdeling in reversed(onder.get(None, []))]
    while stapel:
        tak = stapel.pop()
        yield tak
        stapel.extend(Tak(deel, tak.diepte + 1) for deel in reversed(onder.get(tak.afdeling.pk, [])))


def met_onderdelen(afdeling_id: int, afdelingen: Iterable[Afdeling]) -> list[int]:
    """The numbers of this Afdeling and of all below it."""
    onder = kinderen(afdelingen)
    uit, wacht = [], [afdeling_id]
    while wacht:
        huidig = wacht.pop()
        uit.append(huidig)
        wacht.extend(deel.pk for deel in onder.get(huidig, []) if deel.pk not in uit)
    return uit


def pad(afdeling: Any, afdelingen: Iterable[Afdeling]) -> list[Afdeling]:
    """The way from the top down to ``afdeling``."""
    alle = {deel.pk: deel for deel in afdelingen}
    weg: list[Afdeling] = []
    huidig = alle.get(afdeling.pk) if afdeling else None
    while huidig is not None and huidig not in weg:
        weg.append(huidig)
        huidig = alle.get(huidig.ouder_id or 0)
    return weg[::-1]
