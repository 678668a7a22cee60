"""What someone sees who presses a button after their session ended, or opens the address of one."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def vraag(open_groep, bram):
    return open_groep.stel_vraag(bram, "Waar staat de bladblazer?")


@pytest.mark.parametrize(
    ("koppen", "naar"),
    [
        ({"Referer": "http://testserver/vragen/?sorteer=stemmen#rij", "Sec-Fetch-Site": "same-origin"},
         "/vragen/%3Fsorteer%3Dstemmen"),
        ({"Referer": "http://testserver/groepen/"}, "/groepen/"),
        ({}, "/"),
        ({"Referer": "https://elders.example/vals/"}, "/"),
        ({"Referer": "https://elders.example/vals/", "Sec-Fetch-Site": "cross-site"}, "/"),
        ({"Referer": "http://testserver//elders.example/", "Sec-Fetch-Site": "same-origin"}, "/"),
    ],
)  # fmt: skip
def test_a_button_after_the_session_ended_leads_back_to_its_page(client, anna, vraag, koppen, naar):
    adres = f"/vragen/{vraag.pk}/bedankje/"
    response = client.post(adres, headers=koppen)
    assert response.url == f"/account/login/?next={naar}"
    html = client.get(response.url).text
    assert "Je was uitgelogd. Log in en doe het nog een keer." in html
    assert vraag.thread.aantal_bedankjes == 0


def test_what_a_script_sent_says_nothing(client, vraag):
    response = client.post(f"/vragen/{vraag.pk}/bedankje/", headers={"Sec-Fetch-Mode": "cors"})
    assert "Je was uitgelogd" not in client.get(response.url).text


def test_a_page_is_where_it_was(client, vraag):
    assert client.get(f"/vragen/{vraag.pk}/?na=1").url == f"/account/login/?next=/vragen/{vraag.pk}/%3Fna%3D1"


def test_the_address_of_a_button_has_a_page(client, anna, vraag):
    client.force_login(anna)
    response = client.get(f"/vragen/{vraag.pk}/bedankje/")
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "Dit adres hoort bij een knop" in response.text
    response = client.get(f"/vragen/{vraag.pk}/bedankje/", headers={"Accept": "application/json"})
    assert response.json() == {"fout": "Dit adres hoort bij een knop. Er is hier niets te bekijken."}


@pytest.mark.parametrize(
    "adres",
    ["/kennisbank/{}/", "/kennisbank/{}/x/", "/kennisbank/beelden/{}/", "/mensen/{}/", "/mensen/{}/foto/"],
)
def test_a_number_that_fits_in_no_column_is_not_found(client, anna, adres):
    client.force_login(anna)
    assert client.get(adres.format("9" * 25)).status_code == 404
