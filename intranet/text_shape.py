"""Puts every node of sanitised HTML where it belongs: words in a paragraph, items in a list, no empty shells.

Knows nothing of safety: ``intranet.text`` sanitises before and after. It exists because "safe" is not yet
"right": ``<ul>words</ul>`` or an empty heading is harmless and still breaks a screen reader, and text that
still moves at the next parse would change each time somebody edits it.

It reads what nh3 writes (quoted attributes, escaped text), builds a small tree and writes it out again.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

#: Deeper than this nobody writes, and parsers take seconds for it.
MAX_DIEPTE = 60

BLOKKEN = frozenset("p h2 h3 h4 pre blockquote ul ol table hr".split())  # noqa: SIM905
MARKEERSELS = frozenset("strong em u s code a span".split())  # noqa: SIM905
LOS = frozenset({"br", "hr", "img"})
_LIJSTEN = frozenset({"ul", "ol"})
_REGELS = frozenset("p h2 h3 h4 pre".split())  # hold words, and no other block  # noqa: SIM905
_CELLEN = frozenset({"td", "th"})
_TABELDELEN = frozenset("thead tbody tr td th".split())  # noqa: SIM905
_GEEN_WOORD = BLOKKEN | _TABELDELEN | {"li"}

_STUK = re.compile(r"<(/?)([a-z][a-z0-9]*)((?:[^<>\"]|\"[^\"]*\")*)>|([^<]+)")
_WIT = re.compile(r"(?:\s|&nbsp;)*")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
# What the parser closes by itself does not pile up.
_SLUIT_VANZELF = frozenset(
    "p li dt dd td th tr tbody thead tfoot option optgroup br hr img input meta link col area base wbr"  # noqa: SIM905
    " source track embed param".split()
)


class TeDiep(ValueError):
    """Nested more than ``MAX_DIEPTE`` deep."""


@dataclass(slots=True)
class Knoop:
    """An element: its name, its attributes as nh3 wrote them, and the elements and texts inside."""

    naam: str
    attributen: str = ""
    inhoud: "Inhoud" = field(default_factory=list)


Inhoud = list[Knoop | str]


def te_diep(html: str) -> bool:
    """Whether raw HTML leaves so many elements open that parsing it takes time without end.

    Judged by the tags alone, before any parser sees them: unclosed formatting, nested blocks.
    """
    open_staand: dict[str, int] = {}
    som = 0
    for sluit, naam in _TAG.findall(html):
        naam = naam.lower()
        if naam in _SLUIT_VANZELF:
            continue
        stand = open_staand.get(naam, 0)
        if not sluit:
            open_staand[naam] = stand + 1
            som += 1
            if som > MAX_DIEPTE:
                return True
        elif stand:
            open_staand[naam] = stand - 1
            som -= 1
    return False


def vorm(html: str) -> str:
    """The same text with every node in its place. Raises ``TeDiep``."""
    return schrijf(_stroom(boom(html)))


def boom(html: str) -> Inhoud:
    """Read what nh3 wrote: it closes what it opens, in order. Raises ``TeDiep``."""
    stapel: list[Inhoud] = [[]]
    for stuk in _STUK.finditer(html):
        sluit, naam, attributen, woorden = stuk.groups()
        if woorden is not None:
            stapel[-1].append(woorden)
        elif sluit:
            if len(stapel) > 1:
                stapel.pop()
        else:
            knoop = Knoop(naam, attributen)
            stapel[-1].append(knoop)
            if naam not in LOS:
                stapel.append(knoop.inhoud)
                if len(stapel) > MAX_DIEPTE:
                    raise TeDiep
    return stapel[0]


def schrijf(inhoud: Inhoud) -> str:
    """The tree as HTML again: ``schrijf(boom(html)) == html`` for what was sanitised."""
    uit: list[str] = []
    _schrijf(inhoud, uit)
    return "".join(uit)


def _schrijf(inhoud: Inhoud, uit: list[str]) -> None:
    for kind in inhoud:
        if isinstance(kind, str):
            uit.append(kind)
            continue
        uit.append(f"<{kind.naam}{kind.attributen}>")
        if kind.naam not in LOS:
            _schrijf(kind.inhoud, uit)
            uit.append(f"</{kind.naam}>")


# --- Blocks ----------------------------------------------------------------------------------------


def _stroom(inhoud: Inhoud, *, woorden_mogen: bool = False) -> Inhoud:
    """What may stand in the text itself, a quote, an item or a cell: blocks, and words where they may."""
    uit: Inhoud = []
    for soort, groep in _groepen(_markeersels(inhoud), _plaats):
        if soort == "woorden":
            if woorden_mogen:
                uit.extend(groep)
            else:
                uit.extend(_regel(Knoop("p", "", groep)))
        elif soort == "items":
            uit.extend(_lijst(Knoop("ul", "", groep)))
        else:
            for knoop in groep:
                uit.extend(_blok(knoop))  # type: ignore[arg-type]
    return uit


def _plaats(kind: Knoop | str) -> str:
    if isinstance(kind, str) or kind.naam not in _GEEN_WOORD:
        return "woorden"
    return "items" if kind.naam == "li" else "blokken"


def _blok(knoop: Knoop) -> Inhoud:
    if knoop.naam == "hr":
        return [knoop]
    if knoop.naam in _REGELS:
        return _regel(knoop)
    if knoop.naam in _LIJSTEN:
        return _lijst(knoop)
    if knoop.naam == "table":
        return _tabel(knoop)
    inhoud = _stroom(knoop.inhoud)
    if knoop.naam == "blockquote":
        return [Knoop("blockquote", "", inhoud)] if inhoud else []
    return inhoud  # a row or cell astray: its words stay


def _regel(knoop: Knoop) -> Inhoud:
    """A paragraph, heading or code block; a block inside it comes after it, on its own."""
    uit: Inhoud = []
    for soort, groep in _groepen(_markeersels(knoop.inhoud), _plaats):
        if soort == "woorden":
            woorden = _zonder_randen(groep, pre=knoop.naam == "pre")
            if not is_leeg(woorden):
                uit.append(Knoop(knoop.naam, "", woorden))
            continue
        for kind in groep:
            # A paragraph in a heading is heading text.
            hernoemd = Knoop(knoop.naam, "", kind.inhoud) if kind.naam == "p" else kind  # type: ignore[union-attr]
            uit.extend(_lijst(Knoop("ul", "", [kind])) if soort == "items" else _blok(hernoemd))  # type: ignore[arg-type]
    return uit


def _lijst(knoop: Knoop) -> Inhoud:
    items: list[Knoop] = []
    for soort, groep in _groepen(_markeersels(knoop.inhoud), _plaats):
        for los in groep if soort == "items" else [Knoop("li", "", groep)]:
            inhoud = _stroom(los.inhoud, woorden_mogen=True)  # type: ignore[union-attr]
            if is_leeg(inhoud):
                continue
            if (
                soort == "blokken"
                and items
                and all(k.naam in _LIJSTEN for k in inhoud if isinstance(k, Knoop))
            ):
                items[-1].inhoud.extend(inhoud)  # a list straight in a list belongs to the item above it
            else:
                items.append(Knoop("li", "", inhoud))
    return [Knoop(knoop.naam, knoop.attributen, list(items))] if items else []


def _tabel(knoop: Knoop) -> Inhoud:
    """The table, after what stood between its rows (a caption)."""
    ervoor: Inhoud = []

    def delen(inhoud: Inhoud, mogen: frozenset[str]) -> Inhoud:
        goed: Inhoud = []
        for kind in inhoud:
            if isinstance(kind, Knoop) and kind.naam in mogen:
                goed.append(kind)
            else:
                ervoor.append(kind)
        return goed

    def rij(knoop: Knoop) -> Knoop | None:
        cellen: Inhoud = []
        for cel in delen(knoop.inhoud, _CELLEN):
            assert isinstance(cel, Knoop)  # noqa: S101
            inhoud = _stroom(cel.inhoud, woorden_mogen=True)
            # An empty header announces nothing.
            naam = "td" if is_leeg(inhoud) else cel.naam
            cellen.append(Knoop(naam, cel.attributen, [] if is_leeg(inhoud) else inhoud))
        return Knoop("tr", "", cellen) if cellen else None

    uit: Inhoud = []
    for deel in delen(knoop.inhoud, _TABELDELEN - _CELLEN):
        assert isinstance(deel, Knoop)  # noqa: S101
        rijen = [deel] if deel.naam == "tr" else delen(deel.inhoud, frozenset({"tr"}))
        goede = [r for r in map(rij, rijen) if r]  # type: ignore[arg-type]
        if goede:
            uit.append(Knoop("tbody" if deel.naam == "tr" else deel.naam, "", list(goede)))
    tabel: Inhoud = [Knoop("table", "", uit)] if uit else []
    return _stroom(ervoor) + tabel


# --- Words -----------------------------------------------------------------------------------------


def _markeersels(inhoud: Inhoud) -> Inhoud:
    """Marks around words only: one around a block goes into that block, an empty one goes away."""
    uit: Inhoud = []
    for kind in inhoud:
        if isinstance(kind, str):
            uit.append(kind)
        elif kind.naam == "img":
            if ' src="' in kind.attributen:
                uit.append(kind if ' alt="' in kind.attributen else Knoop("img", kind.attributen + ' alt=""'))
        elif kind.naam not in MARKEERSELS:
            uit.append(kind)
        elif kind.naam in {"a", "span"} and not re.search(r' (?:href|data-mention)="', kind.attributen):
            uit.extend(_markeersels(kind.inhoud))
        elif kind.naam in {"a", "span"}:
            uit.extend(_duw_in(kind, _markeersels(_zonder_links(kind.inhoud))))
        else:
            uit.extend(_duw_in(kind, _markeersels(kind.inhoud)))
    return uit


def _zonder_links(inhoud: Inhoud) -> Inhoud:
    """The words without links and mentions: a mention is drawn as a link, and no link stands in a link."""
    uit: Inhoud = []
    for kind in inhoud:
        if isinstance(kind, str):
            uit.append(kind)
        elif kind.naam in {"a", "span"}:
            uit.extend(_zonder_links(kind.inhoud))
        else:
            uit.append(Knoop(kind.naam, kind.attributen, _zonder_links(kind.inhoud)))
    return uit


def _duw_in(markeersel: Knoop, inhoud: Inhoud) -> Inhoud:
    uit: Inhoud = []
    for soort, groep in _groepen(inhoud, _plaats):
        if soort != "woorden":
            uit.extend(
                Knoop(k.naam, k.attributen, _duw_in(markeersel, _markeersels(k.inhoud)))
                for k in groep
                if isinstance(k, Knoop)
            )
        elif is_leeg(groep):
            uit.extend(groep)  # the space between two words, without the mark
        else:
            uit.append(Knoop(markeersel.naam, markeersel.attributen, groep))
    return uit


def is_leeg(inhoud: Inhoud) -> bool:
    """Whether a reader would see nothing here."""
    return all(
        _WIT.fullmatch(kind)
        if isinstance(kind, str)
        else kind.naam not in {"img", "hr"} and is_leeg(kind.inhoud)
        for kind in inhoud
    )


def _zonder_randen(inhoud: Inhoud, *, pre: bool) -> Inhoud:
    """Without the white space and line breaks at both ends; code keeps all but its first line end."""
    inhoud = list(inhoud)
    if pre:
        if inhoud and isinstance(inhoud[0], str):
            inhoud[0] = inhoud[0].lstrip("\n")
        return inhoud
    for einde in (0, -1):
        while inhoud:
            rand = inhoud[einde]
            if isinstance(rand, str):
                kort = rand.lstrip(" \n\t") if einde == 0 else rand.rstrip(" \n\t")
                if kort:
                    inhoud[einde] = kort
                    break
            elif rand.naam != "br":
                break
            inhoud.pop(einde)
    return inhoud


def _groepen(inhoud: Inhoud, soort: Callable[[Knoop | str], str]) -> Iterable[tuple[str, Inhoud]]:
    """Neighbours of one kind together."""
    groep: Inhoud = []
    nu = ""
    for kind in inhoud:
        if (van := soort(kind)) != nu and groep:
            yield nu, groep
            groep = []
        nu = van
        groep.append(kind)
    if groep:
        yield nu, groep
