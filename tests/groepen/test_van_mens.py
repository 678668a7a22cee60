"""What the Profiel page shows of groepen: only groups and answers that the reader may see."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext


@pytest.fixture
def huis(open_groep, besloten_groep, verborgen_groep, eva, anna):
    """Eva asked and Anna answered in each Groep; each answer says where."""
    for groep in (open_groep, besloten_groep, verborgen_groep):
        vraag = groep.stel_vraag(eva, f"Vraag in {groep.soort}", "<p>Nou?</p>")
        antwoord = vraag.beantwoord(anna, f"<p>Kanarie-{groep.soort}</p>")
        if groep is open_groep:
            vraag.kies_oplossing(antwoord, eva)
    return open_groep, besloten_groep, verborgen_groep


ALLES = {"open", "besloten", "verborgen"}


@pytest.mark.parametrize(
    ("kijker", "ziet"),
    [("anna", ALLES), ("dora", ALLES), ("bram", {"open"}), ("finn", set()), ("chris", {"besloten"})],
)
@pytest.mark.parametrize("htmx", [True, False])
def test_only_what_the_reader_may_see(client, request, huis, anna, chris, kijker, ziet, htmx):
    huis[1].voeg_toe(chris, "waarnemer")
    client.force_login(request.getfixturevalue(kijker))
    antwoord = client.get(f"/mensen/{anna.pk}/bijdragen/", headers={"hx-request": "true"} if htmx else {})
    html = antwoord.content.decode()
    assert {soort for soort in ALLES if f"Kanarie-{soort}" in html} == ziet
    # The frame around the whole page lists the reader's own groups; in the part there is no frame.
    if htmx:
        assert {soort for soort in ALLES if f"Groep {soort}" in html} == ziet
        assert "<html" not in html
        assert 'id="in-groepen" hx-swap-oob="true"' in html
    aantal = len(ziet)
    assert (f">{aantal} antwoord" in html) == bool(aantal)
    assert ("1 keer de oplossing" in html) == ("open" in ziet)


def test_deleted_answers_and_questions_are_not_there(client, huis, anna, eva):
    from groepen.models import Antwoord

    eerste, tweede, _derde = Antwoord.objects.order_by("pk")
    eerste.verwijder(eva)
    tweede.thread.verwijder(eva)
    client.force_login(anna)
    html = client.get(f"/mensen/{anna.pk}/bijdragen/").content.decode()
    assert {soort for soort in ALLES if f"Kanarie-{soort}" in html} == {"verborgen"}


def test_the_number_of_queries_does_not_grow(client, huis, anna, eva):
    client.force_login(eva)

    def kost():
        with CaptureQueriesContext(connection) as gemeten:
            assert client.get(f"/mensen/{anna.pk}/bijdragen/").status_code == 200
        return len(gemeten)

    voor = kost()
    for n in range(6):
        huis[0].stel_vraag(eva, f"Nog een vraag {n}").beantwoord(anna, "<p>Ja</p>")
    assert kost() == voor <= 8
