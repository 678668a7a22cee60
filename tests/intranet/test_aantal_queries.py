"""How much SQL a page and a verb cost: the same numbers for a little and for a lot."""

import re
import uuid
from collections import Counter

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from groepen.models import Groep, Vraag

pytestmark = pytest.mark.django_db

NIETS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
TEKST = '<p>Kijk met <span data-mention="gebruiker:{}">Bram</span> mee.</p>'


def sql(doe, status=200):
    """The statements of one request, counted by shape."""
    with CaptureQueriesContext(connection) as gevangen:
        assert doe().status_code == status
    vormen = (re.sub(r"'[^']*'|\$?\b\d+\b", "?", een["sql"]) for een in gevangen.captured_queries)
    # Lists of values differ in length only.
    return Counter(re.sub(r"\((\?, )*\?\)", "(…)", vorm) for vorm in vormen if not vorm.startswith(NIETS))


def gemeten(doe, hoogstens, status=200):
    """``doe`` costs no more than this, and asks nothing more than twice; how much it costs."""
    kosten = sql(doe, status)
    uitleg = "\n".join(f"{keer}× {vorm}" for vorm, keer in kosten.items())
    assert kosten.total() <= hoogstens, uitleg
    assert max(kosten.values()) <= 2, uitleg
    return kosten.total()


@pytest.fixture
def client(anna):
    cache.clear()
    client = Client()
    client.force_login(anna)
    return client


def maak_druk(groep, anna, anderen, vragen=30, antwoorden=3):
    """Questions of every kind, so that each row of each list has something to show."""
    for nummer in range(vragen):
        vraag = groep.stel_vraag(anderen[nummer % len(anderen)], f"Wie weet hoe dit werkt, nummer {nummer}?")
        gegeven = [
            vraag.beantwoord(anderen[plek % len(anderen)], f"<p>Zo werkt het: {plek}.</p>")
            for plek in range(nummer % (antwoorden + 1))
        ]
        for antwoord in gegeven:
            vraag.thread.bedank(anna, antwoord)
        if gegeven and nummer % 3 == 0:
            vraag.kies_oplossing(gegeven[0], vraag.thread.steller)
        elif nummer % 5 == 0:
            vraag.pak_op(anna)
    groep.stel_vraag(anna, "Wat is er nieuw?").beantwoord(anderen[0], "<p>Dit.</p>")


def test_start(client, anna, bram, eva, open_groep):
    open_groep.stel_vraag(bram, "Wie heeft de sleutel?")
    weinig = gemeten(lambda: client.get("/"), 12)
    maak_druk(open_groep, anna, (bram, eva))
    for nummer in range(15):
        Groep.start(anna, naam=f"Groep {nummer}").stel_vraag(anna, "Waar begin ik?")
    # Anna looks after these, so requests to join are looked for as well.
    assert gemeten(lambda: client.get("/"), 12) <= weinig + 1


def test_groep(client, anna, bram, eva, open_groep):
    adres = f"/groepen/{open_groep.slug}/"
    open_groep.stel_vraag(bram, "Wie heeft de sleutel?")
    client.get(adres)  # the first visit takes the dot away
    weinig = gemeten(lambda: client.get(adres), 12)
    maak_druk(open_groep, anna, (bram, eva), vragen=60)
    client.get(adres)
    assert gemeten(lambda: client.get(adres), 12) == weinig


@pytest.mark.parametrize("met_oplossing", [False, True])
def test_vraag_with_1_and_500_answers(client, anna, bram, eva, open_groep, met_oplossing):
    def vraag(aantal):
        gesteld = open_groep.stel_vraag(bram, f"Wie weet dit {aantal} keer?")
        antwoorden = [gesteld.beantwoord((bram, eva)[n % 2], f"<p>Zo: {n}.</p>") for n in range(aantal)]
        gesteld.thread.bedank(anna, antwoorden[-1])
        if met_oplossing:
            gesteld.kies_oplossing(antwoorden[0], bram)
        client.get(gesteld.get_absolute_url())  # the first visit is noted
        return gesteld.get_absolute_url()

    een, veel = vraag(1), vraag(500)
    assert gemeten(lambda: client.get(een), 12) == gemeten(lambda: client.get(veel), 12)


def test_stel(client, anna, bram, eva, open_groep):
    def stel():
        return client.post(
            "/vragen/stel/",
            {
                "titel": "Hoe vraag ik een laptop aan?",
                "inhoud": TEKST.format(bram.pk),
                "inhoud_opmaak": "html",
                "groep": open_groep.slug,
                "kanaal": "zelf",
                "sleutel": str(uuid.uuid4()),
            },
        )

    weinig = gemeten(stel, 14, 302)
    maak_druk(open_groep, anna, (bram, eva))
    for nummer in range(15):
        Groep.start(anna, naam=f"Groep {nummer}")
    assert gemeten(stel, 14, 302) == weinig


def test_antwoord(client, anna, bram, chris, dora, eva, open_groep):
    vraag = open_groep.stel_vraag(bram, "Wie heeft de sleutel?")
    inhoud = "".join(TEKST.format(wie.pk) for wie in (bram, dora, eva))

    def antwoord():
        velden = {"inhoud": inhoud, "inhoud_opmaak": "html", "sleutel": str(uuid.uuid4())}
        return client.post(f"/vragen/{vraag.pk}/antwoorden/", velden)

    antwoord()  # the first one of all also ends the waiting
    weinig = gemeten(antwoord, 14, 302)
    vraag = Vraag.objects.get(pk=vraag.pk)
    for wie in (dora, eva):
        vraag.thread.volg(wie)
    for nummer in range(100):
        vraag.beantwoord((bram, eva)[nummer % 2], "<p>En nog iets.</p>")
    assert gemeten(antwoord, 14, 302) == weinig
