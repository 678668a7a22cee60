"""The truth table of docs/regels, written by hand, and every face of the rule held against it.

Three stages: ``vindt`` (the card), ``leest`` (the content), ``schrijft``.
"""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from groepen import toegang
from groepen.models import Antwoord, Groep, Reactie, Thread, Volger, Vraag
from profielen.models import Gebruiker

NIETS, KAART, LEEST, SCHRIJFT, BEHEERT, EIGENT = range(6)

# who is looking            open      besloten  verborgen
TABEL = {
    "eigen medewerker": (SCHRIJFT, KAART, NIETS),
    "medewerker elders": (NIETS, NIETS, NIETS),
    "gast zonder lidmaatschap": (NIETS, NIETS, NIETS),
    "waarnemer": (LEEST, LEEST, LEEST),
    "lid": (SCHRIJFT, SCHRIJFT, SCHRIJFT),
    "beheerder": (BEHEERT, BEHEERT, BEHEERT),
    "eigenaar": (EIGENT, EIGENT, EIGENT),
    "gast lid": (SCHRIJFT, SCHRIJFT, SCHRIJFT),
    "gast waarnemer": (LEEST, LEEST, LEEST),
    "gast beheerder": (BEHEERT, BEHEERT, BEHEERT),
    "medewerker elders, lid": (SCHRIJFT, SCHRIJFT, SCHRIJFT),
    "medewerker elders, waarnemer": (LEEST, LEEST, LEEST),
    "zonder organisatie": (NIETS, NIETS, NIETS),
    "zonder organisatie, lid": (SCHRIJFT, SCHRIJFT, SCHRIJFT),
    "lid, geblokkeerd": (NIETS, NIETS, NIETS),
    "eigen medewerker, beeindigd": (NIETS, NIETS, NIETS),
    "gast met verlopen lidmaatschap": (NIETS, NIETS, NIETS),
    "superuser van elders": (NIETS, NIETS, NIETS),
    "anoniem": (NIETS, NIETS, NIETS),
}
SOORTEN = ("open", "besloten", "verborgen")


def maak_kijker(wie, groep, zandmeer, oosterwold, van_elk):
    if wie == "anoniem":
        return AnonymousUser()
    organisatie = zandmeer
    if "gast" in wie:
        organisatie = van_elk
    elif "elders" in wie:
        organisatie = oosterwold
    elif "zonder organisatie" in wie:
        organisatie = None
    kijker = Gebruiker.objects.create_user(
        email="kijker@x.example", organisatie=organisatie, is_superuser="superuser" in wie
    )
    for rol in ("waarnemer", "beheerder", "eigenaar"):
        if rol in wie:
            groep.voeg_toe(kijker, rol)
            break
    else:
        if wie in ("lid", "gast lid", "lid, geblokkeerd") or wie.endswith(", lid") or "verlopen" in wie:
            groep.voeg_toe(kijker)
    if "verlopen" in wie:
        kijker.lidmaatschappen.update(eindigt_op=timezone.now() - timedelta(seconds=1))
    if "geblokkeerd" in wie:
        kijker.blokkeer()
    if "beeindigd" in wie:
        kijker.beeindig()
    return kijker


@pytest.mark.parametrize("soort", SOORTEN)
@pytest.mark.parametrize("wie", TABEL)
def test_every_face_of_the_rule_agrees(wie, soort, eva, zandmeer, oosterwold, van_elk):
    groep = Groep.start(eva, naam="De groep", soort=soort)
    vraag = groep.stel_vraag(eva, "Hoe?", "<p>Zo.</p>")
    antwoord = vraag.beantwoord(eva, "<p>Aha.</p>")
    reactie = Reactie.geef(vraag.thread, eva, "Juist.", antwoord=antwoord)
    mag = TABEL[wie][SOORTEN.index(soort)]
    kijker = maak_kijker(wie, groep, zandmeer, oosterwold, van_elk)
    leest = mag >= LEEST

    assert (groep in Groep.objects.vindbaar_voor(kijker)) is (mag >= KAART)
    for ding in (groep, vraag, vraag.thread, antwoord, reactie):
        assert (ding in type(ding).objects.zichtbaar_voor(kijker)) is leest, ding
        assert toegang.mag_zien(kijker, ding) is leest, ding
    assert (toegang.key(groep.pk) in toegang.keys(kijker)) is leest
    assert (kijker.pk in toegang.lezers(groep).values_list("pk", flat=True)) is leest
    if kijker.pk is not None:
        volgt = Volger.objects.create(thread=vraag.thread, gebruiker=kijker)
        rijen = Volger.objects.filter(toegang.leest("gebruiker", "thread__groep"))
        assert (volgt in rijen) is leest
    assert toegang.mag_bijdragen(kijker, groep) is (mag >= SCHRIJFT)
    assert toegang.mag_beheren(kijker, groep) is (mag >= BEHEERT)
    assert toegang.is_eigenaar(kijker, groep) is (mag >= EIGENT)


@pytest.mark.parametrize("soort", SOORTEN)
def test_remembered_memberships_give_the_same_answers(soort, eva, anna, bram, chris):
    groep = Groep.start(eva, naam="De groep", soort=soort)
    groep.voeg_toe(anna)
    for kijker in (anna, bram, chris, eva):
        vooraf = [f(kijker, groep) for f in (toegang.mag_bijdragen, toegang.mag_beheren, toegang.is_eigenaar)]
        toegang.onthoud_lidmaatschappen(kijker)
        assert vooraf == [
            f(kijker, groep) for f in (toegang.mag_bijdragen, toegang.mag_beheren, toegang.is_eigenaar)
        ]


def test_a_closed_groep_is_read_only(open_groep, anna, eva):
    open_groep.sluit(eva)

    assert toegang.mag_zien(anna, open_groep)
    assert not toegang.mag_bijdragen(anna, open_groep)
    assert toegang.is_eigenaar(eva, open_groep)


def test_every_organisatie_of_a_groep_has_own_medewerkers(open_groep, finn, oosterwold):
    assert not toegang.mag_zien(finn, open_groep)

    open_groep.organisaties.add(oosterwold)

    assert toegang.mag_zien(finn, open_groep)
    assert finn in toegang.lezers(open_groep)


def test_a_partner_among_the_organisaties_gives_its_people_nothing(open_groep, chris, van_elk):
    open_groep.organisaties.add(van_elk)

    assert not toegang.mag_zien(chris, open_groep)
    assert chris not in toegang.lezers(open_groep)


def test_nobody_is_listed_twice(open_groep, anna, oosterwold):
    open_groep.organisaties.add(oosterwold)

    assert list(Groep.objects.zichtbaar_voor(anna)) == [open_groep]
    assert toegang.lezers(open_groep).count() == len(set(toegang.lezers(open_groep)))


def test_moving_a_thread_moves_who_sees_it(open_groep, besloten_groep, anna, bram, eva):
    vraag = open_groep.stel_vraag(anna, "Hoe?")
    antwoord = vraag.beantwoord(bram, "<p>Zo.</p>")

    vraag.thread.verplaats(besloten_groep, eva)

    for ding, soort in ((vraag, Vraag), (antwoord, Antwoord), (vraag.thread, Thread)):
        assert not soort.objects.zichtbaar_voor(bram).filter(pk=ding.pk).exists()
        assert soort.objects.zichtbaar_voor(anna).filter(pk=ding.pk).exists()
    assert list(vraag.thread.volgers.values_list("gebruiker", flat=True)) == [anna.pk]
