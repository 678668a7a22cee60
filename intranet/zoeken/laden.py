"""From hits to rows: loaded from the database through the rule, and made ready to show.

The index finds, the database decides: of each kind one query gives what the reader may see, and a hit that is
not among them (deleted or closed to them a moment ago) falls away without a word.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, TextField
from django.db.models.functions import Cast, Substr
from django.urls import reverse
from markupsafe import Markup

from groepen import toegang
from groepen.models import Antwoord, Groep, Thread, Vraag
from groepen.voorbereid import Voor
from groepen.wachten import Wacht, wacht
from intranet.prepared import SCHEIDING, Achtereen
from intranet.text import plain
from intranet.zoeken.fragment import Markeerstift
from intranet.zoeken.motor import Treffer
from kennisbank.blocks import woorden_van
from profielen.models import Gebruiker, Onderwerp, Profiel

# So much of a stored text a fragment is chosen from, markup included.
LANGSTE = 8000
# So many answers to a question are looked through, where words stand in nothing else of it.
MEESTE_ANTWOORDEN = 30
_WACHT = {Vraag.Status.OPEN.value, Vraag.Status.OPGEPAKT.value}


@dataclass(slots=True)
class Rij:
    """A hit as ``zoeken/_treffer.html`` shows it: nothing left to look up.

    Attributes:
        plek: its place in the whole list, from 1.
        tekst: the fragment; from the Oplossing when ``is_oplossing``, from another Antwoord ``is_antwoord``.
        ding: the Thread, Gebruiker, Groep or Onderwerp itself.
        over: of a person, what they say to ask them about.
        reden: of a person, why they were found, in words.
    """

    soort: str
    plek: int
    adres: str
    titel: Markup
    tekst: Markup
    ding: Any
    is_oplossing: bool = False
    is_antwoord: bool = False
    status: str = ""
    wacht: Wacht | None = None
    gecontroleerd_op: datetime | None = None
    is_lid: bool = False
    over: Markup | None = None
    reden: str = ""


def rijen(
    treffers: Sequence[Treffer],
    kijker: Gebruiker,
    stift: Markeerstift,
    *,
    vanaf: int = 0,
    naam: str = "",
    onderwerpen: Mapping[int, Onderwerp] | None = None,
    redenen: Mapping[int, str] | None = None,
) -> list[Rij]:
    """The rows of ``treffers`` that ``kijker`` may see, in the same order; at most one query per table.

    Args:
        naam: who types the very name of a Groep or a person wants that one: it goes first.
        vanaf: how many hits came before these.
        onderwerpen: by number, of which the names are known already.
        redenen: of people, by number, why they were found (``intranet.zoeken.mensen``).
    """
    bekend = {("onderwerp", pk): onderwerp for pk, onderwerp in (onderwerpen or {}).items()}
    rest = [treffer for treffer in treffers if (treffer.soort, treffer.nummer) not in bekend]
    gevonden = bekend | _haal(rest, kijker, _BRONNEN)
    maken: dict[str, Callable[[Any, Gebruiker, Markeerstift, int], Rij]] = {
        "vraag": _vraag,
        "artikel": _artikel,
        "mens": _mens,
        "groep": _groep,
        "onderwerp": _onderwerp,
    }
    if naam := naam.casefold():
        treffers = sorted(treffers, key=lambda treffer: not _heet(gevonden, treffer, naam))
    uit = []
    for plek, treffer in enumerate(treffers, vanaf + 1):
        ding = gevonden.get((treffer.soort, treffer.nummer))
        if ding is None:
            continue
        rij = maken[treffer.soort](ding, kijker, stift, plek)
        # A name that was asked for needs no reason.
        if redenen and treffer.soort == "mens" and "<mark" not in rij.titel:
            rij.reden = redenen.get(treffer.nummer, "")
        uit.append(rij)
    return uit


def _heet(gevonden: Mapping[tuple[str, int], Any], treffer: Treffer, naam: str) -> bool:
    ding = gevonden.get((treffer.soort, treffer.nummer)) if treffer.soort in ("groep", "mens") else None
    return ding is not None and ding.naam.casefold() == naam


@dataclass(slots=True)
class Voorstel:
    """A suggestion below the search box."""

    soort: str
    adres: str
    naam: str
    ding: Any


def voorstellen(treffers: Sequence[Treffer], kijker: Gebruiker) -> list[Voorstel]:
    """What of ``treffers`` the ``kijker`` may see, in the same order."""
    gevonden = _haal(treffers, kijker, _BRONNEN_KORT)
    uit = []
    for treffer in treffers:
        ding = gevonden.get((treffer.soort, treffer.nummer))
        if ding is not None:
            naam = ding.titel if treffer.soort in _THREADS else ding.naam
            uit.append(Voorstel(treffer.soort, _ADRES[treffer.soort](ding), naam, ding))
    return uit


# --- Through the rule -----------------------------------------------------------------------------

# The kinds that it loads, and how: those that are asked for tell what has to come along.
_Bron = tuple[tuple[str, ...], Callable[[Gebruiker, list[int], set[str]], Iterable[Any]]]


def _haal(
    treffers: Sequence[Treffer], kijker: Gebruiker, bronnen: Sequence[_Bron]
) -> dict[tuple[str, int], Any]:
    uit: dict[tuple[str, int], Any] = {}
    for soorten, haal in bronnen:
        gevraagd = {(treffer.soort, treffer.nummer) for treffer in treffers if treffer.soort in soorten}
        if not gevraagd:
            continue
        pks, wat = list({nummer for _soort, nummer in gevraagd}), {soort for soort, _nummer in gevraagd}
        for ding in haal(kijker, pks, wat):
            # A Thread says itself what it is.
            soort = ding.soort if soorten == _THREADS else soorten[0]
            uit[soort, ding.pk] = ding
    return uit


def _te_lezen(ik, pks):
    return Thread.objects.zichtbaar_voor(ik).levend().filter(pk__in=pks)


_KORT = ("soort", "titel", "groep_id", "groep__naam", "groep__slug", "groep__icoon", "groep__tint")
_threads_kort = Voor(
    lambda ik, pks: (
        _te_lezen(ik, pks)
        .select_related("groep")
        .annotate(artikel_live=F("artikel__live"), artikel_pk=F("artikel__pk"), slug=F("artikel__slug"))
        .only(*_KORT)
        .order_by()
    )
)


def _antwoorden() -> Achtereen:
    """The first answers to a question, as stored. They come with it, though few are shown: asking apart for
    those few costs more."""
    levend = Antwoord.objects.filter(vraag=OuterRef("pk"), verwijderd_op=None).order_by("pk")
    return Achtereen(levend.values(waarde=Substr("inhoud", 1, LANGSTE))[:MEESTE_ANTWOORDEN])


def _geheel(ik, artikelen, pks):
    """All that a row shows; what only an article has when there are ``artikelen``."""
    threads = (
        _te_lezen(ik, pks)
        .select_related("groep")
        .annotate(
            status=F("vraag__status"),
            inhoud=Substr("vraag__inhoud", 1, LANGSTE),
            oplossing=Substr("vraag__oplossing__inhoud", 1, LANGSTE),
            oplossing_weg=F("vraag__oplossing__verwijderd_op"),
            gecontroleerd_op=F("vraag__oplossing__gecontroleerd_op"),
            antwoorden=_antwoorden(),
        )
        .only(*_KORT, *_LANG)
        .order_by()
    )
    if not artikelen:
        return threads
    return (
        threads.select_related("groep", "steller")
        .annotate(
            artikel_live=F("artikel__live"),
            artikel_pk=F("artikel__pk"),
            slug=F("artikel__slug"),
            samenvatting=F("artikel__samenvatting"),
            blokken=Cast("artikel__inhoud", TextField()),
        )
        .only(*_KORT, *_LANG, "aantal_geholpen", *_STELLER)
    )


_LANG = (
    "groep__norm_werkdagen",
    "gestart_op",
    "laatst_actief_op",
    "is_onopgelost",
    "aantal_antwoorden",
)
_STELLER = ("steller__voornaam", "steller__tussenvoegsel", "steller__achternaam", "steller__email")
_threads = Voor(_geheel)
_NAAM = ("voornaam", "tussenvoegsel", "achternaam", "email", "organisatie_id", "organisatie__naam")
_mensen = Voor(
    lambda ik, pks: (
        Gebruiker.objects.zichtbaar_voor(ik)
        .filter(pk__in=pks)
        .select_related("organisatie", "profiel__afdeling")
        .only(
            *_NAAM,
            "organisatie__deelname",
            "profiel__functie",
            "profiel__foto",
            "profiel__vraag_mij_over",
            "profiel__afdeling__naam",
        )
        .order_by()
    )
)
_groepen = Voor(
    lambda ik, pks: (
        Groep.objects.vindbaar_voor(ik)
        .filter(pk__in=pks)
        .only("naam", "slug", "soort", "icoon", "tint", "doel", "aantal_leden", "gesloten_op")
        .order_by()
    )
)


def _gepubliceerd(threads: Iterable[Any]) -> list[Any]:
    # Where no article was asked for, there is nothing known of one.
    return [t for t in threads if t.soort != Thread.Soort.ARTIKEL or getattr(t, "artikel_live", False)]


_THREADS = ("vraag", "artikel")
_BRONNEN: tuple[_Bron, ...] = (
    (_THREADS, lambda wie, pks, wat: _gepubliceerd(_threads(wie, "artikel" in wat, pks=pks))),
    (("mens",), lambda wie, pks, wat: _mensen(wie, pks=pks)),
    (("groep",), lambda wie, pks, wat: _groepen(wie, pks=pks)),
    # The list of topics is everyone's.
    (("onderwerp",), lambda wie, pks, wat: Onderwerp.objects.filter(pk__in=pks).only("naam", "slug")),
)
_BRONNEN_KORT: tuple[_Bron, ...] = (
    (_THREADS, lambda wie, pks, wat: _gepubliceerd(_threads_kort(wie, pks=pks))),
    *_BRONNEN[1:],
)


_ADRES: dict[str, Callable[[Any], str]] = {
    "vraag": lambda thread: f"/vragen/{thread.pk}/",
    # Of the article of this Thread, as it was loaded above.
    "artikel": lambda thread: reverse("kennisbank:artikel", args=[thread.artikel_pk, thread.slug]),
    "mens": lambda mens: f"/mensen/{mens.pk}/",
    "groep": lambda groep: f"/groepen/{groep.slug}/",
    "onderwerp": lambda onderwerp: f"/vragen/?waar=alle&onderwerp={onderwerp.slug}",
}


# --- A row of each kind -----------------------------------------------------------------------------


def _vraag(thread: Any, kijker: Gebruiker, stift: Markeerstift, plek: int) -> Rij:
    is_opgelost = bool(thread.oplossing) and thread.oplossing_weg is None
    # Of equals the first: what helps is the Oplossing. Of the other only what answers to the query counts.
    teksten = [_woorden(thread.oplossing if is_opgelost else thread.inhoud)]
    if is_opgelost and (not teksten[0] or stift.raakt(thread.inhoud)):
        teksten.append(_woorden(thread.inhoud))
    titel, fragment = stift.merk(thread.titel), stift.fragment(teksten)
    is_antwoord = False
    if not fragment.score and thread.antwoorden and "<mark" not in titel:
        # Where nothing else has the words: the piece of the Antwoord that has.
        stukken = [stuk for stuk in thread.antwoorden.split(SCHEIDING) if stift.raakt(stuk)]
        ander = stift.fragment([_woorden(stuk) for stuk in stukken])
        if ander.score:
            fragment, is_antwoord = ander, True
    wachtend = thread.is_onopgelost and not thread.aantal_antwoorden and thread.status in _WACHT
    return Rij(
        "vraag",
        plek,
        _ADRES["vraag"](thread),
        titel,
        fragment.html,
        thread,
        is_oplossing=is_opgelost and fragment.bron == 0 and not is_antwoord,
        is_antwoord=is_antwoord,
        status=thread.status,
        wacht=wacht(thread.gestart_op, thread.groep.norm_werkdagen) if wachtend else None,
        gecontroleerd_op=thread.gecontroleerd_op if is_opgelost else None,
    )


def _artikel(thread: Any, kijker: Gebruiker, stift: Markeerstift, plek: int) -> Rij:
    fragment = stift.fragment([thread.samenvatting or "", woorden_van(json.loads(thread.blokken or "[]"))])
    return Rij("artikel", plek, _ADRES["artikel"](thread), stift.merk(thread.titel), fragment.html, thread)


def _mens(mens: Gebruiker, kijker: Gebruiker, stift: Markeerstift, plek: int) -> Rij:
    profiel: Profiel = mens.profiel
    wat = [profiel.functie, profiel.afdeling.naam if profiel.afdeling else ""]
    if mens.organisatie is not None and mens.organisatie_id != kijker.organisatie_id:
        wat.append(mens.organisatie.naam)
    return Rij(
        "mens",
        plek,
        _ADRES["mens"](mens),
        stift.merk(mens.naam),
        stift.merk(", ".join(deel for deel in wat if deel)),
        mens,
        over=stift.merk(profiel.vraag_mij_over),
    )


def _groep(groep: Groep, kijker: Gebruiker, stift: Markeerstift, plek: int) -> Rij:
    return Rij(
        "groep",
        plek,
        _ADRES["groep"](groep),
        stift.merk(groep.naam),
        stift.fragment([groep.doel]).html,
        groep,
        is_lid=any(lid.groep_id == groep.pk for lid in toegang.onthoud_lidmaatschappen(kijker)),
    )


def _onderwerp(onderwerp: Onderwerp, kijker: Gebruiker, stift: Markeerstift, plek: int) -> Rij:
    return Rij(
        "onderwerp",
        plek,
        _ADRES["onderwerp"](onderwerp),
        stift.merk(onderwerp.naam),
        Markup(""),
        onderwerp,
    )


def _woorden(html: str | None) -> str:
    """The words of a stored text that may have been cut off within a tag."""
    if not html:
        return ""
    if len(html) >= LANGSTE:
        html = html[: html.rfind("<")]
    return plain(html)
