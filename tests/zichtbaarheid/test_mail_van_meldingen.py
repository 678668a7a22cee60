"""Mail of Meldingen and overviews: who gets what ∩ who may read it at the moment it leaves.

Everyone in the world gets a Melding of every question, as if all who should not had slipped in, by mail at
once or in their overview. What arrives is judged by the canaries and the oracle.
"""

from datetime import datetime
from itertools import count
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail

from groepen.models import Lidmaatschap, Thread
from intranet.meldingen import overzicht, zendingen
from intranet.meldingen.models import Instelling, Melding, Reden, Zending
from profielen.models import Gebruiker

from .plan import GROEPEN, MENSEN
from .test_post import tekst

pytestmark = pytest.mark.django_db

# A working morning to come: whatever happened in the world lies before it.
MOMENT = datetime(2030, 1, 8, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))
# Events that there are not.
_nummers = count(10**9)


@pytest.fixture
def ochtend(wereld):
    Instelling.objects.all().delete()
    Melding.objects.all().delete()
    with time_machine.travel(MOMENT, tick=False):
        mail.outbox.clear()
        yield wereld


def meld_iedereen(wereld, manier: str, reden=Reden.NOEMT) -> None:
    vragen = [wereld_vraag(wereld, groep) for groep in GROEPEN]
    mensen = Gebruiker.objects.filter(pk__in=[gebruiker.pk for gebruiker in wereld.mensen.values()])
    Melding.objects.bulk_create(
        Melding(
            gebruiker=wie,
            event_id=next(_nummers),
            thread=vraag.thread,
            groep=vraag.groep,
            antwoord=vraag.antwoorden.levend().first(),
            door=vraag.antwoorden.levend().first().schrijver,
            soort="antwoord.gegeven",
            reden=reden,
            mail=manier,
            op=MOMENT.replace(hour=9),
        )
        for vraag in vragen
        for wie in mensen
    )


def wereld_vraag(wereld, groep):
    (pk,) = next(ding.args for ding in wereld.van("vraag") if ding.groep == groep)
    return Thread.objects.get(pk=pk).vraag


def per_lezer(wereld) -> dict[str, str]:
    """Who got mail, and all that was in it."""
    namen = {gebruiker.email: wie for wie, gebruiker in wereld.mensen.items()}
    uit: dict[str, str] = {}
    for brief in mail.outbox:
        (adres,) = brief.to
        uit[namen[adres]] = uit.get(namen[adres], "") + "\n" + tekst(brief)
    return uit


def lekken(wereld, brieven: dict[str, str]) -> list[str]:
    return [
        f"aan {wie}: {kanarie}"
        for wie, woorden in brieven.items()
        for kanarie in wereld.vogels.gezien(woorden)
        if not wereld.orakel.ziet(wie, kanarie)
    ]


def verwacht(wereld) -> set[str]:
    """Who may read any of it. The duizendpoot is away, and left alone."""
    leest = {wie for wie in MENSEN if any(wereld.orakel.leest(wie, groep) for groep in GROEPEN)}
    return leest - {"duizendpoot"}


@pytest.mark.parametrize("stil", [False, pytest.param(True, marks=pytest.mark.eenmaal)])
@pytest.mark.parametrize("manier", ["m", "o"])
def test_mail_tells_its_reader_nothing_new(ochtend, monkeypatch, manier, stil):
    monkeypatch.setattr(zendingen, "PER_UUR", 100)
    if stil:
        Instelling.objects.bulk_create(
            Instelling(gebruiker=wie, zonder_tekst=True) for wie in Gebruiker.objects.all()
        )
    meld_iedereen(ochtend, manier)
    (zendingen if manier == "m" else overzicht).verwerk(300)

    brieven = per_lezer(ochtend)

    fout = lekken(ochtend, brieven)
    assert not fout, f"{len(fout)} keer te veel:\n" + "\n".join(fout[:40])
    assert brieven.keys() == verwacht(ochtend)
    if stil:
        inhoud = [k for w in brieven.values() for k in ochtend.vogels.gezien(w) if k.soort == "inhoud"]
        assert not inhoud
        return
    # The control: everyone hears of every Groep that they read.
    for wie, woorden in brieven.items():
        gezien = {kanarie.groep for kanarie in ochtend.vogels.gezien(woorden) if kanarie.soort == "inhoud"}
        assert gezien == {groep for groep in GROEPEN if ochtend.orakel.leest(wie, groep)}, wie


@pytest.mark.parametrize("soort", ["thread", "overzicht"])
def test_who_lost_access_between_the_making_and_the_leaving_gets_none(ochtend, monkeypatch, soort):
    """All Lidmaatschappen end after the Zendingen were made and, of the overview, composed."""
    monkeypatch.setattr(zendingen, "PER_UUR", 100)
    meld_iedereen(ochtend, "m" if soort == "thread" else "o")

    def verlies(*_):
        Lidmaatschap.objects.update(eindigt_op=MOMENT.replace(hour=9))
        Gebruiker.objects.filter(pk=ochtend.mensen["communitymanager"].pk).update(is_active=False)

    if soort == "thread":
        zendingen.zet_klaar(MOMENT)
        assert Zending.objects.open().exists()
        verlies()
        zendingen.verwerk(300)
    else:
        maken = overzicht.Samenstelling.__init__
        monkeypatch.setattr(
            overzicht.Samenstelling, "__init__", lambda zelf, *rest: verlies(maken(zelf, *rest))
        )
        overzicht.verwerk(300)

    brieven = per_lezer(ochtend)
    assert "communitymanager" not in brieven
    # What remains: own Medewerkers in the open Groepen of their organisatie.
    for wie, woorden in brieven.items():
        gezien = {kanarie.groep for kanarie in ochtend.vogels.gezien(woorden) if kanarie.soort == "inhoud"}
        organisatie = MENSEN[wie].organisatie
        mag = {g for g, plek in GROEPEN.items() if plek.soort == "open" and organisatie in plek.organisaties}
        assert gezien == mag, wie
        assert ochtend.orakel.is_medewerker(wie)
    assert "medewerker" in brieven
    assert "gast lid" not in brieven


def test_the_vervanger_hears_only_what_they_may_read(ochtend, monkeypatch):
    """Of everyone who is away the "medewerker" is the vervanger, who reads the open Groepen alone."""
    monkeypatch.setattr(zendingen, "PER_UUR", 1000)
    bram = ochtend.mensen["medewerker"]
    for wie in ("lid", "eigenaar", "gast lid"):
        profiel = ochtend.mensen[wie].profiel
        type(profiel).objects.filter(pk=profiel.pk).update(afwezig_van=MOMENT.date(), vervanger=bram)
    meld_iedereen(ochtend, "", Reden.WACHT)
    zendingen.verwerk(300)

    brieven = per_lezer(ochtend)
    assert not lekken(ochtend, brieven)
    gezien = {kanarie.groep for kanarie in ochtend.vogels.gezien(brieven["medewerker"])}
    assert {g for g in gezien if g} == {g for g in GROEPEN if ochtend.orakel.leest("medewerker", g)}
