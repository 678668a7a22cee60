"""Installable, without network, and Meldingen from outside, in a real Chromium.

The service of the browser's maker is the one thing that is not here: its subscription is a ``Toestel`` of
ours, and Chromium's own developer tools bring the message.
"""

import json

import pytest
from playwright.sync_api import expect

from intranet.meldingen.models import Abonnement
from tests.browser.blik import blik
from tests.browser.test_paginas import venster  # noqa: F401
from tests.browser.test_toetsenbord import tab_naar
from tests.duwdienst import Toestel
from tests.intranet.editor_proef import chromium, log_in  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.eenmaal]

# What a browser does when its maker's service takes the subscription.
DIENST_VAN_DE_MAKER = """
velden => {
  const toJSON = () => ({ endpoint: velden.adres, keys: velden });
  const van = { endpoint: velden.adres, options: {}, toJSON };
  let staat = null;
  PushManager.prototype.subscribe = async (opties) => (staat = { ...van, options: opties });
  PushManager.prototype.getSubscription = async () => staat;
}
"""


def klaar(pagina):
    """Wait until the service worker is at work."""
    pagina.evaluate("navigator.serviceWorker.ready.then((een) => new Promise((goed) => een.active.state === 'activated' ? goed() : een.active.addEventListener('statechange', goed)))")  # noqa: E501  # fmt: skip


def test_without_network_there_is_a_page_of_ours_and_nothing_of_anybody(venster, open_groep, anna):  # noqa: F811
    open_groep.stel_vraag(anna, "Een geheim van de balie?")
    pagina = venster(anna, service_workers="allow")
    pagina.goto("/vragen/")
    klaar(pagina)
    pagina.goto("/groepen/")
    bewaard = pagina.evaluate(
        "caches.keys().then((namen) => Promise.all(namen.map(async (naam) => (await (await caches.open(naam)).keys()).map((een) => new URL(een.url).pathname)))).then((alle) => alle.flat())"  # noqa: E501
    )
    assert "/offline/" in bewaard
    assert all(adres == "/offline/" or adres.startswith("/static/") for adres in bewaard)
    assert "Anna" not in pagina.evaluate("caches.match('/offline/').then((een) => een.text())")

    pagina.context.set_offline(True)
    pagina.goto("/vragen/")
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Je hebt even geen verbinding")
    # In our own colours.
    kop = pagina.locator(".bp-kop")
    assert kop.evaluate("een => getComputedStyle(een).backgroundColor") == "rgb(18, 82, 123)"
    pagina.context.set_offline(False)
    pagina.get_by_role("link", name="Probeer het opnieuw").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Vragen")


@pytest.mark.parametrize("breedte", [1280, 375])
def test_a_device_is_switched_on_told_tried_and_off(venster, open_groep, anna, bram, breedte):  # noqa: F811
    toestel = Toestel("chromium")
    pagina = venster(anna, service_workers="allow", viewport={"width": breedte, "height": 812})
    pagina.context.grant_permissions(["notifications"])
    pagina.context.add_init_script(f"({DIENST_VAN_DE_MAKER})({json.dumps(toestel.velden)})")
    pagina.goto("/meldingen/instellen/")
    klaar(pagina)
    vak = pagina.locator("#apparaten-vak")
    knop = vak.get_by_role("button", name="Zet aan op dit apparaat")
    assert not blik(pagina)
    knop.focus()
    pagina.keyboard.press("Enter")
    expect(vak).to_contain_text("Staan aan op Chrome op Linux")
    expect(vak).to_contain_text("Dat is dit apparaat.")
    expect(knop).to_be_hidden()
    assert not blik(pagina)
    apparaat = Abonnement.objects.get()
    assert (apparaat.gebruiker, apparaat.adres, apparaat.p256dh) == (
        anna,
        toestel.adres,
        toestel.velden["p256dh"],
    )
    # A try, and off again, by keyboard.
    tab_naar(pagina, vak.get_by_role("button", name="Stuur een proef"))
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_text("De proef is onderweg naar 1 apparaat.")).to_be_visible()
    tab_naar(pagina, vak.get_by_role("button", name="Zet uit op Chrome op Linux"))
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_text("Chrome op Linux krijgt geen meldingen meer.")).to_be_visible()
    assert not Abonnement.objects.exists()


def test_who_logs_in_again_on_their_own_device_is_on_again_and_another_is_not(
    venster, open_groep, anna, bram, live_server  # noqa: F811
):  # fmt: skip
    toestel = Toestel("chromium")
    pagina = venster(anna, service_workers="allow")
    pagina.context.grant_permissions(["notifications"])
    pagina.context.add_init_script(f"({DIENST_VAN_DE_MAKER})({json.dumps(toestel.velden)})")
    pagina.goto("/meldingen/instellen/")
    klaar(pagina)
    vak = pagina.locator("#apparaten-vak")
    vak.get_by_role("button", name="Zet aan op dit apparaat").click()
    expect(vak).to_contain_text("Staan aan")
    Abonnement.objects.all().delete()  # as when a login ends

    def opnieuw(wie):
        log_in(pagina.context, live_server, wie)
        pagina.evaluate("sessionStorage.clear()")
        pagina.goto("/groepen/")
        pagina.wait_for_timeout(1500)

    opnieuw(bram)
    assert list(Abonnement.objects.values_list("gebruiker__voornaam", flat=True)) == []
    opnieuw(anna)
    assert Abonnement.objects.get().gebruiker == anna


def test_a_message_from_outside_is_shown(venster, open_groep, anna):  # noqa: F811
    pagina = venster(anna, service_workers="allow")
    pagina.context.grant_permissions(["notifications"])
    cdp = pagina.context.new_cdp_session(pagina)
    nummers, getoond = [], []
    cdp.on("ServiceWorker.workerRegistrationUpdated", lambda wat: nummers.extend(wat["registrations"]))
    cdp.on("BackgroundService.backgroundServiceEventReceived", lambda wat: getoond.append(_zegt(wat)))
    cdp.send("ServiceWorker.enable")
    # Chromium says itself what it displayed.
    cdp.send("BackgroundService.startObserving", {"service": "notifications"})
    cdp.send("BackgroundService.setRecording", {"service": "notifications", "shouldRecord": True})
    pagina.goto("/vragen/")
    klaar(pagina)
    wat = {
        "titel": "Je bent genoemd",
        "tekst": "Bram: Mag dit?",
        "adres": "/groepen/",
        "merk": "t1",
        "nieuw": 3,
    }
    for nummer, tekst in enumerate((json.dumps(wat), json.dumps(wat | {"tekst": "En dit?"}), "geen json"), 1):
        bericht = {
            "origin": pagina.evaluate("location.origin"),
            "registrationId": nummers[0]["registrationId"],
            "data": tekst,
        }
        cdp.send("ServiceWorker.deliverPushMessage", bericht)
        for _keer in range(100):
            if len(getoond) < nummer:
                pagina.wait_for_timeout(100)
    # About the same: under the same tag, so the newest alone. And what says nothing shows something.
    assert getoond == [
        ("Je bent genoemd", "Bram: Mag dit?", "t1"),
        ("Je bent genoemd", "En dit?", "t1"),
        ("Binnenplein", "", "alles"),
    ]


def _zegt(wat):
    wat = wat["backgroundServiceEvent"]
    meer = {een["key"]: een["value"] for een in wat["eventMetadata"]}
    return meer["Title"], meer["Body"], wat["instanceId"]


def test_it_can_be_installed(venster, anna):  # noqa: F811
    pagina = venster(anna, service_workers="allow")
    pagina.goto("/vragen/")
    klaar(pagina)
    cdp = pagina.context.new_cdp_session(pagina)
    manifest = cdp.send("Page.getAppManifest")
    assert manifest["errors"] == []
    data = json.loads(manifest["data"])
    assert (data["display"], data["start_url"], data["theme_color"]) == ("standalone", "/", "#12527b")
    fouten = cdp.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # A test window is a private one, which installs nothing.
    assert {fout["errorId"] for fout in fouten} <= {"in-incognito"}
    for icoon in data["icons"]:
        antwoord = pagina.context.request.get(icoon["src"])
        assert antwoord.headers["content-type"] == "image/png"
