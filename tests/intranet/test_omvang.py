"""The bulk to measure with: right counters, sound keys, the same rows every time, and people to log in as."""

from io import StringIO

import pytest
from django.contrib.auth import get_user
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import Count
from django.test import RequestFactory

from groepen import toegang
from groepen.models import Antwoord, Bedankje, Groep, Lidmaatschap, Stem, Thread, Volger, Vraag
from groepen.tellers import controleer_tellers
from intranet.demo import omvang as bulk
from intranet.demo.omvang import Omvang, sessies
from intranet.demo.omvang.plan import NIEMAND, OPGELOST, Plan
from intranet.demo.omvang.rijen import vul
from intranet.demo.omvang.woorden import Woorden
from intranet.events.models import Event
from profielen.models import Gebruiker, Organisatie, Profiel

XS = Omvang(mensen=60, groepen=12, organisaties=3, vragen=240, antwoorden=700, lidmaatschappen=5)
NU = 1_795_000_000


@pytest.fixture
def gevuld(db):
    """A tiny bulk."""
    gemeld = []
    plan = Plan(XS, NU)
    vul(plan, lambda wat, rijen: gemeld.append((wat, rijen)))
    plan.gemeld = sum(rijen for _wat, rijen in gemeld)
    return plan


@pytest.fixture
def kleine_s(monkeypatch, settings):
    """S, but tiny, for what the command does."""
    settings.DEMO_TOEGESTAAN = True
    monkeypatch.setitem(bulk.OMVANGEN, "S", XS)


def roep(*opties):
    uit = StringIO()
    call_command("demo", *opties, stdout=uit)
    return uit.getvalue()


def test_there_is_as_much_of_everything_as_asked(gevuld):
    aantallen = {
        model: model.objects.count() for model in (Gebruiker, Profiel, Groep, Organisatie, Vraag, Antwoord)
    }
    assert aantallen == {Gebruiker: 60, Profiel: 60, Groep: 12, Organisatie: 3, Vraag: 240, Antwoord: 700}
    assert not Event.objects.exists()


def test_every_counter_is_right(gevuld):
    assert controleer_tellers() == []
    assert Bedankje.objects.count() > 1_000
    assert Stem.objects.count() > 400


def test_every_key_points_to_something(gevuld):
    connection.check_constraints()
    assert Vraag.objects.filter(oplossing__isnull=False).count() > 100
    for vraag in Vraag.objects.exclude(oplossing=None).select_related("oplossing"):
        assert vraag.oplossing.vraag_id == vraag.pk
        assert vraag.status == Vraag.Status.OPGELOST


def test_numbers_go_on_behind_it(gevuld):
    groep = Groep.objects.first()
    lid = groep.lidmaatschappen.select_related("gebruiker__organisatie").first().gebruiker
    vraag = groep.stel_vraag(lid, "Nog een vraag", "<p>Na de bulk.</p>")
    vraag.beantwoord(lid, "<p>En een antwoord.</p>")
    Gebruiker.objects.create_user("nieuw@zandmeer.example")
    assert controleer_tellers() == []


def test_the_rules_of_the_house_hold(gevuld):
    for groep in Groep.objects.all():
        eigenaar = groep.lidmaatschappen.select_related("gebruiker__organisatie").get(rol=toegang.EIGENAAR)
        assert toegang.is_eigen(groep, eigenaar.gebruiker)
    leden = set(Lidmaatschap.objects.values_list("groep", "gebruiker"))
    for model, groep, mens in (
        (Thread, "groep", "steller"),
        (Antwoord, "vraag__thread__groep", "schrijver"),
        (Stem, "thread__groep", "gebruiker"),
        (Bedankje, "thread__groep", "gebruiker"),
    ):
        assert set(model.objects.values_list(groep, mens)) <= leden, model
    volgt = set(Volger.objects.values_list("thread", "gebruiker"))
    assert set(Thread.objects.values_list("pk", "steller")) <= volgt
    assert set(Antwoord.objects.values_list("vraag", "schrijver")) <= volgt


def test_one_question_has_a_great_many_answers(gevuld):
    meeste = Antwoord.objects.values("vraag").annotate(aantal=Count("pk")).order_by("-aantal").first()
    assert meeste["vraag"] == Thread.objects.order_by("-gestart_op").values_list("pk", flat=True).first()
    assert meeste["aantal"] >= XS.antwoorden // 4


def test_answers_come_after_the_question_and_in_order(gevuld):
    nu = NU
    for vraag, antwoorden in gevuld.per_vraag():
        momenten = [gevuld.gesteld(vraag), *(gevuld.gegeven(antwoord) for antwoord in antwoorden), nu]
        assert momenten == sorted(momenten)
        assert len(antwoorden) == gevuld.aantal[vraag]
        assert (gevuld.status[vraag] == OPGELOST) == (gevuld.oplossing[vraag] != NIEMAND)


def test_it_tells_how_far_it_is(gevuld):
    assert gevuld.gemeld == pytest.approx(gevuld.aantal_rijen, rel=0.1)


def vingerafdruk():
    return [
        sorted(model.objects.values_list(*velden))
        for model, velden in (
            (Gebruiker, ("email", "sorteernaam", "organisatie__naam")),
            (Lidmaatschap, ("groep__slug", "gebruiker__email", "rol", "bezocht_op")),
            (
                Vraag,
                ("thread__titel", "thread__steller__email", "inhoud", "status", "thread__laatst_actief_op"),
            ),
            (Antwoord, ("schrijver__email", "inhoud", "gegeven_op", "aantal_bedankjes")),
            (Bedankje, ("gebruiker__email", "ontvanger__email", "gegeven_op")),
        )
    ]


@pytest.mark.django_db
def test_the_same_every_time():
    uit = []
    for _ in range(2):
        punt = transaction.savepoint()
        vul(Plan(XS, NU))
        uit.append(vingerafdruk())
        transaction.savepoint_rollback(punt)
    assert uit[0] == uit[1]


def test_texts_are_as_long_as_those_of_the_floor():
    from random import Random

    woorden = Woorden(Random(1))
    assert {len(tekst.split()) for tekst in woorden.paragrafen} == {28}
    assert {len(tekst.split()) for tekst in woorden.titels} == {7}
    assert max(map(len, woorden.titels)) <= 200


@pytest.mark.django_db
def test_twice_without_harm_and_one_size_only(kleine_s):
    assert "Omvang S staat er, in" in roep("--omvang", "S")
    assert roep("--omvang", "S") == "Omvang S staat er al.\n"
    assert Vraag.objects.count() == XS.vragen
    with pytest.raises(CommandError, match="lege database"):
        roep("--omvang", "M")


@pytest.mark.django_db
def test_sessions_log_people_of_the_bulk_in(kleine_s, tmp_path):
    with pytest.raises(CommandError, match="--omvang"):
        roep("--sessies", "3", str(tmp_path / "sessies"))
    roep("--omvang", "S", "--sessies", "3", str(tmp_path / "sessies"))
    sleutels = (tmp_path / "sessies").read_text().split()
    wie = []
    for sleutel in sleutels:
        request = RequestFactory().get("/")
        request.session = sessies.SessionStore(sleutel)
        wie.append(get_user(request).email)
    assert wie == [bulk.adres(nummer) for nummer in (1, 30, 59)]
