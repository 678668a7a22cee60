"""What somebody knows: recommended by colleagues, proven by solutions, hidden by whom it is about."""

import pytest

from groepen import bewijs
from groepen.models import Groep
from groepen.toegang import VERBORGEN
from intranet.events.models import Event
from profielen.fouten import Weigering
from profielen.kennis import kennis_van
from profielen.models import Aanbeveling, Deskundigheid, Gebruiker, Onderwerp
from profielen.models.deskundigheid import MAX_AANBEVELINGEN


@pytest.fixture
def markt(db):
    return Onderwerp.objects.create(naam="Marktkraam")


def los_op(groep, vrager, wie, onderwerp, aantal=3):
    """``wie`` gives so many solutions about ``onderwerp``."""
    for nummer in range(aantal):
        vraag = groep.stel_vraag(vrager, f"Hoe dan, keer {nummer}?", onderwerpen=[onderwerp])
        vraag.kies_oplossing(vraag.beantwoord(wie, "<p>Zo.</p>"), vrager)
    return vraag


def bewezen(wie, kijker):
    return [
        (k.onderwerp.naam, k.bewijs and k.bewijs.oplossingen)
        for k in kennis_van(wie, kijker)
        if k.is_bewezen and not k.is_verborgen
    ]


def pagina(client, kijker, wie) -> str:
    client.logout()  # with what was still to be said
    client.force_login(kijker)
    return client.get(f"/mensen/{wie.pk}/").content.decode()


# --- Proven ------------------------------------------------------------------------------------------


def test_two_solutions_prove_it_and_one_does_not(anna, bram, dora, open_groep, markt):
    los_op(open_groep, dora, anna, markt, bewijs.DREMPEL - 1)
    assert bewijs.werk_bij() == "0 erbij, 0 weg"
    vraag = los_op(open_groep, dora, anna, markt, 1)
    assert bewijs.werk_bij() == "1 erbij, 0 weg"
    assert bewijs.werk_bij() == "0 erbij, 0 weg"
    assert bewezen(anna, bram) == [("Marktkraam", bewijs.DREMPEL)]
    # Not the solution after all: at once no proof, and tonight no row.
    vraag.trek_oplossing_in(dora)
    assert bewezen(anna, bram) == []
    assert bewijs.werk_bij() == "0 erbij, 1 weg"


def test_answering_oneself_proves_nothing(anna, open_groep, markt):
    los_op(open_groep, anna, anna, markt)
    assert bewijs.werk_bij() == "0 erbij, 0 weg"


def test_proof_counts_what_the_reader_may_read(
    client, anna, bram, chris, dora, finn, open_groep, besloten_groep, markt
):
    los_op(open_groep, dora, anna, markt)
    los_op(besloten_groep, dora, anna, markt, 1)
    bewijs.werk_bij()
    besloten_groep.voeg_toe(chris)

    assert bewezen(anna, dora) == [("Marktkraam", 4)]
    assert bewezen(anna, bram) == [("Marktkraam", 3)]
    # One is too few, and nothing tells that there are more.
    assert bewezen(anna, chris) == []
    assert bewezen(anna, finn) == []
    assert "4 oplossingen" in pagina(client, dora, anna)
    assert "3 oplossingen" in pagina(client, bram, anna)
    for kijker in (chris, finn):
        html = pagina(client, kijker, anna)
        assert "Lidwoord" in html
        assert "Marktkraam" not in html
        assert "bp-label--keur" not in html


@pytest.mark.parametrize("zoek", ["?wie=marktkraam", "?onderwerp=marktkraam", "?kennis=bewezen"])
def test_the_list_of_people_tells_no_more_than_the_profile(
    client, anna, bram, dora, finn, verborgen_groep, markt, zoek
):
    los_op(verborgen_groep, dora, anna, markt)
    bewijs.werk_bij()
    for kijker, ziet in ((dora, True), (bram, False), (finn, False)):
        client.force_login(kijker)
        html = client.get(f"/mensen/{zoek}").content.decode()
        assert (f'href="/mensen/{anna.pk}/"' in html) is ziet, kijker
        assert ("Bewezen kennis: Marktkraam" in html) is ziet, kijker


def test_a_groep_that_goes_into_hiding_takes_its_proof_along(anna, bram, dora, open_groep, markt):
    los_op(open_groep, dora, anna, markt)
    bewijs.werk_bij()
    assert bewezen(anna, bram)
    Groep.objects.filter(pk=open_groep.pk).update(soort=VERBORGEN)
    assert bewezen(anna, bram) == []
    assert bewezen(anna, dora)


def test_the_proof_can_be_read(client, anna, bram, dora, open_groep, besloten_groep, markt):
    los_op(open_groep, dora, anna, markt)
    los_op(besloten_groep, dora, anna, markt, 1)
    open_groep.stel_vraag(dora, "Iets anders?").beantwoord(anna, "<p>Geen idee.</p>")
    client.force_login(bram)
    html = client.get(f"/mensen/{anna.pk}/bijdragen/?onderwerp=marktkraam").content.decode()
    assert "Oplossingen van Anna Lidwoord over Marktkraam" in html
    assert html.count("Hoe dan, keer") == 3
    assert "Iets anders" not in html
    assert client.get(f"/mensen/{anna.pk}/bijdragen/?onderwerp=zeppelins").status_code == 404


# --- Hidden ------------------------------------------------------------------------------------------


def test_its_owner_hides_it_for_everyone_and_for_good(client, anna, bram, dora, open_groep, markt):
    los_op(open_groep, dora, anna, markt)
    bewijs.werk_bij()
    client.force_login(anna)
    assert client.post("/mensen/ik/kennis/", {"verberg": markt.pk}).status_code == 302
    assert bewezen(anna, bram) == []
    assert "Marktkraam" not in pagina(client, bram, anna)
    client.force_login(bram)
    assert f'href="/mensen/{anna.pk}/"' not in client.get("/mensen/?onderwerp=marktkraam").content.decode()
    eigen = pagina(client, anna, anna)
    assert "Alleen jij ziet dit" in eigen
    assert "Toon weer" in eigen
    # Neither a night nor a colleague brings it back.
    los_op(open_groep, dora, anna, markt)
    bewijs.werk_bij()
    with pytest.raises(Weigering):
        Deskundigheid.beveel_aan(anna.profiel, markt, bram)
    assert "Marktkraam" not in pagina(client, bram, anna)
    client.force_login(anna)
    client.post("/mensen/ik/kennis/", {"toon": markt.pk})
    assert bewezen(anna, bram) == [("Marktkraam", 6)]


def test_what_is_hidden_stays_so_when_it_is_proven_later(anna, bram, dora, open_groep, markt):
    kennis = Deskundigheid.beveel_aan(anna.profiel, markt, bram)
    kennis.verberg(anna)
    los_op(open_groep, dora, anna, markt)
    bewijs.werk_bij()
    assert kennis_van(anna, bram) == []


def test_nobody_hides_what_is_of_another(client, anna, bram, markt):
    Deskundigheid.beveel_aan(anna.profiel, markt, bram)
    client.force_login(bram)
    assert client.post("/mensen/ik/kennis/", {"verberg": markt.pk}).status_code == 404
    assert client.post("/mensen/ik/kennis/", {"verberg": "x" * 30}).status_code == 404
    assert client.get("/mensen/ik/kennis/").status_code == 405
    assert not Deskundigheid.objects.get().is_verborgen


# --- Recommended -------------------------------------------------------------------------------------


def test_one_click_recommends_and_another_takes_it_back(client, anna, bram, markt):
    Deskundigheid.objects.create(profiel=anna.profiel, onderwerp=markt)
    client.force_login(bram)
    assert f'name="voor" value="{markt.pk}"' in client.get(f"/mensen/{anna.pk}/").content.decode()
    for _keer in range(2):
        assert client.post(f"/mensen/{anna.pk}/aanbeveling/", {"voor": markt.pk}).status_code == 302
    assert Aanbeveling.objects.get().door == bram
    html = client.get(f"/mensen/{anna.pk}/").content.decode()
    assert "Aanbevolen door jou." in html
    assert "Je beveelt Anna aan voor Marktkraam." in html
    assert "Aanbevolen door Bram Buiten." in pagina(client, anna, anna)
    client.force_login(bram)
    assert client.post(f"/mensen/{anna.pk}/aanbeveling/", {"niet": markt.pk}).status_code == 302
    assert client.post(f"/mensen/{anna.pk}/aanbeveling/", {"niet": markt.pk}).status_code == 404
    assert [d.soort for d in Deskundigheid.objects.all()] == ["opgegeven"]
    assert list(
        Event.objects.filter(soort__startswith="kennis.").order_by("pk").values_list("soort", "feiten")
    ) == [
        ("kennis.aanbevolen", {"onderwerp": markt.pk}),
        ("kennis.niet_meer_aanbevolen", {"onderwerp": markt.pk}),
    ]


def test_with_htmx_only_the_list_comes_back(client, anna, bram, markt):
    client.force_login(bram)
    antwoord = client.post(
        f"/mensen/{anna.pk}/aanbeveling/", {"onderwerp": "marktkraam"}, headers={"HX-Request": "true"}
    )
    html = antwoord.content.decode()
    assert antwoord.status_code == 200
    assert html.strip().startswith("<section")
    assert "Trek aanbeveling in" in html
    assert "Je beveelt Anna aan voor Marktkraam." in html


@pytest.mark.parametrize(
    ("velden", "fout"),
    [
        ({}, "Kies een onderwerp."),
        ({"onderwerp": "zeppelins"}, "staat niet in de lijst"),
        ({"voor": "999"}, "bp-veld__fout"),
    ],
)
def test_what_is_wrong_stands_beside_the_field(client, anna, bram, velden, fout):
    client.force_login(bram)
    antwoord = client.post(f"/mensen/{anna.pk}/aanbeveling/", velden)
    assert antwoord.status_code == 422
    assert fout in antwoord.content.decode()


def test_not_oneself_not_whom_one_does_not_see_and_not_without_end(client, anna, bram, chris, markt):
    with pytest.raises(Weigering):
        Deskundigheid.beveel_aan(anna.profiel, markt, anna)
    client.force_login(chris)
    assert client.post(f"/mensen/{anna.pk}/aanbeveling/", {"voor": markt.pk}).status_code == 404
    for nummer in range(MAX_AANBEVELINGEN):
        Deskundigheid.beveel_aan(anna.profiel, Onderwerp.objects.create(naam=f"Iets {nummer}"), bram)
    client.force_login(bram)
    assert client.post(f"/mensen/{anna.pk}/aanbeveling/", {"voor": markt.pk}).status_code == 422
    assert Aanbeveling.objects.count() == MAX_AANBEVELINGEN


def test_colleagues_whom_the_reader_may_not_see_stay_unnamed(
    client, anna, bram, chris, dora, finn, open_groep, markt
):
    """A Gast of the Groep sees Anna and Dora there, and neither Bram nor Finn."""
    open_groep.voeg_toe(chris)
    for door in (finn, bram):
        Deskundigheid.beveel_aan(anna.profiel, markt, door)
    html = pagina(client, chris, anna)
    assert "Aanbevolen door collega’s." in html
    Deskundigheid.beveel_aan(anna.profiel, markt, dora)
    html = pagina(client, chris, anna)
    assert "Aanbevolen door Dora Beheer." in html
    assert "Bram" not in html
    assert "Finn" not in html
    assert "Aanbevolen door Finn Elders, Bram Buiten en 1 ander." in pagina(client, anna, anna)
    # Who left recommends nobody.
    finn.beeindig()
    assert "Aanbevolen door Bram Buiten en Dora Beheer." in pagina(client, anna, anna)


def test_the_cost_does_not_grow_with_what_somebody_knows(
    client, anna, bram, dora, zandmeer, open_groep, markt, django_assert_max_num_queries
):
    los_op(open_groep, dora, anna, markt)
    for nummer in range(6):
        onderwerp = Onderwerp.objects.create(naam=f"Iets {nummer}")
        Deskundigheid.objects.create(profiel=anna.profiel, onderwerp=onderwerp)
        Deskundigheid.beveel_aan(anna.profiel, onderwerp, dora)
        for keer in range(3):
            collega = Gebruiker.objects.create_user(f"c{nummer}{keer}@zandmeer.example", organisatie=zandmeer)
            Deskundigheid.beveel_aan(anna.profiel, onderwerp, collega)
    bewijs.werk_bij()
    client.force_login(bram)
    with django_assert_max_num_queries(10):
        assert client.get(f"/mensen/{anna.pk}/").status_code == 200
