"""Letters about getting in, through a real SMTP conversation."""

from contextlib import contextmanager

import pytest

from groepen.models import Uitnodiging
from intranet.events.models import Delivery, Event
from intranet.meldingen.outlet import handle
from tests import diensten


@pytest.fixture
def postbus(settings):
    with diensten.smtp() as mailbox:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mailbox.port
        settings.SITE_URL = "https://plein.zandmeer.example"
        yield mailbox


def woorden(brief):
    return brief.get_body(("plain",)).get_content()


def test_an_invitation_by_mail(postbus, bezorg_alles, besloten_groep, eva):
    Event.objects.all().delete()
    eva.voornaam = "Eva & Eef"
    eva.save()
    uitnodiging = besloten_groep.nodig_uit("nieuw@elders.example", "lid", eva)
    bezorg_alles()
    [brief] = postbus.messages
    assert postbus.recipients == [["nieuw@elders.example"]]
    assert brief["Subject"] == "Eva & Eef Eigenaar nodigt je uit voor Groep besloten"
    assert brief["Message-ID"] == f"<event-{Event.objects.get().pk}-uitnodiging@plein.zandmeer.example>"
    assert brief["Auto-Submitted"] == "auto-generated"
    link = f"https://plein.zandmeer.example/uitnodiging/{uitnodiging.sleutel}/"
    assert link in woorden(brief)
    html = brief.get_body(("html",)).get_content()
    assert f'href="{link}"' in html
    assert "Eva &amp; Eef Eigenaar" in html
    assert "&amp;" not in woorden(brief)
    for tekst in (woorden(brief), html):
        assert "nieuw@elders.example" in tekst
        assert "één keer" in tekst


@pytest.mark.parametrize("hoe", ["ingetrokken", "aanvaard", "weg", "geblokkeerd"])
def test_no_letter_for_what_no_longer_holds(postbus, bezorg_alles, besloten_groep, eva, dora, bram, hoe):
    uitnodiging = besloten_groep.nodig_uit(bram.email, "lid", eva)
    if hoe == "ingetrokken":
        uitnodiging.trek_in(eva)
    elif hoe == "aanvaard":
        uitnodiging.aanvaard(bram)
    elif hoe == "weg":
        Uitnodiging.objects.all().delete()
    else:
        bram.blokkeer(eva)
    bezorg_alles()
    assert postbus.messages == []


def test_asking_mails_those_who_decide_and_the_answer_goes_back(
    postbus, bezorg_alles, besloten_groep, eva, dora, bram
):
    dora.taal = "en"
    dora.save()
    bram.profiel.functie = "Consulent"
    bram.profiel.save()
    verzoek = besloten_groep.vraag_toegang(bram, "Ik werk bij het wijkteam.")
    bezorg_alles()
    assert sorted(naar for [naar] in postbus.recipients) == [dora.email, eva.email]
    aan_eva = next(brief for brief in postbus.messages if brief["To"] == eva.email)
    assert aan_eva["Subject"] == "Bram Buiten wil bij Groep besloten"
    assert "Consulent, Zandmeer" in woorden(aan_eva)
    assert "“Ik werk bij het wijkteam.”" in woorden(aan_eva)
    assert f"/groepen/{besloten_groep.slug}/leden/" in woorden(aan_eva)
    assert len({brief["Message-ID"] for brief in postbus.messages}) == 2
    postbus.messages.clear()
    verzoek.beslis(dora, True)
    bezorg_alles()
    [brief] = postbus.messages
    assert (brief["To"], brief["Subject"]) == (bram.email, "Je hoort nu bij Groep besloten")


def test_being_turned_down_is_told(postbus, bezorg_alles, besloten_groep, dora, bram):
    verzoek = besloten_groep.vraag_toegang(bram)
    verzoek.beslis(dora, False)
    bezorg_alles()
    # The request was decided before its letter left: only the outcome is told.
    assert [brief["Subject"] for brief in postbus.messages] == ["Je verzoek voor Groep besloten is afgewezen"]


def test_no_outcome_for_who_may_not_know_the_groep_any_more(
    postbus, bezorg_alles, besloten_groep, eva, dora, bram
):
    verzoek = besloten_groep.vraag_toegang(bram)
    verzoek.beslis(dora, False)
    besloten_groep.wijzig(eva, soort="verborgen")
    bezorg_alles()
    assert postbus.messages == []


def test_twice_is_the_same_letter(postbus, besloten_groep, eva):
    besloten_groep.nodig_uit("nieuw@elders.example", "lid", eva)
    event = Event.objects.get(soort="uitnodiging.gemaakt")
    handle(event)
    handle(event)
    eerste, tweede = postbus.messages
    assert eerste["Message-ID"] == tweede["Message-ID"]


@contextmanager
def weigert(postbus, adres, code):
    """The mail server answers ``code`` to this recipient."""

    async def handle_RCPT(server, session, envelope, naar, opties):
        if naar == adres:
            return f"{code} no"
        envelope.rcpt_tos.append(naar)
        return "250 OK"

    type(postbus).handle_RCPT = staticmethod(handle_RCPT)
    try:
        yield
    finally:
        del type(postbus).handle_RCPT


def test_an_address_refused_for_good_keeps_back_no_other(postbus, besloten_groep, eva, dora, bram):
    besloten_groep.vraag_toegang(bram)
    event = Event.objects.get(soort="toegang.gevraagd")
    with weigert(postbus, eva.email, 550):
        handle(event)
    assert postbus.recipients == [[dora.email]]


def test_a_server_that_says_later_is_tried_again(postbus, besloten_groep, bram, eva):
    besloten_groep.vraag_toegang(bram)
    event = Event.objects.get(soort="toegang.gevraagd")
    with weigert(postbus, eva.email, 451), pytest.raises(Exception, match="451"):
        handle(event)
    assert Delivery.objects.filter(event=event, delivered_at=None).exists()


def test_whoever_gets_a_groep_is_told(postbus, bezorg_alles, besloten_groep, eva, dora, anna):
    Event.objects.all().delete()
    besloten_groep.draag_over(eva, dora)
    bezorg_alles()
    [brief] = postbus.messages
    assert postbus.recipients == [[dora.email]]
    assert brief["Subject"] == "Je bent nu eigenaar van Groep besloten"
    assert f"https://plein.zandmeer.example/groepen/{besloten_groep.slug}/" in woorden(brief)


def test_no_letter_about_a_groep_that_was_handed_on_meanwhile(
    postbus, bezorg_alles, besloten_groep, eva, dora
):
    besloten_groep.draag_over(eva, dora)
    besloten_groep.draag_over(dora, eva)
    besloten_groep.verwijder_lid(dora)
    bezorg_alles()
    assert [naar for [naar] in postbus.recipients] == [eva.email]


def test_the_eigenaar_hears_who_left_by_changing_employer(
    postbus, bezorg_alles, besloten_groep, eva, anna, bram, oosterwold
):
    Event.objects.all().delete()
    besloten_groep.voeg_toe(bram)
    besloten_groep.verwijder_lid(bram)  # leaving by oneself tells nobody
    anna.wissel_organisatie(oosterwold, eva)
    bezorg_alles()
    [brief] = postbus.messages
    assert postbus.recipients == [[eva.email]]
    assert brief["Subject"] == "Anna Lidwoord is weg uit Groep besloten"
    assert "als gast" in woorden(brief)
