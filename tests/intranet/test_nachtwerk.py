"""The night's work: silent claims, and that one broken step holds up no other."""

import time_machine
from django.core.management import call_command

from groepen.klussen import geef_stille_vragen_vrij
from groepen.models import Overdracht, Vraag
from intranet import nachtwerk


def test_a_claim_is_given_back_after_two_silent_working_days(open_groep, anna, dora):
    with time_machine.travel("2026-11-19 10:00+01:00"):  # a Thursday
        vraag = open_groep.stel_vraag(anna, "Wie weet dit?")
        vraag.pak_op(dora)
    for moment, los in [
        ("2026-11-20 16:00+01:00", 0),
        ("2026-11-23 09:00+01:00", 0),
        ("2026-11-23 10:30+01:00", 1),
    ]:
        with time_machine.travel(moment):
            assert geef_stille_vragen_vrij() == los, moment
    vraag = Vraag.objects.get()
    assert (vraag.behandelaar, vraag.status) == (None, "open")
    assert list(Overdracht.objects.values_list("reden", "van", "naar", "door")) == [
        ("opgepakt", None, dora.pk, dora.pk),
        ("verlopen", dora.pk, None, None),
    ]


def test_a_sign_of_life_keeps_the_claim(open_groep, anna, dora):
    with time_machine.travel("2026-11-19 10:00+01:00"):
        vraag = open_groep.stel_vraag(anna, "Wie weet dit?")
        vraag.pak_op(dora)
    with time_machine.travel("2026-11-20 10:00+01:00"):
        Vraag.objects.get().beantwoord(dora, "Ik zoek het uit.")
    with time_machine.travel("2026-11-23 11:00+01:00"):
        assert geef_stille_vragen_vrij() == 0
        assert Vraag.objects.get().behandelaar == dora


def test_two_clocks_at_once_note_it_once(open_groep, anna, dora):
    with time_machine.travel("2026-11-02 10:00+01:00"):
        open_groep.stel_vraag(anna, "Wie weet dit?").pak_op(dora)
    een, twee = Vraag.objects.get(), Vraag.objects.get()
    een.laat_los(None, reden="verlopen")
    twee.laat_los(None, reden="verlopen")
    assert Overdracht.objects.filter(reden="verlopen").count() == 1


def test_the_whole_night_may_run_twice(db, capsys):
    call_command("nightly")
    call_command("nightly")
    assert "mislukt" not in capsys.readouterr().out


def test_one_broken_step_holds_up_no_other(db, monkeypatch, caplog):
    gedaan = []

    def stuk():
        raise RuntimeError("met opzet")

    monkeypatch.setattr(nachtwerk, "STAPPEN", [("Stuk", stuk), ("Heel", lambda: gedaan.append(1))])
    nachtwerk.alles()
    assert gedaan == [1]
    assert "met opzet" in caplog.text
