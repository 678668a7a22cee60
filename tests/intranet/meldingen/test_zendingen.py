"""Mail at once, through a real SMTP conversation: when, to whom, once, and what it says."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from groepen.models import Gelezen
from intranet.meldingen import threadmail, zendingen
from intranet.meldingen.models import Instelling, Melding, Niveau, Reden, Zending
from tests import diensten
from tests.conftest import maak

# A Tuesday, ten o'clock in Amsterdam: everyone works.
NU = datetime(2026, 11, 24, 9, tzinfo=UTC)
LATER = timedelta(minutes=3)


@pytest.fixture(autouse=True)
def klok():
    with time_machine.travel(NU, tick=False) as reis:
        yield reis


@pytest.fixture
def postbus(settings):
    settings.SITE_URL = "https://plein.zandmeer.example"
    with diensten.smtp() as mailbox:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mailbox.port
        yield mailbox


@pytest.fixture
def vraag(open_groep, anna):
    return open_groep.stel_vraag(anna, "Mag dit?", "<p>Ik vraag het me af.</p>")


nummer = iter(range(10**6, 10**9))


def meld(ontvanger, vraag, antwoord=None, **velden):
    """What ``ontvangers.meld`` makes, for one person."""
    gewoon = {"soort": "antwoord.gegeven", "reden": Reden.JOUW_VRAAG, "mail": "m", "op": timezone.now()}
    return Melding.objects.create(
        gebruiker=ontvanger,
        event_id=next(nummer),
        thread=vraag.thread,
        groep=vraag.groep,
        antwoord=antwoord,
        **gewoon | {"door": antwoord.schrijver if antwoord else None} | velden,
    )


def woorden(brief, soort="plain"):
    return brief.get_body((soort,)).get_content()


def test_two_minutes_later_one_mail_tells_of_all(postbus, klok, vraag, anna, bram, dora):
    anna.taal = "nl"
    dora.profiel.functie = "Juridisch adviseur"
    dora.profiel.save()
    eerste = vraag.beantwoord(
        dora,
        f'<p>Nee, <strong>niet</strong>. Zie <a href="/kennisbank/">hier</a>, '
        f'<span data-mention="gebruiker:{bram.pk}">@Toen</span>.</p>',
    )
    meld(anna, vraag, eerste)
    klok.shift(timedelta(minutes=1))
    zendingen.verwerk()
    assert postbus.messages == []
    tweede = vraag.beantwoord(bram, "<ul><li>Toch wel & altijd</li></ul>")
    meld(anna, vraag, tweede)
    klok.shift(timedelta(seconds=70))
    zendingen.verwerk()
    zendingen.verwerk()
    [brief] = postbus.messages
    [zending] = Zending.objects.all()
    host = "plein.zandmeer.example"
    assert brief["To"] == anna.email
    assert brief["Subject"] == "Mag dit?"
    assert brief["Message-ID"] == f"<{zending.sleutel}@{host}>"
    assert brief["References"] == brief["In-Reply-To"] == f"<thread-{vraag.pk}@{host}>"
    assert brief["List-Id"] == f"Groep open <groep-{vraag.groep.pk}.{host}>"
    assert brief["Auto-Submitted"] == "auto-generated"
    assert brief["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    tekst, html = woorden(brief), woorden(brief, "html")
    for half in (tekst, html):
        assert "Antwoord op je vraag in Groep open" in half
        assert "Dora Beheer gaf antwoord" in half
        assert "Bram Buiten gaf antwoord" in half
        assert f"https://{host}/vragen/{vraag.pk}/#antwoord-{tweede.pk}" in half
        assert f"https://{host}/kennisbank/" in half
        assert "Je krijgt deze mail omdat jij dit vroeg." in half
    assert "@Bram Buiten" in html  # the name of now
    assert f'href="https://{host}/mensen/{bram.pk}/"' in html
    assert "- Toch wel & altijd" in tekst
    assert "Toch wel &amp; altijd" in html
    assert "Juridisch adviseur" in html
    assert "data-mention" not in html
    assert not Melding.objects.filter(gemaild_op=None).exists()
    assert (zending.uitkomst, zending.pogingen) == ("verstuurd", 0)


@pytest.mark.parametrize(
    "wat", ["gelezen", "weg uit de groep", "geblokkeerd", "niveau", "volgt niet", "verwijderd", "vrij"]
)
def test_asked_again_at_leaving(postbus, klok, besloten_groep, anna, dora, eva, wat):
    vraag = besloten_groep.stel_vraag(anna, "Mag dit?")
    vraag.thread.volg(dora)
    antwoord = vraag.beantwoord(anna, "<p>Ja.</p>")
    melding = meld(dora, vraag, antwoord, reden=Reden.VOLGT)
    klok.shift(LATER)
    zendingen.zet_klaar(timezone.now())
    assert Zending.objects.open().count() == 1
    if wat == "gelezen":
        Melding.objects.filter(pk=melding.pk).update(gelezen_op=timezone.now())
    elif wat == "weg uit de groep":
        besloten_groep.verwijder_lid(dora, eva)
    elif wat == "geblokkeerd":
        dora.blokkeer(eva)
    elif wat == "niveau":
        Niveau.objects.create(gebruiker=dora, groep=besloten_groep, mail="")
    elif wat == "volgt niet":
        vraag.thread.volg_niet(dora)
    elif wat == "verwijderd":
        antwoord.verwijder(eva)
    else:
        dora.profiel.afwezig_van = timezone.localdate()
        dora.profiel.afwezig_tot = timezone.localdate() + timedelta(days=2)
        dora.profiel.save()
    zendingen.verwerk()
    assert postbus.messages == []
    # Who is away hears when they are back; for the others it is done.
    assert Zending.objects.open().exists() is (wat == "vrij")
    if wat == "vrij":
        klok.shift(timedelta(days=3))
        zendingen.verwerk()
        assert len(postbus.messages) == 1


def test_nobody_is_disturbed_on_a_free_half_day(postbus, klok, vraag, anna, dora):
    anna.profiel.dagdelen = 0b0000110000  # Wednesday afternoon is bit 5, Wednesday morning bit 4
    anna.profiel.save()
    Instelling.objects.create(gebruiker=dora, rust=False)
    meld(anna, vraag)
    meld(dora, vraag)
    klok.move_to(NU + timedelta(hours=12))
    zendingen.verwerk()
    assert [brief["To"] for brief in postbus.messages] == [dora.email]
    klok.move_to(datetime(2026, 11, 25, 8, tzinfo=UTC))
    zendingen.verwerk()
    assert [brief["To"] for brief in postbus.messages] == [dora.email, anna.email]


def test_what_waits_for_who_is_away_goes_to_the_vervanger_who_may_read(
    postbus, klok, besloten_groep, anna, bram, dora, eva
):
    vraag = besloten_groep.stel_vraag(eva, "Wie pakt dit op?")
    for wie, vervanger in ((dora, anna), (anna, bram)):
        wie.profiel.afwezig_van, wie.profiel.vervanger = timezone.localdate(), vervanger
        wie.profiel.save()
    anna.profiel.afwezig_van = None
    anna.profiel.save()
    meld(dora, vraag, reden=Reden.WACHT, soort="vraag.overgedragen", door=eva)
    meld(dora, vraag, reden=Reden.NOEMT, soort="vraag.gesteld", door=eva)
    klok.shift(LATER)
    zendingen.verwerk()
    zendingen.verwerk()
    [brief] = postbus.messages
    assert brief["To"] == anna.email
    assert "omdat je Dora Beheer vervangt" in woorden(brief)
    assert Melding.objects.filter(gemaild_op=None).count() == 2  # Dora hears when she is back
    # A vervanger who may not read there hears nothing.
    dora.profiel.vervanger = bram
    dora.profiel.save()
    meld(dora, vraag, reden=Reden.WACHT, soort="vraag.overgedragen", door=eva)
    klok.shift(LATER)
    zendingen.verwerk()
    assert len(postbus.messages) == 1


def test_five_hundred_mentions_in_an_hour_are_a_few_mails(postbus, klok, vraag, anna, bram):
    antwoord = vraag.beantwoord(bram, "<p>" + "Nog een keer. " * 400 + "</p>")
    for _minuut in range(60):
        for _keer in range(8):
            meld(anna, vraag, antwoord, reden=Reden.NOEMT)
        klok.shift(timedelta(minutes=1))
        zendingen.verwerk()
    assert len(postbus.messages) == 2
    laatste = woorden(postbus.messages[-1])
    assert "eerdere berichten" in laatste
    assert len(laatste) < 20_000
    # Opening it ends the wait.
    Gelezen.noteer(vraag.thread, anna, geholpen=False)
    Melding.objects.update(gelezen_op=timezone.now())
    meld(anna, vraag, antwoord)
    klok.shift(LATER)
    zendingen.verwerk()
    assert len(postbus.messages) == 3


def test_many_threads_at_once_are_bounded(settings, klok, open_groep, anna, bram):
    for nummer_ in range(15):
        vraag = open_groep.stel_vraag(bram, f"Vraag {nummer_}")
        meld(anna, vraag, soort="vraag.gesteld", door=bram, reden=Reden.NOEMT)
    klok.shift(LATER)
    zendingen.verwerk()
    assert len(mail.outbox) == zendingen.PER_UUR
    klok.shift(timedelta(minutes=70))
    zendingen.verwerk()
    assert len(mail.outbox) == 15


def test_without_text_only_that_there_is_something(postbus, klok, vraag, anna, bram):
    Instelling.objects.create(gebruiker=anna, zonder_tekst=True)
    meld(anna, vraag, vraag.beantwoord(bram, "<p>Geheim.</p>"))
    klok.shift(LATER)
    zendingen.verwerk()
    [brief] = postbus.messages
    assert brief["Subject"] == "Er is iets nieuws voor je in Groep open"
    alles = brief.as_string() + woorden(brief) + woorden(brief, "html")
    for geheim in ("Geheim", "Mag dit?", "Bram"):
        assert geheim not in alles


def test_an_answer_that_was_chosen_stands_there_once(postbus, klok, vraag, anna, bram):
    antwoord = vraag.beantwoord(bram, "<p>Dit mag.</p>")
    meld(anna, vraag, antwoord)
    meld(anna, vraag, antwoord, soort="oplossing.gekozen")
    klok.shift(LATER)
    zendingen.verwerk()
    [brief] = postbus.messages
    assert "Bram Buiten koos een oplossing" in woorden(brief)
    for soort in ("plain", "html"):
        assert woorden(brief, soort).replace('display:none;max-height:0;overflow:hidden">Dit mag.', "").count(
            "Dit mag."
        ) == 1  # fmt: skip


def test_in_the_language_of_who_gets_it(postbus, klok, vraag, anna, bram):
    anna.taal = "en"
    anna.save()
    meld(anna, vraag, vraag.beantwoord(bram, "<p>Ja.</p>"))
    klok.shift(LATER)
    zendingen.verwerk()
    assert '<html lang="en">' in woorden(postbus.messages[0], "html")


# --- A mail server that refuses -------------------------------------------------------------------


@pytest.fixture
def weigert(postbus):
    """``weigert(code)``: from now on this is what every recipient gets; 250 is yes."""
    codes = {"code": 250}

    async def handle_RCPT(server, session, envelope, naar, opties):
        if codes["code"] == 250:
            envelope.rcpt_tos.append(naar)
            return "250 OK"
        codes["keer"] = codes.get("keer", 0) + 1
        return f"{codes['code']} no"

    type(postbus).handle_RCPT = staticmethod(handle_RCPT)
    yield lambda code: codes.update(code=code, keer=0) or codes
    del type(postbus).handle_RCPT


def test_refused_for_good_is_done(weigert, klok, vraag, anna):
    weigert(550)
    meld(anna, vraag)
    klok.shift(LATER)
    zendingen.verwerk()
    [zending] = Zending.objects.all()
    assert zending.klaar_op is not None
    assert zending.uitkomst.startswith("geweigerd: SMTPRecipientsRefused")
    assert anna.email not in zending.uitkomst


def test_a_server_that_refuses_everyone_is_left_alone(postbus, weigert, klok, open_groep, zandmeer, anna):
    vraag = open_groep.stel_vraag(anna, "Mag dit?")
    mensen = [maak(f"lid{n}@zandmeer.example", f"Lid{n}", "", zandmeer) for n in range(50)]
    for wie in mensen:
        meld(wie, vraag)
    codes = weigert(451)
    klok.shift(LATER)
    for _keer in range(45):  # a quarter of an hour of looks of the clock
        zendingen.verwerk()
        klok.shift(timedelta(seconds=20))
    assert codes["keer"] < 15
    assert postbus.messages == []
    weigert(250)
    klok.shift(timedelta(hours=1))
    for _keer in range(3):
        zendingen.verwerk()
        klok.shift(timedelta(seconds=20))
    assert sorted(brief["To"] for brief in postbus.messages) == sorted(wie.email for wie in mensen)


def test_a_server_that_is_away(settings, klok, vraag, anna):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", diensten.free_port()
    meld(anna, vraag)
    klok.shift(LATER)
    zendingen.verwerk()
    [zending] = Zending.objects.open()
    assert zending.uitkomst.startswith("server: ConnectionRefusedError")
    assert zending.beschikbaar_op > timezone.now()


def test_a_letter_that_cannot_be_made_holds_up_no_other(monkeypatch, klok, vraag, anna, bram):
    maak_brief = threadmail.maak

    def stuk(zending, gebruiker, *rest):
        if gebruiker == anna:
            raise ValueError("stuk")
        return maak_brief(zending, gebruiker, *rest)

    monkeypatch.setattr(threadmail, "maak", stuk)
    meld(anna, vraag)
    meld(bram, vraag)
    klok.shift(LATER)
    zendingen.verwerk()
    assert [brief.to for brief in mail.outbox] == [[bram.email]]
    assert Zending.objects.open().get().gebruiker == anna


def test_statements_do_not_grow_with_the_mails(klok, open_groep, anna, zandmeer, django_assert_num_queries):
    vraag = open_groep.stel_vraag(anna, "Mag dit?")
    for n in range(40):
        meld(maak(f"lid{n}@zandmeer.example", f"Lid{n}", "", zandmeer), vraag)
    klok.shift(LATER)
    with django_assert_num_queries(5):
        assert zendingen.zet_klaar(timezone.now()) == 40
