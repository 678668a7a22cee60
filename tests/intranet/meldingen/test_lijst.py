"""The bell and the page behind it: per Thread, in words, under the rule, at a fixed price."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from groepen.models import Thread
from intranet.events.models import Event
from intranet.meldingen import lijst, ontvangers
from intranet.meldingen.models import Melding


@pytest.fixture
def vraag(open_groep, anna):
    return open_groep.stel_vraag(anna, "Mag dit?", "<p>Ik vraag het me af.</p>")


def bel(client):
    return client.get("/meldingen/bel/").text


def test_two_answers_are_one_line(vraag, anna, bram, chris, open_groep, client, bezorg_alles):
    open_groep.voeg_toe(chris)
    for wie in (bram, chris):
        vraag.beantwoord(wie, "<p>Ja.</p>")
    bezorg_alles()
    client.force_login(anna)
    assert "Meldingen, 1 nieuw" in bel(client)
    blad = lijst.blad(anna)
    (rij,) = (rij for dag in blad.dagen for rij in dag.rijen)
    assert rij.wat == "<b>2 nieuwe antwoorden</b>, van Bram Buiten en Chris Gastmans (gast)."
    assert rij.waarom == "omdat jij dit vroeg"
    eerste = vraag.antwoorden.order_by("pk").first()
    assert rij.adres == f"/vragen/{vraag.pk}/#antwoord-{eerste.pk}"
    html = client.get("/meldingen/").text
    assert "Mag dit?" in html
    assert "(nieuw)" in html


def test_seeing_the_question_reads_its_meldingen(vraag, anna, bram, client, bezorg_alles):
    vraag.beantwoord(bram, "<p>Ja.</p>")
    bezorg_alles()
    client.force_login(anna)
    assert "bp-kop__teller" not in client.get(vraag.get_absolute_url()).text  # of this very page
    assert "bp-kop__teller" not in bel(client)
    assert not Melding.objects.ongelezen().van(anna).exists()


def test_all_at_once_and_one_by_one(vraag, anna, bram, client, bezorg_alles):
    vraag.beantwoord(bram, "<p>Ja.</p>")
    bezorg_alles()
    client.force_login(anna)
    client.post(reverse("meldingen:gezien", args=[vraag.pk]))
    assert not Melding.objects.ongelezen().van(anna).exists()
    Melding.objects.update(gelezen_op=None)
    assert client.post(reverse("meldingen:gelezen")).status_code == 302
    assert not Melding.objects.ongelezen().van(anna).exists()


def test_what_has_no_question_is_seen_in_the_list(besloten_groep, bram, dora, client, bezorg_alles):
    besloten_groep.verzoeken.create(gebruiker=bram)
    verzoek = besloten_groep.verzoeken.get()
    Event.record("toegang.gevraagd", groep=besloten_groep, actor=bram, ding=verzoek)
    bezorg_alles()
    client.force_login(dora)
    assert "<b>Bram Buiten</b> wil erbij." in client.get("/meldingen/").text
    assert "bp-kop__teller" not in bel(client)


def test_who_lost_access_sees_and_counts_nothing(besloten_groep, anna, dora, eva, client, bezorg_alles):
    vraag = besloten_groep.stel_vraag(dora, "Geheim?")
    vraag.thread.volg(anna)
    vraag.beantwoord(eva, "<p>Ja.</p>")
    bezorg_alles()
    client.force_login(anna)
    assert "bp-kop__teller" in bel(client)
    besloten_groep.verwijder_lid(anna, door=eva)  # no outlet has run yet
    assert "bp-kop__teller" not in bel(client)
    assert "Geheim?" not in client.get("/meldingen/").text


def test_a_deleted_question_is_gone_from_list_and_bell(vraag, anna, bram, dora, client, bezorg_alles):
    vraag.beantwoord(bram, "<p>Ja.</p>")
    bezorg_alles()
    vraag.thread.verwijder(dora)
    client.force_login(anna)
    assert "bp-kop__teller" not in bel(client)
    assert "Mag dit?" not in client.get("/meldingen/").text


def test_how_many_name_me(vraag, open_groep, anna, bram, client, bezorg_alles):
    noem = f'<p><span data-mention="gebruiker:{anna.pk}">@Anna</span> weet jij dit?</p>'
    andere = [open_groep.stel_vraag(bram, f"Vraag {n}?", noem) for n in range(2)]
    vraag.beantwoord(bram, "<p>Ja.</p>")
    andere[0].beantwoord(bram, "<p>Laat maar.</p>")
    bezorg_alles()
    assert lijst.aantal_genoemd(anna) == 2
    client.force_login(anna)
    tellingen = re.findall(r'bp-tel">(\d+)', client.get("/meldingen/").text)
    assert tellingen == ["3", "2"]
    client.get(andere[0].get_absolute_url())
    assert lijst.aantal_genoemd(anna) == 1


@pytest.mark.parametrize("toon", ["nieuw", "noemt", "jouw", "gevolgd", "onzin"])
def test_filters(vraag, anna, bram, client, toon, bezorg_alles):
    vraag.beantwoord(bram, "<p>Ja.</p>")
    bezorg_alles()
    client.force_login(anna)
    html = client.get("/meldingen/", {"toon": toon}).text
    assert ("Mag dit?" in html) is (toon in ("nieuw", "jouw", "onzin"))


def vul(anna, open_groep, door, aantal, threads):
    """``aantal`` Meldingen for Anna over so many Threads."""
    nu = timezone.now()
    start = Thread.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    Thread.objects.bulk_create(
        Thread(groep=open_groep, soort="vraag", titel=f"Vraag {n}", steller=anna) for n in range(threads)
    )
    pks = list(Thread.objects.filter(pk__gt=start).order_by("pk").values_list("pk", flat=True))
    Melding.objects.bulk_create(
        (
            Melding(
                gebruiker=anna, event_id=10_000_000 + n, soort="antwoord.gegeven", reden="jouw_vraag",
                groep=open_groep, thread_id=pks[n % threads], door=door, op=nu,
                is_laatste=n >= aantal - threads,
            )
            for n in range(aantal)
        ),
        batch_size=2_000,
    )  # fmt: skip


@pytest.mark.parametrize(("aantal", "threads"), [(1, 1), (20_000, 5_000)])
def test_the_same_statements_for_many(
    open_groep, anna, bram, client, aantal, threads, django_assert_num_queries
):
    vul(anna, open_groep, bram, aantal, threads)
    client.force_login(anna)
    client.get("/meldingen/")
    # session, Gebruiker with the bell, the frame's Groepen, and three of the list itself
    with django_assert_num_queries(6):
        html = client.get("/meldingen/").text
    assert html.count('class="bp-melding ') == min(threads, lijst.PER_BLAD)
    with django_assert_num_queries(2):
        assert ("99+" in bel(client)) is (threads > 99)


def test_pages_by_keyset(open_groep, anna, bram, client):
    vul(anna, open_groep, bram, 45, 45)
    client.force_login(anna)
    gezien, na = [], None
    while True:
        blad = lijst.blad(anna, na=na)
        gezien += [rij.titel for dag in blad.dagen for rij in dag.rijen]
        na = blad.volgende
        if na is None:
            break
    assert len(gezien) == len(set(gezien)) == 45


def test_thanks_are_counted_together(vraag, anna, bram, dora, eva, client, bezorg_alles):
    antwoord = vraag.beantwoord(bram, "<p>Ja.</p>")
    for wie in (anna, dora, eva):
        vraag.thread.bedank(wie, antwoord)
    bezorg_alles()
    (rij,) = (rij for dag in lijst.blad(bram).dagen for rij in dag.rijen)
    assert rij.wat == "3 collega’s bedankten je voor je antwoord."
    assert ontvangers.REGELS["bedankt"][0].mailt is False
