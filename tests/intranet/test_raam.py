"""The frame around every page, the pages that say what went wrong, and the languages and policies."""

import re
from datetime import timedelta
from pathlib import Path

import allauth
import pytest
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.core.context import request_context
from django.conf import settings
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.test import Client, RequestFactory
from django.utils import timezone

from groepen.models import Groep, Lidmaatschap
from intranet.middleware import BeheerCspMiddleware
from intranet.raam import GROEPEN_IN_RAAM, Bericht, raam
from profielen.models import Gebruiker

pytestmark = pytest.mark.urls("tests.intranet.raam_urls")


def lid_van(gebruiker, naam, actief_op=None, bezocht_op=None):
    groep = Groep.objects.create(naam=naam, slug=naam.lower().replace(" ", "-"), laatst_actief_op=actief_op)
    Lidmaatschap.objects.create(groep=groep, gebruiker=gebruiker, bezocht_op=bezocht_op)
    return groep


def verzoek(gebruiker, pad="/"):
    request = RequestFactory().get(pad)
    request.user = Gebruiker.objects.select_related("profiel").get(pk=gebruiker.pk)
    return request


def test_frame_costs_one_query_however_many_groups(anna, django_assert_num_queries):
    for n in range(3):
        lid_van(anna, f"Groep {n}")
    request = verzoek(anna)
    with django_assert_num_queries(1):
        r = raam(request)
        namen = [lidmaatschap.groep.naam for lidmaatschap in r.groepen]
        assert r.actief == "start"
        assert raam(request) is r
    assert namen == ["Groep 0", "Groep 1", "Groep 2"]


def test_most_active_groups_by_name_when_there_are_many(anna):
    nu = timezone.now()
    for n in range(GROEPEN_IN_RAAM + 3):
        lid_van(anna, f"Groep {chr(65 + n)}", actief_op=nu - timedelta(days=n))
    lid_van(anna, "Groep zonder leven")
    namen = [lidmaatschap.groep.naam for lidmaatschap in raam(verzoek(anna)).groepen]
    assert namen == [f"Groep {chr(65 + n)}" for n in range(GROEPEN_IN_RAAM)]


def test_closed_groups_are_not_in_the_way(anna):
    groep = lid_van(anna, "Dicht")
    Groep.objects.filter(pk=groep.pk).update(gesloten_op=timezone.now())
    assert raam(verzoek(anna)).groepen == []


def test_dot_stands_at_a_group_with_something_new(anna, client):
    nu = timezone.now()
    lid_van(anna, "Nieuws", actief_op=nu, bezocht_op=nu - timedelta(hours=1))
    lid_van(anna, "Gezien", actief_op=nu - timedelta(hours=1), bezocht_op=nu)
    lid_van(anna, "Nooit geweest", actief_op=nu)
    lid_van(anna, "Stil")
    client.force_login(anna)
    html = client.get("/").content.decode()
    for naam, stip in (("Nieuws", True), ("Gezien", False), ("Nooit geweest", True), ("Stil", False)):
        regel = next(r for r in html.splitlines() if f">{naam}</span>" in r)
        assert ("bp-stip" in regel) is stip


@pytest.mark.parametrize(
    ("pad", "actief"),
    [
        ("/", "start"),
        ("/vragen/12/", "vragen"),
        ("/groepen/", "groepen"),
        ("/groepen/van-mij/", "groep:van-mij"),
        ("/groepen/van-mij/leden/", "groep:van-mij"),
        ("/groepen/van-een-ander/", "groepen"),
        ("/mensen/3/", "mensen"),
    ],
)
def test_menu_shows_where_we_are(anna, pad, actief):
    lid_van(anna, "Van mij")
    assert raam(verzoek(anna, pad)).actief == actief


def test_stranger_gets_the_bare_frame_and_no_query(db, client, django_assert_num_queries):
    with django_assert_num_queries(0):
        html = client.get("/privacy/").content.decode()
    assert "bp-kaal" in html
    assert "bp-zijbalk" not in html


def test_frame_of_someone_who_is_logged_in(anna, client):
    client.force_login(anna)
    html = client.get("/privacy/").content.decode()
    assert "bp-zijbalk" in html
    assert f'href="/mensen/{anna.pk}/"' in html
    assert 'action="/account/logout/"' in html
    assert html.count("<h1") == 1
    # What is not built yet is not linked to: raam_urls has no search page and nowhere to ask.
    assert "bp-zoekvak" not in html
    assert "Agenda" not in html
    assert "Stel een vraag" not in html


def test_good_news_is_a_toast_and_bad_news_a_notice():
    request = RequestFactory().get("/")
    request._messages = [
        Message(constants.SUCCESS, "Geplaatst."),
        Message(constants.WARNING, "Let op."),
        Message(constants.ERROR, "Mislukt."),
    ]
    assert raam(request).berichten == [
        Bericht("toast", "Geplaatst."),
        Bericht("let", "Let op."),
        Bericht("fout", "Mislukt."),
    ]


@pytest.mark.parametrize(
    ("cookie", "thema"), [("donker", "donker"), ("licht", "licht"), ('"><script>', "auto")]
)
def test_chosen_theme_comes_with_the_page(client, db, cookie, thema):
    client.cookies["thema"] = cookie
    assert f'data-thema="{thema}"' in client.get("/privacy/").content.decode()


# --- language -------------------------------------------------------------------------------------


def test_page_speaks_the_language_of_its_reader(anna, client):
    Gebruiker.objects.filter(pk=anna.pk).update(taal="en")
    client.force_login(anna)
    response = client.get("/privacy/")
    assert '<html lang="en"' in response.content.decode()
    assert response["Content-Language"] == "en"


def test_strangers_are_spoken_to_in_dutch(client, db):
    response = client.get("/privacy/", headers={"accept-language": "en"})
    assert '<html lang="nl"' in response.content.decode()


# --- policy ---------------------------------------------------------------------------------------


def test_our_pages_have_the_strict_policy_and_the_editors_side_its_own(client, db):
    eigen = client.get("/privacy/")["Content-Security-Policy"]
    assert "unsafe" not in eigen
    assert "default-src 'self'" in eigen
    cms = client.get("/cms/")["Content-Security-Policy"]
    assert cms == BeheerCspMiddleware.BELEID
    assert "http" not in cms


# --- what went wrong ------------------------------------------------------------------------------


@pytest.mark.parametrize("debug", [False, True])
def test_missing_page_in_words(client, anna, settings, debug):
    """The same where the house is tried (``make start``): no list of addresses."""
    settings.DEBUG = debug
    vreemde = client.get("/bestaat-niet/")
    assert vreemde.status_code == 404
    assert "Deze pagina is er niet" in vreemde.content.decode()
    client.force_login(anna)
    assert "bp-zijbalk" in client.get("/bestaat-niet/").content.decode()


def test_refusal_says_why(client, db):
    response = client.get("/verboden/")
    assert response.status_code == 403
    assert "Alleen een beheerder mag dit." in response.content.decode()


def test_scripts_get_json(client, db):
    response = client.get("/verboden/", headers={"accept": "application/json"})
    assert response.status_code == 403
    assert response.json() == {"fout": "Alleen een beheerder mag dit."}


def test_failure_page_needs_no_database(anna, django_assert_num_queries):
    client = Client(raise_request_exception=False)
    client.force_login(anna)
    # Two of the session and the Gebruiker; the page itself asks nothing.
    with django_assert_num_queries(2):
        response = client.get("/stuk/")
    assert response.status_code == 500
    assert "Er ging iets mis" in response.content.decode()
    assert "Anna" not in response.content.decode()


def test_too_much_at_once_gets_words(client, db, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
    response = client.post("/plaats/", {"titel": "x" * 1024 * 1024})
    assert response.status_code in (200, 413)  # multipart fields count apart from the body
    response = client.post("/plaats/", b"titel=" + b"x" * 1024 * 1024, "application/x-www-form-urlencoded")
    assert response.status_code == 413
    assert "hooguit 1 MB" in response.content.decode()


@pytest.fixture
def streng():
    return Client(enforce_csrf_checks=True)


VERZONDEN = {
    "titel": "Mag een foodtruck op het <schoolplein>?",
    "inhoud": "Regel 1\nRegel 2",
    "password": "geheim!",
}


def test_old_token_keeps_the_text_for_a_form_of_our_own(streng, db):
    response = streng.post("/plaats/?plek=3", VERZONDEN, headers={"sec-fetch-site": "same-origin"})
    html = response.content.decode()
    assert response.status_code == 403
    assert "Mag een foodtruck op het &lt;schoolplein&gt;?" in html
    assert "Regel 1\nRegel 2</textarea>" in html
    assert "geheim!" not in html
    assert 'action="/plaats/?plek=3"' in html
    # The fresh token of that page works.
    token = html.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    opnieuw = streng.post("/plaats/", {**VERZONDEN, "csrfmiddlewaretoken": token})
    assert (opnieuw.status_code, opnieuw.content.decode()) == (200, VERZONDEN["titel"])


@pytest.mark.parametrize(
    "headers",
    [{"sec-fetch-site": "cross-site"}, {"origin": "https://kwaad.example"}, {"sec-fetch-site": "none"}, {}],
)
def test_form_from_elsewhere_gets_no_second_chance(streng, db, headers):
    response = streng.post("/plaats/", VERZONDEN, headers=headers)
    html = response.content.decode()
    assert response.status_code == 403
    assert "foodtruck" not in html
    assert "csrfmiddlewaretoken" not in html


# --- the pages of allauth -------------------------------------------------------------------------

BUITEN = ("login", "signup", "password/reset", "password/reset/done", "inactive", "confirm-email")
BINNEN = ("logout", "password/change", "email", "sessions", "2fa", "2fa/webauthn", "2fa/totp/activate",
          "2fa/webauthn/add", "reauthenticate")  # fmt: skip
ENGELS = ("Sign ", "Please", "Your ", "your ", "Password", "Confirm ", "Email", " the ", "Menu:")


@pytest.mark.parametrize("pad", BUITEN)
def test_pages_before_the_door_are_ours_and_dutch(client, db, pad):
    html = client.get(f"/account/{pad}/", follow=True).content.decode()
    assert "bp-kaal" in html
    assert html.count("<h1") == 1
    assert not [woord for woord in ENGELS if woord in html.split("<main", 1)[1]]


@pytest.fixture
def anna_met_wachtwoord(anna):
    anna.set_password("een-lang-wachtwoord")
    anna.save()
    EmailAddress.objects.create(user=anna, email=anna.email, primary=True, verified=True)
    return anna


@pytest.mark.parametrize("pad", BINNEN)
def test_account_pages_are_ours_and_dutch(client, anna_met_wachtwoord, pad):
    client.force_login(anna_met_wachtwoord)
    response = client.get(f"/account/{pad}/", follow=True)
    html = response.content.decode()
    assert response.status_code == 200
    assert 'class="voorbeeld-theme utrecht-document binnenplein' in html
    assert html.count("<h1") == 1
    assert not [woord for woord in ENGELS if woord in html.split("<main", 1)[1]]


def test_mail_of_allauth_is_ours_and_dutch(client, anna_met_wachtwoord, mailoutbox):
    client.post("/account/password/reset/", {"email": anna_met_wachtwoord.email})
    (mail,) = mailoutbox
    assert mail.body.startswith("Hallo,")
    assert settings.SITE_NAAM in mail.body
    assert not [woord for woord in ENGELS if woord in mail.subject + mail.body]


ALLAUTH = Path(allauth.__file__).parent / "templates"
# Off in our settings: logging in and resetting by code, and mail about accounts elsewhere.
ONGEBRUIKT = {"login_code", "password_reset_code", "base_message", "base_notification"}
POST = sorted(
    f"{pad.parent.parent.name}/email/{naam}"
    for pad in [*ALLAUTH.glob("account/email/*_subject.txt"), *ALLAUTH.glob("mfa/email/*_subject.txt")]
    if (naam := pad.name.removesuffix("_subject.txt")) not in ONGEBRUIKT
)


@pytest.mark.parametrize("soort", POST)
def test_every_mail_about_an_account_is_ours(soort, anna, rf, mailoutbox):
    """allauth asks for a subject and a body by name: both are templates of ours, in our words."""
    onze = settings.BASE_DIR / "templates" / "django"
    zelfde = soort.removesuffix("_signup")  # of a new account: allauth takes in the one without
    teksten = [(onze / f"{zelfde}_{deel}.txt").read_text() for deel in ("subject", "message")]
    firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
    context = {"user": anna, "ip": "10.0.0.1", "user_agent": firefox, "timestamp": timezone.now()}

    with request_context(rf.get("/")):
        get_adapter().send_mail(soort, anna.email, context)

    (mail,) = mailoutbox
    geheel = mail.subject + mail.body
    assert not [woord for woord in (*ENGELS, "uthenticator", "eveiligingssleutel") if woord in geheel]
    assert mail.body.startswith("Hallo,")
    if "base_notification" in teksten[1]:
        assert re.search(
            r"Het gebeurde op \d+ \w+ \d{4}, \d+\.\d\d uur, vanaf 10.0.0.1, met Firefox op", geheel
        )


def test_session_list_names_the_browser_in_words(anna_met_wachtwoord):
    firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
    client = Client(headers={"user-agent": firefox})
    client.post("/account/login/", {"login": anna_met_wachtwoord.email, "password": "een-lang-wachtwoord"})
    assert "Firefox op Windows" in client.get("/account/sessions/").content.decode()
