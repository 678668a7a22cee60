"""Nothing stays unanswered: warned before the norm, after seven days of silence, told after ten."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from groepen import normen
from groepen.models import Herinnering, Reactie
from intranet.events.models import Event
from intranet.meldingen.gebeurd import daad
from intranet.meldingen.models import Melding, Niveau, Plein

# Monday morning; the norm of a Groep is two working days.
MAANDAG = timezone.datetime(2026, 11, 16, 10, 0, tzinfo=timezone.get_fixed_timezone(60))


@pytest.fixture
def vraag(open_groep, anna):
    return open_groep.stel_vraag(anna, "Mag dit?", "<p>Ik vraag het me af.</p>", gesteld_op=MAANDAG)


def na(**duur):
    return MAANDAG + timedelta(**duur)


def gebeurd():
    soorten = ("norm.nadert", "stilte.gemerkt", "stilte.uitgelegd")
    return list(Event.objects.filter(soort__in=soorten).order_by("pk").values_list("soort", flat=True))


@pytest.mark.parametrize(
    ("uiterlijk", "waarschuwing"),
    [
        ("2026-11-18T15:00", "2026-11-18T11:00"),
        ("2026-11-18T10:00", "2026-11-17T15:00"),  # before the office opens: the day before
        ("2026-11-23T09:30", "2026-11-20T15:00"),  # Monday morning: Friday
        ("2026-12-28T09:00", "2026-12-24T15:00"),  # after Christmas: the day before it
    ],
)
def test_the_warning_comes_while_people_work(uiterlijk, waarschuwing):
    zone = timezone.get_default_timezone()
    moment = timezone.datetime.fromisoformat(uiterlijk).replace(tzinfo=zone)
    assert normen.waarschuw_op(moment) == timezone.datetime.fromisoformat(waarschuwing).replace(tzinfo=zone)


def test_once_before_the_norm_passes(vraag):
    assert normen.bewaak(na(days=1)).norm == 0
    assert normen.bewaak(na(days=1, hours=6)).norm == 1
    assert normen.bewaak(na(days=1, hours=6)) == (0, 0, 0)  # twice is once
    assert normen.bewaak(na(days=2)).norm == 0
    assert gebeurd() == ["norm.nadert"]


def test_a_missed_night_is_made_up_for_but_not_weeks_later(vraag):
    assert normen.bewaak(na(days=4)).norm == 1
    Herinnering.objects.all().delete()
    assert normen.bewaak(na(days=6)).norm == 0


@pytest.mark.parametrize("wat", ["antwoord", "informatie", "verwijderd", "gesloten"])
def test_no_warning_for_what_does_not_wait(vraag, bram, dora, eva, wat):
    if wat == "antwoord":
        vraag.beantwoord(bram, "<p>Ja.</p>")
    elif wat == "informatie":
        vraag.vraag_informatie(dora)
    elif wat == "verwijderd":
        vraag.thread.verwijder(dora)
    else:
        vraag.groep.sluit(eva)
    assert normen.bewaak(na(days=2)).norm == 0


def test_seven_and_ten_days_of_silence(vraag, anna, dora, eva, bezorg_alles):
    assert normen.bewaak(na(days=6)).stil == 0
    assert normen.bewaak(na(days=7)) == (0, 1, 0)
    assert normen.bewaak(na(days=8)) == (0, 0, 0)
    with time_machine.travel(na(days=10), tick=False):
        assert normen.bewaak() == (0, 0, 1)
        assert normen.bewaak() == (0, 0, 0)
        bezorg_alles()
    wie = {(m.gebruiker, m.soort, m.reden) for m in Melding.objects.select_related("gebruiker")}
    assert wie == {
        (dora, "stilte.gemerkt", "wacht"),
        (eva, "stilte.gemerkt", "wacht"),
        (anna, "stilte.uitgelegd", "jouw_vraag"),
    }
    assert Event.objects.get(soort="stilte.uitgelegd").feiten["wie"] == eva.pk  # nobody took it up
    # What Anna heard is a sign: the next ten days begin.
    assert normen.bewaak(na(days=16)) == (0, 0, 0)
    assert normen.bewaak(na(days=17)) == (0, 1, 0)
    assert normen.bewaak(na(days=20)) == (0, 0, 1)
    # However old: after nights that were missed too.
    assert normen.bewaak(na(days=400)) == (0, 0, 1)


def test_many_at_once_are_told_in_turns(open_groep, anna, monkeypatch):
    monkeypatch.setattr(normen, "MEEST", 2)
    for nummer in range(5):
        open_groep.stel_vraag(anna, f"Vraag {nummer}", gesteld_op=MAANDAG)
    assert [normen.bewaak(na(days=90)).uitleg for _ in range(4)] == [2, 2, 1, 0]


def test_a_sign_of_somebody_else_ends_the_silence_a_remark_of_the_asker_does_not(vraag, anna, bram, dora):
    Reactie.geef(vraag.thread, anna, "Weet iemand dit?", gegeven_op=na(days=5))
    assert normen.bewaak(na(days=7)).stil == 1
    vraag.beantwoord(bram, "<p>Ik zoek het uit.</p>", gegeven_op=na(days=8))
    assert normen.bewaak(na(days=14)) == (0, 0, 0)
    assert normen.bewaak(na(days=15)) == (0, 1, 0)
    with time_machine.travel(na(days=16), tick=False):
        vraag.refresh_from_db()
        vraag.pak_op(dora)
    assert normen.bewaak(na(days=22)) == (0, 0, 0)
    assert normen.bewaak(na(days=26)) == (0, 0, 1)
    assert Event.objects.get(soort="stilte.uitgelegd").feiten["wie"] == dora.pk


def test_the_asker_is_never_told_of_themselves(vraag, open_groep, anna, eva, bezorg_alles):
    """As the one eigenaar who is left: nobody can be named, and the asker hears all the same."""
    open_groep.lidmaatschappen.filter(rol="eigenaar").exclude(gebruiker=anna).delete()
    open_groep.lidmaatschappen.filter(gebruiker=anna).update(rol="eigenaar")
    assert normen.bewaak(na(days=10)).uitleg == 1
    bezorg_alles()
    melding = Melding.objects.van(anna).get(soort="stilte.uitgelegd")
    assert melding.door is None
    assert "Nog niemand pakte je vraag op" in daad(melding.soort, "")
    # Who took up their own question knows who has it.
    vraag.pak_op(anna)
    assert normen.bewaak(na(days=30)) == (0, 0, 0)


def test_who_hears_only_their_name_hears_on_day_ten(vraag, open_groep, anna, bezorg_alles):
    Niveau.objects.create(gebruiker=anna, groep=open_groep, plein=Plein.NOEMT)
    assert normen.bewaak(na(days=10)).uitleg == 1
    bezorg_alles()
    assert Melding.objects.van(anna).filter(soort="stilte.uitgelegd").exists()


def test_of_the_behandelaar_nobody_else_is_woken(vraag, dora, bezorg_alles):
    with time_machine.travel(na(days=1), tick=False):
        vraag.pak_op(dora)
    normen.bewaak(na(days=8))
    bezorg_alles()
    assert set(
        Melding.objects.filter(soort="stilte.gemerkt").values_list("gebruiker__voornaam", flat=True)
    ) == {"Dora"}


def test_one_click_lets_the_asker_know(vraag, anna, bram, dora, client, bezorg_alles):
    vraag.pak_op(dora)
    client.force_login(dora)
    adres = reverse("groepen:vraag_teken", args=[vraag.pk])
    assert "Ik ben er nog mee bezig" in client.get(vraag.get_absolute_url()).text
    assert client.post(adres).status_code == 302
    assert "Je liet vandaag al weten" in client.post(adres, follow=True).text
    assert vraag.thread.reacties.count() == 1
    bezorg_alles()
    assert Melding.objects.van(anna).filter(soort="reactie.gegeven").count() == 1
    client.force_login(bram)
    assert client.post(adres).status_code == 403


def test_statements_do_not_grow_with_what_is_quiet(open_groep, anna, django_assert_num_queries):
    for n in range(12):
        open_groep.stel_vraag(anna, f"Vraag {n}", gesteld_op=na(days=n))
    with django_assert_num_queries(3):
        assert normen.bewaak(MAANDAG) == (0, 0, 0)
