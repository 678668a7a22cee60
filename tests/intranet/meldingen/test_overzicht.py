"""Overviews: whose turn it is and when, what is in them, and that nobody gets what is not theirs."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.utils import timezone

from groepen.models import Gelezen, Volger
from intranet.meldingen import beurt, overzicht
from intranet.meldingen.models import Instelling, Melding, Niveau, Reden, Zending
from tests.bench.overzichten import geef_te_horen
from tests.conftest import maak
from tests.intranet.meldingen.test_zendingen import meld

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
DINSDAG = datetime(2026, 11, 24, 8, 30, tzinfo=AMSTERDAM)


@pytest.fixture(autouse=True)
def klok():
    with time_machine.travel(DINSDAG - timedelta(hours=1), tick=False) as reis:
        yield reis


@pytest.fixture
def vraag(open_groep, anna):
    return open_groep.stel_vraag(anna, "Mag dit?", "<p>Ik vraag het me af.</p>")


def naar():
    return sorted(adres for brief in mail.outbox for adres in brief.to)


def half(brief):
    """Both halves."""
    return brief.body, brief.alternatives[0][0]


def test_what_is_in_it(klok, settings, open_groep, besloten_groep, vraag, anna, bram, dora, eva):
    settings.SITE_URL = "https://plein.zandmeer.example"
    vraag.thread.volg(anna)
    for wie in (bram, dora):
        meld(anna, vraag, vraag.beantwoord(wie, "<p>Ja & nee.</p>"), mail="o")
    wacht = open_groep.stel_vraag(eva, "Wie pakt <dit> op?")
    meld(anna, wacht, reden=Reden.WACHT, soort="vraag.overgedragen", door=eva)
    besloten_groep.stel_vraag(dora, "Weet iemand dit?")
    opgelost = besloten_groep.stel_vraag(dora, "Hoe moet het?")
    antwoord = opgelost.beantwoord(eva, "<p>Zo moet het.</p>")
    opgelost.kies_oplossing(antwoord, dora)
    gelezen = besloten_groep.stel_vraag(dora, "Al gelezen")
    Gelezen.noteer(gelezen.thread, anna, geholpen=False)
    klok.move_to(DINSDAG)
    overzicht.verwerk()
    [brief] = [brief for brief in mail.outbox if brief.to == [anna.email]]
    assert brief.subject == "Jouw overzicht van dinsdag 24 november"
    assert brief.extra_headers["Message-ID"] == f"<overzicht-{anna.pk}-20261124@plein.zandmeer.example>"
    tekst, html = half(brief)
    for deel in (tekst, html):
        volgorde = [
            deel.index(woord)
            for woord in (
                "Goedemorgen, Anna",
                "pakt",
                "Eva Eigenaar droeg de vraag over",
                "Mag dit?",
                "2 nieuwe antwoorden, van Bram Buiten en Dora Beheer",
                "Weet iemand dit?",
                "Hoe moet het?",
                "Zo moet het.",
            )
        ]
        assert volgorde == sorted(volgorde)
        assert "Al gelezen" not in deel
        assert f"https://plein.zandmeer.example/vragen/{vraag.pk}/" in deel
    assert "WACHT OP JOU" in tekst
    assert "Wie pakt <dit> op?" in tekst
    assert "Wie pakt &lt;dit&gt; op?" in html
    assert "1 ding wacht op jou. 1 keer iets nieuws voor jou. 1 vraag die jij misschien weet." in html
    assert "\x02" not in tekst + html
    # What was told is not told again, and nobody gets an empty one.
    assert not Melding.objects.filter(gebruiker=anna, gemaild_op=None).exists()
    mail.outbox.clear()
    klok.move_to(DINSDAG + timedelta(days=1))
    overzicht.verwerk()
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("velden", "wanneer"),
    [
        ({}, ["di 8:30", "wo 8:30", "do 8:30", "ma 8:30"]),
        ({"overzicht_tijd": time(12)}, ["di 12:00", "wo 12:00", "do 12:00", "ma 12:00"]),
        ({"overzicht": "week"}, ["di 8:30", "ma 8:30"]),  # not yet this week; then every Monday
        ({"overzicht": ""}, []),
        ({"dagen": 0b00100}, ["wo 8:30"]),
        ({"dagdelen": 0b0000110000}, ["wo 8:30"]),
        ({"dagdelen": 0b0000100000}, ["wo 12:40"]),  # the afternoon
        ({"dagdelen": 0b0000010000, "overzicht_tijd": time(16)}, ["wo 12:00"]),  # just before going home
        ({"afwezig_tot": date(2026, 11, 25)}, ["do 8:30", "ma 8:30"]),
        ({"afwezig_tot": date(2026, 11, 25), "rust": False}, ["di 8:30", "wo 8:30", "do 8:30", "ma 8:30"]),
    ],
)
def test_when(klok, vraag, anna, bram, velden, wanneer):
    for naam in ("dagdelen", "afwezig_tot"):
        if naam in velden:
            setattr(anna.profiel, naam, velden.pop(naam))
    anna.profiel.save()
    if velden:
        Instelling.objects.create(gebruiker=anna, **velden)
    gekregen = []
    for dag in (*range(3), 6):  # Tuesday, Wednesday, Thursday, Monday
        for uur, minuut in ((7, 50), (8, 30), (12, 0), (12, 40), (16, 5), (23, 0)):
            klok.move_to(DINSDAG.replace(hour=uur, minute=minuut) + timedelta(days=dag))
            meld(anna, vraag, soort="vraag.bewerkt", door=bram, mail="o", reden=Reden.NOEMT)
            overzicht.verwerk()
            if [anna.email] in [brief.to for brief in mail.outbox]:
                gekregen.append(f"{['di', 'wo', 'do', 'vr', 'za', 'zo', 'ma'][dag]} {uur}:{minuut:02d}")
            mail.outbox.clear()
    assert gekregen == wanneer


@pytest.mark.parametrize(
    "begin", [datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2027, 3, 27, 23, tzinfo=UTC)]
)
def test_on_the_days_when_the_clock_changes(klok, monkeypatch, vraag, anna, bram, begin):
    """02:30 comes twice, or never: one overview, also when the worker looks every ten minutes."""
    monkeypatch.setattr(beurt, "is_werkdag", lambda dag: True)  # both are Sundays
    Instelling.objects.create(gebruiker=anna, overzicht_tijd=time(2, 30), dagen=0b1000000, rust=False)
    klok.move_to(begin)
    for _keer in range(6 * 26):
        meld(anna, vraag, soort="vraag.bewerkt", door=bram, mail="o")
        overzicht.verwerk()
        klok.shift(timedelta(minutes=10))
    assert naar().count(anna.email) == 1


def test_workers_that_were_down_send_the_same_day_and_not_later(klok, vraag, anna, bram):
    meld(anna, vraag, soort="vraag.bewerkt", door=bram, mail="o")
    klok.move_to(DINSDAG + timedelta(hours=6))
    beurt.zet_klaar(timezone.now())
    klok.move_to(DINSDAG + timedelta(days=1))
    overzicht.verwerk()
    # Yesterday's is dropped, today's tells of all.
    assert sorted(Zending.objects.filter(gebruiker=anna).values_list("uitkomst", flat=True)) == [
        "te laat",
        "verstuurd",
    ]
    assert naar().count(anna.email) == 1


@pytest.mark.parametrize("hoe", ["voor het maken", "na het maken"])
@pytest.mark.parametrize("wat", ["weg uit de groep", "geblokkeerd", "groep verborgen"])
def test_access_lost_before_it_left(klok, monkeypatch, besloten_groep, anna, dora, eva, hoe, wat):
    vraag = besloten_groep.stel_vraag(eva, "Geheim van de groep")
    meld(dora, vraag, soort="vraag.bewerkt", door=eva, mail="o")
    besloten_groep.stel_vraag(eva, "Nog een geheim")

    def verlies():
        if wat == "weg uit de groep":
            besloten_groep.verwijder_lid(dora, eva)
        elif wat == "geblokkeerd":
            type(dora).objects.filter(pk=dora.pk).update(is_active=False)
        else:
            besloten_groep.lidmaatschappen.filter(gebruiker=dora).update(eindigt_op=timezone.now())

    klok.move_to(DINSDAG)
    if hoe == "voor het maken":
        verlies()
        overzicht.verwerk()
    else:
        maken = overzicht.Samenstelling.__init__

        def en_dan(zelf, *rest):
            maken(zelf, *rest)
            assert zelf.lezers[dora.pk].regels["nieuw"]
            verlies()

        monkeypatch.setattr(overzicht.Samenstelling, "__init__", en_dan)
        overzicht.verwerk()
    assert dora.email not in naar()


def test_levels_count_for_what_is_new_in_a_groep(klok, besloten_groep, anna, dora, eva):
    besloten_groep.stel_vraag(eva, "Weet iemand dit?")
    Niveau.objects.create(gebruiker=anna, groep=besloten_groep, mail="")
    Niveau.objects.create(gebruiker=dora, groep=besloten_groep, plein=0)
    klok.move_to(DINSDAG)
    overzicht.verwerk()
    assert naar() == []
    # Not even one that was made stays behind.
    assert not Zending.objects.open().exists()


def test_without_text_it_counts(klok, vraag, anna, bram):
    Instelling.objects.create(gebruiker=anna, zonder_tekst=True)
    meld(anna, vraag, vraag.beantwoord(bram, "<p>Geheim.</p>"), mail="o")
    klok.move_to(DINSDAG)
    overzicht.verwerk()
    [brief] = [brief for brief in mail.outbox if brief.to == [anna.email]]
    for deel in half(brief):
        assert "Groep open" in deel
        assert "1 keer iets nieuws" in deel
        for geheim in ("Geheim", "Mag dit?", "Bram"):
            assert geheim not in deel


@pytest.mark.parametrize("aantal", [3, 400])
def test_statements_do_not_grow_with_the_people(
    klok, aantal, besloten_groep, zandmeer, anna, eva, django_assert_max_num_queries
):
    vraag = besloten_groep.stel_vraag(eva, "Mag dit?")
    besloten_groep.stel_vraag(eva, "Weet iemand dit?")
    for n in range(aantal):
        lid = maak(f"lid{n}@zandmeer.example", f"Lid{n}", "", zandmeer)
        besloten_groep.voeg_toe(lid)
        meld(lid, vraag, soort="vraag.bewerkt", door=eva, mail="o")
    klok.move_to(DINSDAG)
    with django_assert_max_num_queries(4):  # two of them begin and end a transaction
        beurt.zet_klaar(timezone.now())
    Zending.objects.update(geclaimd_door="test")
    with django_assert_max_num_queries(8):
        samen = overzicht.Samenstelling("test", timezone.now())
    zendingen = list(Zending.objects.all())
    gevuld = [z for z in zendingen if samen.lezers[z.gebruiker_id].regels.get("nieuw")]
    assert len(gevuld) == aantal
    # And one to ask the rule again as it leaves; rows are rendered once for all.
    with django_assert_max_num_queries(len(gevuld)):
        for zending in gevuld:
            samen.brief(zending)
    assert len(samen.schrijver._rijen) < 10


def test_what_the_bench_gives_to_hear_fits_our_tables(anna, bram, open_groep):
    """Raw SQL beside the models: a column more broke it after half an hour of filling."""
    if connection.vendor != "postgresql":
        return  # the bench runs there alone
    open_groep.stel_vraag(anna, "Weet iemand dit?")
    Melding.objects.all().delete()
    with connection.cursor() as cursor:
        geef_te_horen(cursor, timezone.now())
    assert Melding.objects.van(anna).count() == 1
    assert Volger.objects.filter(gebruiker__lidmaatschappen__groep=open_groep, is_uit=False).exists()
