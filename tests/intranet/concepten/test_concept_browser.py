"""A text in a real Chromium survives a closed tab, a lost session, a dead server and a double click."""

import pytest
from playwright.sync_api import expect

from intranet.concepten.models import Concept
from tests.intranet.editor_proef import log_in
from tests.urls_editor import PLEK

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.eenmaal]


def schrijf(pagina, titel="Mag dit?", inhoud="een lang verhaal"):
    if titel:
        pagina.get_by_label("Wat wil je weten?").fill(titel)
    pagina.locator(".ProseMirror").press_sequentially(inhoud)


def wacht_tot_bewaard(pagina):
    expect(pagina.locator("[data-bewaard]")).to_contain_text("Concept bewaard om")


def heropen(venster, live_server):
    pagina = venster.new_page()
    pagina.goto(f"{live_server.url}/proef/")
    pagina.locator(".ProseMirror").wait_for()
    return pagina


def plaats(pagina):
    pagina.get_by_role("button", name="Plaats je vraag").click()


def test_a_closed_tab_opens_with_the_draft(pagina, venster, live_server):
    schrijf(pagina)
    wacht_tot_bewaard(pagina)
    pagina.close()
    nieuw = heropen(venster, live_server)
    assert nieuw.get_by_label("Wat wil je weten?").input_value() == "Mag dit?"
    assert nieuw.locator(".ProseMirror").inner_text() == "een lang verhaal"
    assert nieuw.get_by_text("We vonden je concept").is_visible()
    assert "verhaal" not in nieuw.evaluate("JSON.stringify([localStorage, sessionStorage])")
    nieuw.get_by_role("button", name="Begin opnieuw").click()
    nieuw.wait_for_load_state()
    assert nieuw.get_by_label("Wat wil je weten?").input_value() == ""


def test_leaving_within_a_second_saves_too(pagina, venster, live_server, anna):
    schrijf(pagina, inhoud="snel weg")
    pagina.goto(f"{live_server.url}/geplaatst/")
    nieuw = heropen(venster, live_server)
    assert nieuw.locator(".ProseMirror").inner_text() == "snel weg"


def test_posting_ends_the_draft(pagina, proefhuis, anna):
    schrijf(pagina)
    wacht_tot_bewaard(pagina)
    schrijf(pagina, titel="", inhoud=" en meer")  # a save is still to come when the post leaves
    plaats(pagina)
    pagina.wait_for_url("**/geplaatst/")
    pagina.wait_for_timeout(1500)
    assert [d["inhoud"] for d in proefhuis.GEPLAATST] == ["<p>een lang verhaal en meer</p>"]
    assert not Concept.voor(anna, PLEK)


def test_a_double_click_posts_once(pagina, proefhuis):
    schrijf(pagina)
    pagina.get_by_role("button", name="Plaats je vraag").dblclick()
    pagina.wait_for_url("**/geplaatst/")
    pagina.wait_for_timeout(500)
    assert len(proefhuis.GEPLAATST) == 1


def test_a_lost_session_and_a_login_in_another_tab(pagina, venster, live_server, proefhuis, anna):
    schrijf(pagina)
    wacht_tot_bewaard(pagina)
    venster.clear_cookies()
    plaats(pagina)
    expect(pagina.get_by_text("Je bent uitgelogd")).to_be_visible()
    assert pagina.url.endswith("/proef/")
    assert proefhuis.GEPLAATST == []
    schrijf(pagina, titel="", inhoud=" en door")
    with venster.expect_page() as nieuw:
        pagina.get_by_role("link", name="Log in in een nieuw tabblad").click()
    anna.set_password("een-heel-lang-wachtwoord")
    anna.save()
    from allauth.account.models import EmailAddress

    EmailAddress.objects.get_or_create(
        user=anna, email=anna.email, defaults={"verified": True, "primary": True}
    )
    inlog = nieuw.value
    inlog.get_by_label("E-mailadres").fill(anna.email)
    inlog.get_by_label("Wachtwoord", exact=True).fill("een-heel-lang-wachtwoord")
    inlog.get_by_role("button", name="Log in", exact=True).click()
    expect(inlog.get_by_text("Je bent weer ingelogd")).to_be_visible()
    inlog.close()
    pagina.bring_to_front()
    pagina.evaluate("dispatchEvent(new Event('focus'))")  # headless has one window, always in front
    expect(pagina.get_by_text("Je bent uitgelogd")).to_have_count(0)
    plaats(pagina)
    pagina.wait_for_url("**/geplaatst/")
    (ding,) = proefhuis.GEPLAATST
    assert (ding["inhoud"], ding["door"]) == ("<p>een lang verhaal en door</p>", anna.pk)


def test_a_lost_session_shows_while_typing(pagina, venster):
    venster.clear_cookies()
    schrijf(pagina)
    expect(pagina.get_by_text("Je bent uitgelogd")).to_be_visible()


def test_somebody_else_logged_in_meanwhile(pagina, venster, live_server, proefhuis, bram):
    schrijf(pagina)
    wacht_tot_bewaard(pagina)
    log_in(venster, live_server, bram)
    plaats(pagina)
    expect(pagina.get_by_text("Er is nu iemand anders ingelogd")).to_be_visible()
    assert proefhuis.GEPLAATST == []
    assert pagina.locator(".ProseMirror").inner_text() == "een lang verhaal"
    assert not Concept.voor(bram, PLEK)


def test_no_connection_keeps_the_text_and_tries_again(pagina, venster, proefhuis, anna):
    venster.set_offline(True)
    schrijf(pagina)
    expect(pagina.locator("[data-bewaard]")).to_contain_text("Bewaren lukt nu niet")
    plaats(pagina)
    expect(pagina.get_by_text("Dit is nog niet geplaatst")).to_be_visible()
    assert pagina.locator(".ProseMirror").inner_text() == "een lang verhaal"
    venster.set_offline(False)
    wacht_tot_bewaard(pagina)
    expect(pagina.get_by_text("Dit is nog niet geplaatst")).to_have_count(0)
    plaats(pagina)
    pagina.wait_for_url("**/geplaatst/")
    assert len(proefhuis.GEPLAATST) == 1


def test_a_server_error_keeps_the_draft(pagina, venster, live_server):
    pagina.goto(f"{live_server.url}/proef/?naar=/proef/%3Fstuk=1")
    pagina.locator(".ProseMirror").wait_for()
    schrijf(pagina)
    plaats(pagina)
    expect(pagina.get_by_role("heading", level=1)).not_to_have_text("Stel een vraag")
    nieuw = heropen(venster, live_server)
    assert nieuw.locator(".ProseMirror").inner_text() == "een lang verhaal"
