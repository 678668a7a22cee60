"""Questions and articles like one that is being asked, or like one that stands there.

The answer that is there already comes first: what is solved stands above what waits, with the first line of
its solution. Whatever hardly fits is left out: better none than three that are about something else.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from groepen.models import Thread, Vraag
from groepen.voorbereid import Voor
from groepen.wachten import Wacht, wacht
from intranet.zoeken import lezer
from intranet.zoeken.analyse import Zoekvraag, delen, stam, vraag, woorden
from intranet.zoeken.motor import Filters, Treffer, motor
from intranet.zoeken.thesaurus import thesaurus
from intranet.zoeken.zoek import zoek
from profielen.models import Gebruiker, Onderwerp

SOORTEN = ("vraag", "artikel")
# Fewer words say too little about what somebody wants to know.
MINSTE_WOORDEN = 3
LANGSTE = 300
AANTAL, KANDIDATEN = 3, 12
# Of the words that were asked, weighed by how rare they are, so much must be in the title or the first line.
# Less is enough for one that stands out by all of its text: no other has more than this share of its score.
GEDEELD, UITSPRINGER_GEDEELD, UITSPRINGER = 0.3, 0.2, 0.9
# What a word counts for that is only in the first line, only there as a synonym, only by a part of a
# compound; and at most for all of its parts.
REGEL, SYNONIEM, DEEL, DELEN = 0.6, 0.8, 0.4, 0.8
# What filed under the same Onderwerp counts for.
ZELFDE = 0.4
# An answer that stands there goes before a better fit that waits, when it fits at least so much as well.
DICHTBIJ = 0.3
_WACHT = {Vraag.Status.OPEN.value, Vraag.Status.OPGEPAKT.value}


@dataclass(slots=True)
class Rij:
    """One of them, ready to show."""

    thread: Thread
    is_opgelost: bool
    is_artikel: bool
    gecontroleerd_op: Any
    wacht: Wacht | None

    @property
    def adres(self) -> str:
        return self.thread.get_absolute_url()

    @property
    def staat_er(self) -> bool:
        """Whether an answer stands there to be read."""
        return self.is_opgelost or self.is_artikel


def bij_tekst(gebruiker: Gebruiker, tekst: str) -> list[Rij]:
    """Like a question that ``gebruiker`` is typing; nothing below three words."""
    tekst = " ".join(tekst.replace("\0", "")[:LANGSTE].split())
    if len(tekst.split()) < MINSTE_WOORDEN:
        return []
    sleutels = lezer.sleutels(gebruiker)
    # As typed: half a word is no misspelling.
    resultaat = zoek(
        tekst,
        sleutels,
        filters=Filters(soorten=SOORTEN),
        aantal=KANDIDATEN,
        letterlijk=True,
    )
    return _rijen(gebruiker, resultaat.uitkomst.treffers, resultaat.zoekvraag, sleutels)


def bij_thread(gebruiker: Gebruiker, thread: Thread) -> list[Rij]:
    """Like a Thread that ``gebruiker`` reads: by all that is in it, and by title under its Onderwerpen."""
    sleutels = lezer.sleutels(gebruiker)
    treffers = motor().lijkt_op(f"{thread.soort}:{thread.pk}", sleutels, SOORTEN, KANDIDATEN)
    onderwerpen = tuple(Onderwerp.objects.filter(vragen=thread.pk).values_list("pk", flat=True))
    zelfde: list[Treffer] = []
    if onderwerpen:
        filters = Filters(soorten=SOORTEN, onderwerpen=onderwerpen)
        resultaat = zoek(thread.titel, sleutels, filters=filters, aantal=KANDIDATEN, letterlijk=True)
        zelfde = [treffer for treffer in resultaat.uitkomst.treffers if treffer.nummer != thread.pk]
    scores = {treffer.id: treffer for treffer in zelfde} | {treffer.id: treffer for treffer in treffers}
    erbij = {treffer.nummer for treffer in zelfde}
    return _rijen(gebruiker, list(scores.values()), vraag(thread.titel, thesaurus()), sleutels, erbij)


_threads = Voor(
    lambda ik, pks: (
        Thread.objects.zichtbaar_voor(ik)
        .levend()
        .filter(pk__in=pks)
        .select_related("groep")
        .annotate(
            status=F("vraag__status"),
            oplossing=F("vraag__oplossing"),
            gecontroleerd_op=F("vraag__oplossing__gecontroleerd_op"),
            artikel_live=F("artikel__live"),
        )
        .only(
            "soort",
            "titel",
            "fragment",
            "gestart_op",
            "is_onopgelost",
            "aantal_antwoorden",
            "aantal_geholpen",
            "groep__naam",
            "groep__norm_werkdagen",
        )
        .order_by()
    )
)


def _rijen(
    gebruiker: Gebruiker,
    treffers: list[Treffer],
    gevraagd: Zoekvraag,
    sleutels: Collection[str],
    zelfde: Collection[int] = (),
) -> list[Rij]:
    """Loaded through the rule; what fits, and of that the answers first.

    ``zelfde``: those that are about the same by their Onderwerp.
    """
    if not treffers or not gevraagd.woorden:
        return []
    threads = {thread.pk: thread for thread in _threads(gebruiker, pks=[t.nummer for t in treffers])}
    past = _Past(gevraagd, sleutels)
    scores = sorted((treffer.score for treffer in treffers), reverse=True)
    springt_uit = scores[0] if len(scores) == 1 or scores[1] <= UITSPRINGER * scores[0] else None
    passend = []
    for treffer in treffers:
        thread = threads.get(treffer.nummer)
        if thread is None or thread.artikel_live is False:
            continue
        deel = past(thread) + (ZELFDE if treffer.nummer in zelfde else 0.0)
        if deel >= (UITSPRINGER_GEDEELD if treffer.score == springt_uit else GEDEELD):
            passend.append((deel * treffer.score, _rij(thread)))
    if not passend:
        return []
    beste = max(waarde for waarde, _rij in passend)
    passend.sort(key=lambda paar: (not (paar[1].staat_er and paar[0] >= DICHTBIJ * beste), -paar[0]))
    # What fits best is always among them, answered or not.
    plek = next(plek for plek, (waarde, _rij) in enumerate(passend) if waarde == beste)
    passend.insert(min(plek, AANTAL - 1), passend.pop(plek))
    return [rij for _waarde, rij in passend[:AANTAL]]


class _Past:
    """How much of what was asked a Thread is about, from 0 to 1."""

    def __init__(self, gevraagd: Zoekvraag, sleutels: Collection[str]):
        keer = motor().kent(gevraagd.woorden, sleutels)
        self.bij: dict[str, list[tuple[str, float]]] = {}
        self.delen: dict[str, list[str]] = {}
        for term in gevraagd.termen:
            if term.soort == "deel":
                self.delen.setdefault(term.woord, []).append(term.token)
            else:
                waarde = 1.0 if term.soort == "hoofd" else SYNONIEM
                self.bij.setdefault(term.woord, []).append((term.token, waarde))
        # A rare word tells most. One that the reader can find nowhere tells nothing, unless it goes by other
        # words too: its parts, a synonym. (The last word may still be half typed.)
        self.gewicht = {
            woord: max(keer.get(woord, 0), 1) ** -0.5
            for woord in gevraagd.woorden
            if keer.get(woord) or woord in self.delen or len(self.bij.get(woord, ())) > 1
        }
        self.som = sum(self.gewicht.values())

    def __call__(self, thread: Thread) -> float:
        if not self.som:
            return 0.0
        titel, regel = _tokens(thread.titel), _tokens(thread.fragment)

        def waar(token: str) -> float:
            return 1.0 if token in titel else REGEL if token in regel else 0.0

        raak = 0.0
        for woord, gewicht in self.gewicht.items():
            heel = max((waarde * waar(token) for token, waarde in self.bij.get(woord, ())), default=0.0)
            in_delen = min(DELEN, sum(DEEL * waar(token) for token in self.delen.get(woord, ())))
            raak += gewicht * max(heel, in_delen)
        return raak / self.som


def _tokens(tekst: str) -> set[str]:
    uit: set[str] = set()
    for _van, _tot, woord in woorden(tekst):
        uit.add(stam(woord))
        uit.update(delen(woord))
    return uit


def _rij(thread: Any) -> Rij:
    is_artikel = thread.soort == Thread.Soort.ARTIKEL
    wachtend = thread.is_onopgelost and not thread.aantal_antwoorden and thread.status in _WACHT
    return Rij(
        thread,
        is_opgelost=thread.oplossing is not None,
        is_artikel=is_artikel,
        gecontroleerd_op=thread.gecontroleerd_op,
        wacht=wacht(thread.gestart_op, thread.groep.norm_werkdagen) if wachtend else None,
    )
