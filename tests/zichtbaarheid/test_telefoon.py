"""Messages to phones: what arrives on a device, decrypted, told its person nothing that they may not read.

Everyone in the world has a device and gets a Melding of every question, as if all who should not had slipped
in. What the devices got is judged by the canaries and the oracle.
"""

import json
from datetime import timedelta

import pytest

from groepen.models import Lidmaatschap
from intranet.meldingen.models import Abonnement, Instelling, Melding
from intranet.meldingen.telefoon import apparaten, duwen
from profielen.models import Gebruiker
from tests.duwdienst import Toestel, duwdienst

from .plan import GROEPEN, MENSEN
from .test_mail_van_meldingen import MOMENT, lekken, meld_iedereen, ochtend, verwacht  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def dienst():
    with duwdienst() as dienst:
        yield dienst


@pytest.fixture
def toestellen(ochtend, monkeypatch):  # noqa: F811
    for naam, waarde in (("LOS", 100), ("PER_UUR", 1000)):
        monkeypatch.setattr(duwen, naam, waarde)
    uit = {}
    for wie, gebruiker in ochtend.mensen.items():
        uit[wie] = Toestel(str(gebruiker.pk))
        apparaten.meld_aan(gebruiker, f"sessie-{gebruiker.pk}", uit[wie].velden, "telefoon")
    Abonnement.objects.update(sinds=MOMENT - timedelta(days=1))
    meld_iedereen(ochtend, "")
    Melding.objects.update(naar_telefoon=True)
    return uit


def gelezen(dienst, toestellen) -> dict[str, str]:
    """What stood on each phone, all together."""
    uit = {wie: dienst.bij(toestel) for wie, toestel in toestellen.items()}
    return {wie: json.dumps(wat, ensure_ascii=False) for wie, wat in uit.items() if wat}


@pytest.mark.parametrize("stil", [False, True])
def test_a_phone_tells_its_person_nothing_new(ochtend, toestellen, dienst, stil):  # noqa: F811
    if stil:
        Instelling.objects.bulk_create(
            Instelling(gebruiker=wie, zonder_tekst=True) for wie in Gebruiker.objects.all()
        )
    duwen.verwerk(300, dienst.weg())

    kreeg = gelezen(dienst, toestellen)
    fout = lekken(ochtend, kreeg)
    assert not fout, f"{len(fout)} keer te veel:\n" + "\n".join(fout[:40])
    assert kreeg.keys() == verwacht(ochtend)
    for wie, woorden in kreeg.items():
        # Every Groep that they read, and with a text only who wants it.
        inhoud = {kanarie.groep for kanarie in ochtend.vogels.gezien(woorden) if kanarie.soort == "inhoud"}
        assert inhoud == (set() if stil else {g for g in GROEPEN if ochtend.orakel.leest(wie, g)}), wie


def test_who_lost_access_after_it_was_made_gets_none(ochtend, toestellen, dienst):  # noqa: F811
    duwen.zet_klaar(MOMENT)
    Lidmaatschap.objects.update(eindigt_op=MOMENT.replace(hour=9))
    Gebruiker.objects.filter(pk=ochtend.mensen["communitymanager"].pk).update(is_active=False)
    duwen.verwerk(300, dienst.weg())

    kreeg = gelezen(dienst, toestellen)
    assert "medewerker" in kreeg
    assert not kreeg.keys() & {"communitymanager", "gast lid"}
    for wie, woorden in kreeg.items():
        gezien = {kanarie.groep for kanarie in ochtend.vogels.gezien(woorden) if kanarie.soort == "inhoud"}
        organisatie = MENSEN[wie].organisatie
        open_ = {g for g, plek in GROEPEN.items() if plek.soort == "open"}
        assert gezien == {g for g in open_ if organisatie in GROEPEN[g].organisaties}, wie
