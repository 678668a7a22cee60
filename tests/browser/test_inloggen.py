"""Log in with a passkey, a code and a recovery code, in a real Chromium that has a key of its own."""

import re

import pytest
from allauth.mfa.totp.internal import auth as codes
from playwright.sync_api import expect

from intranet.accounts import bevestig_adressen
from tests.intranet.editor_proef import chromium  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.eenmaal]

WACHTWOORD = "een lang wachtwoord van Anna"


@pytest.fixture
def pagina(chromium, live_server, anna, settings):  # noqa: F811
    settings.DEMO_TOEGESTAAN = True  # the people of the tests live at .example
    anna.set_password(WACHTWOORD)
    anna.save()
    bevestig_adressen([anna])
    # A key belongs to a name, not to an address of numbers.
    context = chromium.new_context(locale="nl-NL", base_url=live_server.url.replace("127.0.0.1", "localhost"))
    pagina = context.new_page()
    kastje = context.new_cdp_session(pagina)
    kastje.send("WebAuthn.enable")
    opties = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    kastje.send("WebAuthn.addVirtualAuthenticator", {"options": opties})
    yield pagina
    pagina.goto("about:blank")
    context.close()


def log_in(pagina, anna):
    pagina.goto("/account/login/?next=/groepen/")
    pagina.get_by_label("E-mailadres van je werk").fill(anna.email)
    pagina.get_by_label("Wachtwoord", exact=True).fill(WACHTWOORD)
    pagina.get_by_role("button", name="Log in", exact=True).click()


def log_uit(pagina):
    pagina.goto("/account/logout/")
    pagina.locator("main").get_by_role("button", name="Log uit").click()
    pagina.wait_for_url("**/account/login/**")


def naar(pagina, adres):
    """A page about logging in asks who you are first."""
    pagina.goto(adres)
    if "reauthenticate" in pagina.url:
        pagina.get_by_label("Wachtwoord", exact=True).fill(WACHTWOORD)
        pagina.get_by_role("button", name="Bevestig").click()
        pagina.wait_for_url(f"**{adres}")


def test_a_passkey_made_as_it_comes_logs_in_without_password(pagina, anna):
    log_in(pagina, anna)
    naar(pagina, "/account/2fa/webauthn/add/")
    expect(pagina.get_by_label("Naam van de sleutel")).to_have_value(re.compile(r"^Sleutel van \d+ \w+"))
    pagina.get_by_role("button", name="Voeg toe").click()
    pagina.wait_for_url("**/recovery-codes/")
    log_uit(pagina)

    pagina.goto("/account/login/?next=/groepen/")
    pagina.get_by_role("button", name="Inloggen met een toegangssleutel").click()

    expect(pagina.get_by_role("heading", name="Groepen", level=1)).to_be_visible()

    # After a password the key is the second step.
    log_uit(pagina)
    log_in(pagina, anna)
    pagina.get_by_role("button", name="Gebruik een toegangssleutel").click()
    expect(pagina.get_by_role("heading", name="Groepen", level=1)).to_be_visible()
    pagina.goto("/account/2fa/totp/activate/")
    expect(pagina.get_by_role("link", name="Gebruik een toegangssleutel")).to_be_visible()


def test_a_code_after_the_password_and_a_recovery_code_in_its_place(pagina, anna):
    log_in(pagina, anna)
    naar(pagina, "/account/2fa/totp/activate/")
    geheim = re.search(r"\b[A-Z2-7]{32}\b", pagina.content())[0]
    pagina.get_by_label("Code van 6 cijfers").fill("000000")
    pagina.get_by_role("button", name="Zet de code-app aan").click()
    expect(pagina.get_by_text("Deze code klopt niet")).to_be_visible()
    code = codes.format_hotp_value(codes.hotp_value(geheim, next(codes.yield_hotp_counters_from_time())))
    pagina.get_by_label("Code van 6 cijfers").fill(code)
    pagina.get_by_role("button", name="Zet de code-app aan").click()
    expect(pagina.get_by_text("Je code-app staat aan.")).to_be_visible()
    naar(pagina, "/account/2fa/recovery-codes/")
    herstel = re.findall(r"\b\d{8}\b", pagina.locator("main").inner_text())
    assert len(herstel) == 10
    log_uit(pagina)

    log_in(pagina, anna)
    expect(pagina.get_by_role("heading", name="Bevestig dat jij het bent")).to_be_visible()
    expect(pagina.get_by_role("button", name="Gebruik een toegangssleutel")).to_have_count(0)
    pagina.goto("/groepen/")  # half in is not in
    expect(pagina.get_by_role("heading", name="Bevestig dat jij het bent")).to_be_visible()
    pagina.get_by_label("Code van 6 cijfers").fill(herstel[0])
    pagina.get_by_role("button", name="Ga verder").click()
    expect(pagina.get_by_role("heading", name="Groepen", level=1)).to_be_visible()

    # A recovery code works once.
    log_uit(pagina)
    log_in(pagina, anna)
    pagina.get_by_label("Code van 6 cijfers").fill(herstel[0])
    pagina.get_by_role("button", name="Ga verder").click()
    expect(pagina.get_by_text("Deze code klopt niet")).to_be_visible()
