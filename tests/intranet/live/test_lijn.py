"""A socket, by all its rules, in the one process of ``make start``."""

import json
import time

import pytest
from websockets.exceptions import InvalidStatus

from .huis import Lijn

pytestmark = pytest.mark.eenmaal  # on a SQLite of its own, whatever the suite runs on


def test_one_follows_what_one_may_read_and_nothing_else(in_een):
    huis, alles = in_een, [in_een.t("open"), in_een.t("besloten"), in_een.g("open"), in_een.g("besloten")]
    anna, bram, chris = huis.sessies("anna", "bram", "chris")
    vreemd = ["t:999", "g:0", "t:-1", f"u:{huis.mensen['anna']}", "s:" + "0" * 32, "*", "", 12, None]
    for sessie, mag in (
        (anna, alles),
        (bram, [huis.t("open"), huis.g("open")]),
        (chris, [huis.t("besloten"), huis.g("besloten")]),
    ):
        with Lijn(huis, sessie) as lijn:
            assert set(lijn.volg(*alles, *vreemd)) == set(mag)


def test_a_nudge_says_that_and_never_what_within_a_second(in_een):
    huis = in_een
    anna, bram, chris = huis.sessies("anna", "bram", "chris")
    with (
        Lijn(huis, anna, [huis.t("open"), huis.t("besloten")]) as van_anna,
        Lijn(huis, bram, [huis.t("open"), huis.t("besloten"), huis.g("open")]) as van_bram,
        Lijn(huis, chris, [huis.t("open"), huis.t("besloten")]) as van_chris,
    ):
        gegeven = huis.antwoord("bram", op="open")
        frame = van_bram.hoor("nieuw")
        assert frame["op"] - gegeven < 1
        assert set(frame) == {"soort", "sleutel", "op"}
        assert frame["sleutel"] == huis.t("open")
        assert van_anna.hoor("nieuw", huis.t("open"))
        # Her question: she hears of it in the bell too. The list of the Groep holds nothing new.
        assert van_anna.hoor("nieuw", f"u:{huis.mensen['anna']}")
        assert van_chris.stil() == []
        huis.antwoord("chris", op="besloten")
        assert van_chris.hoor("nieuw", huis.t("besloten"))
        assert huis.t("besloten") not in van_bram.stil()
        groep, wie = huis.groepen["open"], huis.mensen["anna"]
        huis.doe(f"Groep.objects.get(pk={groep}).stel_vraag(g(pk={wie}), 'Nog een?')")
        assert van_bram.hoor("nieuw", huis.g("open"))


def test_who_comes_back_hears_what_was_missed(in_een):
    huis = in_een
    (anna,) = huis.sessies("anna")
    with Lijn(huis, anna, [huis.t("open")]) as lijn:
        lijn.stil(6)  # longer than the slack between two clocks
        toen = time.time()
        assert lijn.volg(huis.t("open"), sinds=toen + 6)
        assert lijn.stil(0.3) == []
    huis.antwoord("bram")
    time.sleep(0.5)
    with Lijn(huis, anna) as lijn:
        lijn.volg(huis.t("open"), huis.t("besloten"), sinds=toen)
        assert [key for key in lijn.stil() if key[0] == "t"] == [huis.t("open")]
        lijn.volg(huis.t("open"), sinds=toen - 3600)
        assert lijn.hoor("kijk")


# --- Losing it --------------------------------------------------------------------------------------


def test_a_lost_groep_is_lost_at_once_and_only_by_who_lost_it(in_een):
    huis = in_een
    anna, chris, ook_chris = huis.sessies("anna", "chris", "chris")
    groep, wie = huis.groepen["besloten"], huis.mensen["chris"]
    eruit = f"Groep.objects.get(pk={groep}).verwijder_lid(g(pk={wie}), g(pk={huis.mensen['anna']}))"
    erin = f"Groep.objects.get(pk={groep}).voeg_toe(g(pk={wie}))"
    with (
        Lijn(huis, anna, [huis.t("besloten")]) as van_anna,
        Lijn(huis, chris, [huis.t("besloten"), huis.g("besloten")]) as van_chris,
        Lijn(huis, ook_chris, [huis.t("besloten")]) as elders,
    ):
        huis.doe(eruit)
        try:
            time.sleep(1)
            huis.antwoord("anna", op="besloten")
            assert van_anna.hoor("nieuw", huis.t("besloten"))
            assert {*van_chris.stil(), *elders.stil()} <= {f"u:{wie}"}
            assert van_chris.volg(huis.t("besloten")) == []
        finally:
            huis.doe(erin)
        assert van_chris.volg(huis.t("besloten")) == [huis.t("besloten")]


def test_a_groep_that_closes_and_a_question_that_moves_take_their_followers_along(in_een):
    huis = in_een
    anna, bram = huis.sessies("anna", "bram")
    groep, vraag, door = huis.groepen["open"], huis.vragen["open"], f"g(pk={huis.mensen['anna']})"
    huis.doe(
        f"Groep.objects.get(pk={groep}).lidmaatschappen.filter(gebruiker={huis.mensen['bram']}).delete()"
    )
    soort = f"x = Groep.objects.get(pk={groep}); x.wijzig({door}, soort='%s')"
    naar = f"Vraag.objects.get(pk={vraag}).thread.verplaats(Groep.objects.get(pk=%d), {door})"
    for verlies, herstel in (
        (soort % "verborgen", soort % "open"),
        (naar % huis.groepen["besloten"], naar % groep),
    ):
        with Lijn(huis, anna, [huis.t("open")]) as van_anna, Lijn(huis, bram, [huis.t("open")]) as van_bram:
            assert van_bram.volgt == [huis.t("open")]
            huis.doe(verlies)
            try:
                time.sleep(1)
                van_bram.stil(0.1)
                huis.antwoord("anna")
                assert van_anna.hoor("nieuw", huis.t("open"))
                assert van_bram.stil() == []
            finally:
                huis.doe(herstel)


@pytest.mark.parametrize("hoe", ["blokkeer", "beeindig"])
def test_whoever_is_blocked_or_has_left_is_gone_within_five_seconds(in_een, hoe):
    huis, pk = in_een, in_een.mensen["chris"]
    sessie, ander, anna = huis.sessies("chris", "chris", "anna")
    with Lijn(huis, sessie) as lijn, Lijn(huis, ander) as ook, Lijn(huis, anna) as van_anna:
        for een in (lijn, ook, van_anna):
            een.volg(huis.t("besloten"))
        huis.doe(f"g(pk={pk}).{hoe}()")
        try:
            assert lijn.dicht(5) == ook.dicht(5) == 4401
            with Lijn(huis, ander) as nog_eens:
                assert nog_eens.dicht() == 4401
            assert van_anna.volg(huis.t("besloten"))
        finally:
            huis.doe(f"g(pk={pk}).laat_weer_toe()")


def test_logging_out_on_the_page_closes_the_sockets_of_that_browser(in_een):
    from tests.test_compose import Bezoeker

    huis = in_een
    sessie, ander = huis.sessies("anna", "anna")
    bezoeker = Bezoeker(huis.url)
    bezoeker.koekjes["sessionid"] = sessie
    with Lijn(huis, sessie, [huis.t("open")]) as lijn, Lijn(huis, ander, [huis.t("open")]) as elders:
        token = bezoeker.vraag("GET", "/concepten/csrf/")
        velden = {"csrfmiddlewaretoken": json.loads(token.tekst)["token"]}
        antwoord = bezoeker.vraag("POST", "/account/logout/", velden, Origin=huis.url)
        assert antwoord.status == 302, antwoord.tekst[:500]
        assert lijn.dicht(5) == 4401
        assert elders.volg(huis.t("open"))


# --- What is no page of ours ------------------------------------------------------------------------


@pytest.mark.parametrize("sleutels", [{"t:1": 1}, "t:1", None, 3, [["t:1"]], [{}]])
def test_what_is_no_list_of_keys_follows_nothing(in_een, sleutels):
    (anna,) = in_een.sessies("anna")
    with Lijn(in_een, anna) as lijn:
        lijn.zeg(soort="volg", sleutels=sleutels, sinds="gisteren")
        assert lijn.hoor("volgt")["sleutels"] == []


def test_there_is_an_end_to_frames_keys_and_sockets(in_een):
    huis = in_een
    anna, bram = huis.sessies("anna", "bram")
    with Lijn(huis, anna) as lijn:
        lijn.zeg(soort="volg", sleutels=[f"t:{nummer}" for nummer in range(1, 60)])
        assert lijn.dicht() == 4429
    with Lijn(huis, anna) as lijn:
        for _keer in range(40):
            lijn.zeg(soort="ping")
        assert lijn.dicht() == 4429
    lijnen = [Lijn(huis, bram) for _keer in range(41)]
    try:
        assert lijnen[-1].dicht() == 4429
        assert lijnen[0].volg(huis.t("open"))
    finally:
        for lijn in lijnen:
            lijn.sluit()


@pytest.mark.parametrize(
    "origin",
    [
        "https://elders.example",
        "null",
        "http://localhost",
        "http://localhost.elders.example",
        "ftp://localhost",
    ],
)
def test_a_page_of_another_site_opens_nothing(in_een, origin):
    (anna,) = in_een.sessies("anna")
    with pytest.raises(InvalidStatus) as geweigerd:
        in_een.socket(anna, origin=origin)
    assert geweigerd.value.response.status_code == 403


def test_it_forgets_who_left(in_een):
    """No key and no socket stays behind: after all these, a new one still gets every nudge once."""
    huis = in_een
    (anna,) = huis.sessies("anna")
    for _keer in range(30):
        with Lijn(huis, anna, [huis.t("open"), huis.g("open")]):
            pass
    with Lijn(huis, anna, [huis.t("open")]) as lijn:
        huis.antwoord("bram")
        assert lijn.hoor("nieuw", huis.t("open"))
        assert lijn.stil().count(huis.t("open")) == 0
