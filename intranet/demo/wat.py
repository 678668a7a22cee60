"""What: the questions, their answers and everything people did with them.

What people do goes through the verbs, oldest first, so that the demo obeys the same rules as its users. The verbs
say *now* in a few places; ``_Verleden`` puts the right moment there afterwards.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Any

from django.db import models

from groepen import toegang
from groepen.models import Antwoord, Overdracht, Reactie, Versie, Vraag
from groepen.toegang import BEHEERDER, EIGENAAR

from . import vac
from .klok import TUSSENPOOS, moment, reeks
from .organisaties import LEDEN
from .waar import Plek
from .wie import Mens, Wie

_AAN_DE_BALIE = ("Burgerzaken", "Klantcontact")
_ORGANISATIE = re.compile(r"<p>(?:Bij ons in|Hier in|In|Ook in) (Zandmeer|Oosterwold|Lindenaar) ")
# How many of the solved and answered questions were changed after they were asked, and how many answers.
BEWERKTE_VRAGEN, BEWERKTE_ANTWOORDEN = 14, 12
OVERGEDRAGEN = 9
# Text that belongs to nobody: posted by mistake and deleted again.
_WEG_ANTWOORD = "<p>Deze hoort bij een andere vraag, ik had twee schermen open. Ik haal hem weg.</p>"
_WEG_VRAAG = ("Dit is een test", "<p>Even kijken of de afbeelding goed komt. Mag weg.</p>")
_NAMENS = ("een collega van de buitendienst", "de bode", "een zieke collega", "het wijkteam")
_ORGANISATIES = {lid.sleutel: lid.naam for lid in LEDEN}


@dataclass(eq=False)
class Zaak:
    """One question on its way through the demo.

    Attributes:
        lot: for this question alone, so that who does what hangs on nothing that happens elsewhere.
    """

    plek: Plek
    inhoud: dict[str, Any]
    lot: Random
    op: datetime
    steller: Mens
    # There once it is asked, and once everybody has had their say.
    vraag: Vraag = field(init=False)
    einde: datetime = field(init=False)
    antwoorden: list[tuple[Antwoord, Mens, datetime]] = field(default_factory=list)
    deelnemers: list[Mens] = field(default_factory=list)

    @property
    def oplossing(self) -> dict[str, Any] | None:
        return next((een for een in self.inhoud.get("antwoord", []) if een.get("oplossing")), None)


class _Verleden:
    """Moments to put right once everything stands: {model: {pk: {field: moment}}}."""

    def __init__(self) -> None:
        self.rijen: dict[type[models.Model], dict[int, dict[str, Any]]] = {}

    def zet(self, ding: models.Model, **velden: Any) -> None:
        self.rijen.setdefault(type(ding), {}).setdefault(ding.pk, {}).update(velden)

    def schrijf(self) -> None:
        for model, rijen in self.rijen.items():
            dingen = list(model._default_manager.filter(pk__in=rijen).order_by("pk"))
            for ding in dingen:
                for naam, waarde in rijen[ding.pk].items():
                    setattr(ding, naam, waarde)
            namen = sorted({naam for velden in rijen.values() for naam in velden})
            model._default_manager.bulk_update(dingen, namen, batch_size=200)


def bouw(rnd: Random, nu: datetime, wie: Wie, plekken: dict[str, Plek]) -> list[Zaak]:
    verleden = _Verleden()
    zaken = _zaken(rnd, nu, wie, plekken)
    bewerkt = _kies_bewerkte(zaken, rnd)
    # Which of two came first is another thing each day: whoever chooses among them takes them by name.
    for zaak in sorted(zaken, key=lambda zaak: zaak.op):
        _doorloop(zaak, bewerkt, wie, nu, verleden)
    _claims(zaken, wie, nu, rnd, verleden)
    _vergissingen(zaken, plekken, wie, nu, rnd, verleden)
    verleden.schrijf()
    return zaken


# --- Who asks and who answers -------------------------------------------------------------------


def _zaken(rnd: Random, nu: datetime, wie: Wie, plekken: dict[str, Plek]) -> list[Zaak]:
    alles = [(plek, inhoud) for plek in plekken.values() for inhoud in plek.inhoud["vraag"]]
    alles += [(plekken[slug], inhoud) for slug, inhoud in vac.vragen(rnd)]
    zaken = []
    for plek, inhoud in sorted(alles, key=lambda een: (een[0].groep.slug, een[1]["titel"])):
        lot = Random(f"{rnd.random()} {inhoud['titel']}")  # noqa: S311
        op = moment(nu, inhoud["dagen_geleden"], lot)
        zaken.append(Zaak(plek, inhoud, lot, op, _steller(plek, inhoud, wie, lot)))
    return zaken


def _genoemd(plek: Plek, inhoud: dict[str, Any], wie: Wie, rnd: Random) -> Mens | None:
    """Who the content file names with ``van``: a person, or somebody of an organisation."""
    van = inhoud.get("van")
    if van in _ORGANISATIES:
        return rnd.choice([mens for mens in plek.schrijvers if mens.organisatie == van])
    return wie[van] if van else None


def _steller(plek: Plek, inhoud: dict[str, Any], wie: Wie, rnd: Random) -> Mens:
    genoemd = _genoemd(plek, inhoud, wie, rnd)
    if genoemd:
        return genoemd
    schrijvers = [mens for mens in plek.schrijvers if not mens.gebruiker.is_gast]
    if inhoud["kanaal"] in ("balie", "telefoon", "mail", "web"):
        schrijvers = [mens for mens in schrijvers if mens.afdeling in _AAN_DE_BALIE] or schrijvers
    # Questions come from the many, answers from the few.
    return rnd.choice([mens for mens in schrijvers if mens not in plek.kenners[:3]] or schrijvers)


def _schrijver(zaak: Zaak, antwoord: dict[str, Any], vorige: Mens | None, wie: Wie) -> Mens:
    rnd = zaak.lot
    genoemd = _genoemd(zaak.plek, antwoord, wie, rnd)
    if genoemd:
        return genoemd
    anderen = [mens for mens in zaak.plek.kenners if mens is not zaak.steller and mens is not vorige]
    uit = _ORGANISATIE.match(antwoord["inhoud"])
    if uit:
        daar = [
            mens for mens in zaak.plek.schrijvers
            if _ORGANISATIES[mens.organisatie] == uit[1] and mens is not zaak.steller
        ]  # fmt: skip
        anderen = [mens for mens in daar if mens in zaak.plek.kenners] or daar or anderen
    elif antwoord.get("oplossing") and zaak.inhoud["onderwerpen"]:
        # For each onderwerp there is somebody who nearly always knows.
        weet = [*zaak.plek.onderwerpen].index(zaak.inhoud["onderwerpen"][0]) % len(anderen)
        anderen = anderen[weet:] + anderen[:weet]
        return anderen[int(len(anderen) * rnd.random() ** 5)]
    # The first ones know most.
    return anderen[int(len(anderen) * rnd.random() ** 1.6)]


# --- One question from beginning to end -----------------------------------------------------------


def _doorloop(zaak: Zaak, bewerkt: set[int], wie: Wie, nu: datetime, verleden: _Verleden) -> None:
    inhoud, rnd = zaak.inhoud, zaak.lot
    vraag = _stel(zaak, id(inhoud) in bewerkt)
    antwoorden = inhoud.get("antwoord", [])
    stappen = [(een["uren_later"], een, None) for een in antwoorden]
    for een in antwoorden:
        for nummer, reactie in enumerate(een.get("reactie", [])):
            stappen.append((een["uren_later"] + 1 + 3 * nummer, een, reactie))
    stappen.sort(key=lambda stap: stap[0])
    momenten = reeks(zaak.op, [stap[0] for stap in stappen], nu, rnd)
    gegeven: dict[int, Antwoord] = {}
    vorige = None
    for (_uren, een, reactie), op in zip(stappen, momenten, strict=True):
        if reactie is None:
            vorige = _schrijver(zaak, een, vorige, wie)
            gegeven[id(een)] = _antwoord(zaak, een, vorige, op, id(een) in bewerkt)
        else:
            eerste = reactie is een["reactie"][0]
            wie_reageert = _genoemd(zaak.plek, reactie, wie, rnd) or (
                zaak.steller if eerste else rnd.choice(zaak.plek.schrijvers)
            )
            Reactie.geef(
                vraag.thread,
                wie_reageert.gebruiker,
                f"<p>{reactie['inhoud']}</p>",
                antwoord=gegeven[id(een)],
                gegeven_op=op,
            )
            zaak.deelnemers.append(wie_reageert)
    zaak.einde = momenten[-1] if momenten else zaak.op
    _bewerk(zaak, bewerkt, gegeven, verleden)
    _sluit_af(zaak, gegeven, nu, verleden)


def _stel(zaak: Zaak, eerst_korter: bool) -> Vraag:
    inhoud = zaak.inhoud
    toegang.onthoud_lidmaatschappen(zaak.steller.gebruiker)  # asked for at every step: 2,000 queries less
    vraag = zaak.plek.groep.stel_vraag(
        zaak.steller.gebruiker,
        inhoud["titel"],
        _eerste_alinea(inhoud["inhoud"]) if eerst_korter else inhoud["inhoud"],
        onderwerpen=[zaak.plek.onderwerpen[naam] for naam in inhoud["onderwerpen"]],
        kanaal=inhoud["kanaal"],
        namens=_NAMENS[len(inhoud["titel"]) % len(_NAMENS)] if inhoud["kanaal"] == "namens" else "",
        gesteld_op=zaak.op,
    )
    zaak.vraag = vraag
    zaak.deelnemers.append(zaak.steller)
    return vraag


def _antwoord(zaak: Zaak, een: dict[str, Any], schrijver: Mens, op: datetime, eerst_korter: bool) -> Antwoord:
    toegang.onthoud_lidmaatschappen(schrijver.gebruiker)
    tekst = _eerste_alinea(een["inhoud"]) if eerst_korter else een["inhoud"]
    antwoord = zaak.vraag.beantwoord(schrijver.gebruiker, tekst, gegeven_op=op)
    zaak.antwoorden.append((antwoord, schrijver, op))
    zaak.deelnemers.append(schrijver)
    return antwoord


def _eerste_alinea(html: str) -> str:
    return html[: html.index("</p>") + 4]


def _kies_bewerkte(zaken: list[Zaak], rnd: Random) -> set[int]:
    """The questions and answers that were shorter at first: these have a history to compare."""

    def lang(inhoud):
        return inhoud["inhoud"].count("</p>") > 1 and "van" not in inhoud

    vragen = [zaak.inhoud for zaak in zaken if lang(zaak.inhoud)]
    antwoorden = [een for zaak in zaken for een in zaak.inhoud.get("antwoord", []) if lang(een)]
    gekozen = rnd.sample(vragen, BEWERKTE_VRAGEN) + rnd.sample(antwoorden, BEWERKTE_ANTWOORDEN)
    return {id(inhoud) for inhoud in gekozen}


def _bewerk(zaak: Zaak, bewerkt: set[int], gegeven: dict[int, Antwoord], verleden: _Verleden) -> None:
    vraag, inhoud = zaak.vraag, zaak.inhoud
    if id(inhoud) in bewerkt:
        vraag.bewerk(
            zaak.steller.gebruiker, titel=inhoud["titel"], inhoud=inhoud["inhoud"], versie=vraag.versie
        )
        _dateer_versie(vraag, zaak.op + TUSSENPOOS, verleden, thread=vraag.pk, antwoord=None)
    schrijvers = {antwoord.pk: (schrijver, op) for antwoord, schrijver, op in zaak.antwoorden}
    for een in inhoud.get("antwoord", []):
        if id(een) in bewerkt:
            antwoord = gegeven[id(een)]
            schrijver, op = schrijvers[antwoord.pk]
            antwoord.bewerk(schrijver.gebruiker, inhoud=een["inhoud"], versie=antwoord.versie)
            _dateer_versie(antwoord, op + TUSSENPOOS / 2, verleden, antwoord=antwoord)


def _dateer_versie(ding, op: datetime, verleden: _Verleden, **welke) -> None:
    verleden.zet(ding, bewerkt_op=op)
    Versie.objects.filter(**welke).update(op=op)


def _sluit_af(zaak: Zaak, gegeven: dict[int, Antwoord], nu: datetime, verleden: _Verleden) -> None:
    """Whatever the content file says it came to: solved, checked, waiting for information, closed."""
    vraag, status = zaak.vraag, zaak.inhoud["status"]
    beheerders = [
        mens for mens in zaak.plek.leden if mens.groepen[zaak.plek.groep.slug] in (EIGENAAR, BEHEERDER)
    ]
    beheerder = beheerders[0].gebruiker
    klaar = min(zaak.einde + TUSSENPOOS, nu)
    if zaak.oplossing:
        antwoord = gegeven[id(zaak.oplossing)]
        vraag.kies_oplossing(antwoord, zaak.steller.gebruiker)
        verleden.zet(vraag, opgelost_op=klaar)
        verleden.zet(vraag.thread, opgelost_op=klaar)
        if zaak.inhoud.get("gecontroleerd"):
            # Four eyes: not the one who wrote it.
            ander = next(mens.gebruiker for mens in beheerders if mens.gebruiker != antwoord.schrijver)
            antwoord.controleer(ander)
            verleden.zet(antwoord, gecontroleerd_op=klaar)
    if status == "meer_informatie":
        wie = zaak.antwoorden[0][1].gebruiker if zaak.antwoorden else beheerder
        vraag.vraag_informatie(wie)
    elif status == "gesloten":
        vraag.sluit(beheerder)


# --- Claims, hand-overs, mistakes -----------------------------------------------------------------


def _claims(zaken: list[Zaak], wie: Wie, nu: datetime, rnd: Random, verleden: _Verleden) -> None:
    """Somebody works on it: recently, because a claim without a sign of life is given back."""
    opgepakt = [zaak for zaak in zaken if zaak.inhoud["status"] == "opgepakt"]
    vrij = [zaak for zaak in opgepakt if "behandelaar" not in zaak.inhoud]
    wisselt = {id(zaak) for zaak in rnd.sample(vrij, OVERGEDRAGEN)}
    for zaak in vrij:
        kandidaten = [schrijver for _antwoord, schrijver, _op in zaak.antwoorden] or zaak.plek.kenners
        eigenaren = [mens for mens in kandidaten if mens is not zaak.steller] or zaak.plek.kenners
        namen = [eigenaren[0]]
        if id(zaak) in wisselt:
            namen.append(next(mens for mens in zaak.plek.kenners if mens not in (eigenaren[0], zaak.steller)))
        _pak_op(zaak, namen, max(zaak.einde, moment(nu, 0, rnd)), nu, verleden)
    for zaak in zaken:
        namen = zaak.inhoud.get("behandelaar", [])
        if namen:
            op = max(zaak.einde, moment(nu, 0, rnd)) if zaak in opgepakt else zaak.op + TUSSENPOOS
            _pak_op(zaak, [wie[naam] for naam in namen], op, nu, verleden)
    # Somebody else keeps in touch with the inhabitant.
    contact = [zaak for zaak in opgepakt if zaak.inhoud["kanaal"] in ("balie", "telefoon")]
    for zaak in contact[:3]:
        naar = next(mens for mens in zaak.plek.kenners if mens is not zaak.steller)
        zaak.vraag.draag_over(naar.gebruiker, zaak.steller.gebruiker, "contactpersoon")
        _dateer_overdrachten(zaak.vraag, zaak.op + TUSSENPOOS, "contactpersoon")


def _pak_op(zaak: Zaak, namen: list[Mens], op: datetime, nu: datetime, verleden: _Verleden) -> None:
    vraag = zaak.vraag
    afgerond = vraag.is_af
    if afgerond:  # it was claimed before it was solved
        status, vraag.status = vraag.status, Vraag.Status.OPEN
        vraag.save(update_fields=["status"])
    vraag.pak_op(namen[0].gebruiker)
    for vorige, volgende in pairwise(namen):
        vraag.draag_over(volgende.gebruiker, vorige.gebruiker)
    if afgerond:
        vraag.status = status
        vraag.save(update_fields=["status"])
    op = min(op, nu - TUSSENPOOS)
    verleden.zet(vraag, behandelaar_actief_op=op)
    _dateer_overdrachten(vraag, op, "behandelaar")
    zaak.deelnemers += namen


def _dateer_overdrachten(vraag: Vraag, op: datetime, rol: str) -> None:
    # A minute apart, so that the order shows.
    for nummer, overdracht in enumerate(vraag.overdrachten.filter(rol=rol).order_by("pk")):
        Overdracht.objects.filter(pk=overdracht.pk).update(op=op + nummer * timedelta(minutes=1))


def _vergissingen(
    zaken: list[Zaak], plekken: dict[str, Plek], wie: Wie, nu: datetime, rnd: Random, verleden: _Verleden
) -> None:
    """An answer and a question that their writers took back: placeholders stand in their place."""
    zaak = next(zaak for zaak in zaken if zaak.plek.groep.slug == "parkeren" and len(zaak.antwoorden) == 2)
    schrijver = next(mens for mens in zaak.plek.kenners if mens not in zaak.deelnemers)
    op = zaak.antwoorden[-1][2] - TUSSENPOOS / 2
    antwoord = zaak.vraag.beantwoord(schrijver.gebruiker, _WEG_ANTWOORD, gegeven_op=op)
    antwoord.verwijder(schrijver.gebruiker)
    verleden.zet(antwoord, verwijderd_op=op + TUSSENPOOS / 3)

    plek, op = plekken["ict-werkplek"], moment(nu, 9, rnd)
    vraag = plek.groep.stel_vraag(wie["anna"].gebruiker, *_WEG_VRAAG, gesteld_op=op)
    vraag.thread.verwijder(wie["anna"].gebruiker)
    verleden.zet(vraag.thread, verwijderd_op=op + TUSSENPOOS)
