import re
from datetime import timedelta

import pytest
from django.utils import timezone

from groepen import lijsten, toegang
from groepen.models import Gelezen, Thread, Vraag


@pytest.fixture
def vragen(open_groep, anna, bram):
    """Thirty questions; in threes they share the moment of their last activity and their number of votes."""
    nu = timezone.now()
    gemaakt = []
    for n in range(30):
        vraag = open_groep.stel_vraag(
            anna if n % 2 else bram, f"Vraag {n}", gesteld_op=nu - timedelta(hours=n // 3)
        )
        gemaakt.append(vraag)
        Thread.objects.filter(pk=vraag.pk).update(aantal_stemmen=n // 3)
    return gemaakt


def alle_bladen(kijker, volgorde, per, naam="alle"):
    na, uit, aantal = None, [], 0
    while True:
        vragen = lijsten.gefilterd(Vraag.objects.zichtbaar_voor(kijker).levend(), kijker, naam)
        blad = lijsten.blad(vragen, kijker, volgorde, na, per)
        uit += [rij.thread.pk for rij in blad.rijen]
        aantal += 1
        if blad.volgende is None:
            return uit, aantal
        na = blad.volgende


@pytest.mark.parametrize("volgorde", lijsten.VOLGORDES)
@pytest.mark.parametrize("per", [1, 4, 25, 30, 31])
def test_walking_all_pages_gives_every_row_once_in_order(vragen, anna, volgorde, per):
    gezien, bladen = alle_bladen(anna, volgorde, per)
    sleutel = {
        "actief": lambda t: (-t.laatst_actief_op.timestamp(), -t.pk),
        "stemmen": lambda t: (-t.aantal_stemmen, -t.pk),
        "wacht": lambda t: (t.gestart_op, t.pk),
    }[volgorde]
    assert gezien == [t.pk for t in sorted(Thread.objects.all(), key=sleutel)]
    assert bladen == -(-30 // per)


def test_a_row_that_comes_in_between_moves_nothing(vragen, anna, open_groep):
    zichtbaar = Vraag.objects.zichtbaar_voor(anna)
    eerste = lijsten.blad(zichtbaar, anna, per=10)
    open_groep.stel_vraag(anna, "Net binnen")
    tweede = lijsten.blad(zichtbaar, anna, na=eerste.volgende, per=10)
    assert {rij.thread.pk for rij in eerste.rijen}.isdisjoint(rij.thread.pk for rij in tweede.rijen)
    assert tweede.rijen[0].thread.titel == "Vraag 10"
    assert (eerste.is_eerste, tweede.is_eerste) == (True, False)


@pytest.mark.parametrize(
    "na", ["", "x", "1", "-", "1-", "-1", "²-²", "9" * 40 + "-1", "1-" + "9" * 40, "1-2-3"]
)
@pytest.mark.parametrize("volgorde", lijsten.VOLGORDES)
def test_an_unreadable_cursor_gives_the_first_page(vragen, anna, na, volgorde):
    blad = lijsten.blad(Vraag.objects.zichtbaar_voor(anna), anna, volgorde, na)
    assert blad.is_eerste
    assert len(blad.rijen) == 25


def test_filters(open_groep, anna, bram, dora):
    open_ = open_groep.stel_vraag(anna, "Open")
    beantwoord = open_groep.stel_vraag(bram, "Beantwoord")
    beantwoord.beantwoord(dora, "Ja")
    opgelost = open_groep.stel_vraag(anna, "Opgelost")
    opgelost.kies_oplossing(opgelost.beantwoord(dora, "Zo"), anna)
    gesloten = open_groep.stel_vraag(bram, "Gesloten")
    gesloten.sluit(dora)
    weg = open_groep.stel_vraag(anna, "Verwijderd")
    weg.thread.verwijder(dora)

    def namen(naam):
        vragen = lijsten.gefilterd(Vraag.objects.zichtbaar_voor(anna).levend(), anna, naam)
        return {rij.thread.titel for rij in lijsten.blad(vragen, anna).rijen}

    assert namen("alle") == {"Open", "Beantwoord", "Opgelost", "Gesloten"}
    assert namen("onbeantwoord") == {"Open"}
    assert namen("onopgelost") == {"Open", "Beantwoord"}
    assert namen("mijn") == {"Open", "Opgelost"}
    assert open_.titel == "Open"


def test_in_a_closed_groep_no_question_waits(als, open_groep, anna, eva):
    vraag = open_groep.stel_vraag(anna, "Nog open")
    adressen = (f"/groepen/{open_groep.slug}/", "/vragen/", f"/vragen/{vraag.pk}/", "/groepen/?toon=alle")
    binnen = "ntwoord binnen"
    assert [binnen in als(anna).get(adres).text for adres in adressen] == [True, False, True, True]
    assert [rij.wacht is None for rij in lijsten.blad(Vraag.objects.all(), anna).rijen] == [False]

    open_groep.sluit(eva)

    assert [binnen in als(anna).get(adres).text for adres in adressen] == [False] * 4
    assert [rij.wacht is None for rij in lijsten.blad(Vraag.objects.all(), anna).rijen] == [True]


def test_a_row_in_full(open_groep, anna, bram, chris, finn, dora):
    open_groep.voeg_toe(chris)
    open_groep.voeg_toe(finn)
    van = {wie: open_groep.stel_vraag(wie, wie.voornaam) for wie in (anna, bram, chris, finn)}
    van[bram].beantwoord(dora, "<p>Ja</p>").controleer(dora)
    van[finn].pak_op(dora)
    rijen = {rij.thread.titel: rij for rij in lijsten.blad(Vraag.objects.zichtbaar_voor(anna), anna).rijen}

    def kort(rij):
        return rij.is_van_mij, rij.organisatie, rij.is_gast, rij.wacht and rij.wacht.woorden, rij.vraag.status

    assert {naam: kort(rij) for naam, rij in rijen.items()} == {
        "Anna": (True, "", False, "Open", "open"),
        "Bram": (False, "", False, None, "open"),
        "Chris": (False, "Bouwbedrijf Van Elk", True, "Open", "open"),
        "Finn": (False, "Oosterwold", True, "Open", "opgepakt"),
    }
    assert {naam: rij.thread.heeft_gecontroleerd for naam, rij in rijen.items()}["Bram"]


def test_new_is_what_happened_in_my_groups_since_i_read_it(open_groep, anna, bram, eva):
    oud = open_groep.stel_vraag(eva, "Oud", gesteld_op=timezone.now() - timedelta(days=20))
    vraag = open_groep.stel_vraag(eva, "Vandaag")

    def nieuw(kijker):
        toegang.vergeet_lidmaatschappen(kijker)
        return {
            rij.thread.pk
            for rij in lijsten.blad(Vraag.objects.zichtbaar_voor(kijker), kijker).rijen
            if rij.is_nieuw
        }

    assert nieuw(anna) == {vraag.pk}
    assert nieuw(bram) == set()  # reads along, is no lid
    Gelezen.noteer(vraag.thread, anna, geholpen=False)
    assert nieuw(anna) == set()
    oud.beantwoord(eva, "Toch nog")
    assert nieuw(anna) == {oud.pk}


def test_a_row_says_the_moment_that_the_order_goes_by(als, open_groep, anna, bram):
    nu = timezone.now()

    def gesteld(titel, dagen, beantwoord):
        vraag = open_groep.stel_vraag(anna, titel, gesteld_op=nu - timedelta(days=dagen))
        vraag.beantwoord(bram, "<p>Ja</p>", gegeven_op=nu - beantwoord)

    gesteld("Gisteren geholpen", 9, timedelta(days=1))
    gesteld("Lang geleden", 500, timedelta(days=500, minutes=-30))
    open_groep.stel_vraag(anna, "Vers", gesteld_op=nu - timedelta(days=2))

    rijen = lijsten.blad(Vraag.objects.zichtbaar_voor(anna), anna).rijen
    assert [(rij.thread.titel, rij.is_bijgewerkt) for rij in rijen] == [
        ("Gisteren geholpen", True),
        ("Vers", False),
        ("Lang geleden", False),
    ]
    html = als(anna).get(f"/groepen/{open_groep.slug}/").text
    momenten = re.findall(r"bp-rij__meta.*?<time datetime=\"(\S{10})", html)
    assert momenten == sorted(momenten, reverse=True)
    assert len(momenten) == 3
    assert html.count("<span>bijgewerkt <time") == 1


@pytest.mark.parametrize("aantal", [1, 30])
def test_a_page_is_one_query(open_groep, anna, eva, aantal, django_assert_num_queries):
    for n in range(aantal):
        open_groep.stel_vraag(eva, f"Vraag {n}")
    toegang.onthoud_lidmaatschappen(anna)
    with django_assert_num_queries(1):
        blad = lijsten.blad(Vraag.objects.zichtbaar_voor(anna), anna)
        for rij in blad.rijen:
            assert rij.steller.naam
            assert rij.thread.groep.naam


def test_within_one_groep_the_rows_are_the_same(
    open_groep, anna, chris, finn, eva, django_assert_num_queries
):
    open_groep.voeg_toe(chris)
    open_groep.voeg_toe(finn)
    for wie in (anna, chris, finn, eva):
        open_groep.stel_vraag(wie, wie.voornaam)
    eva.profiel.foto = "gezichten/eva.webp"
    eva.profiel.save()
    los = lijsten.blad(Vraag.objects.zichtbaar_voor(anna), anna).rijen
    toegang.onthoud_organisaties(open_groep)
    with django_assert_num_queries(1):
        samen = lijsten.blad(Vraag.objects.in_groep(open_groep), anna, groep=open_groep).rijen
        assert samen == los
        assert [rij.thread.groep for rij in samen] == [open_groep] * 4
    assert [rij.steller.profiel.foto.name for rij in los if rij.steller == eva] == ["gezichten/eva.webp"]
