"""The index, the article, its images and its preview; and how many questions they ask."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from groepen.models import Vraag
from intranet.zoeken import onderhoud
from intranet.zoeken.ingebouwd import Ingebouwd
from kennisbank.models import GroepKennisbank, Kennisartikel

pytestmark = pytest.mark.django_db


def tel(client, adres):
    with CaptureQueriesContext(connection) as vragen:
        antwoord = client.get(adres)
    assert antwoord.status_code == 200
    return [vraag["sql"] for vraag in vragen], antwoord.content.decode()


def blokken(beelden=(), tekst="<h2>Zo doe je dat</h2><p>Eerst dit.</p>"):
    return [
        ("tekst", tekst),
        *(("beeld", {"beeld": beeld, "bijschrift": "Het plein"}) for beeld in beelden),
        ("code", "a < b"),
    ]


def test_the_article_asks_as_much_with_much_as_with_little(
    client, open_groep, dora, anna, schrijf, maak_beeld
):
    weinig = schrijf(open_groep, dora, "Weinig", inhoud=blokken([maak_beeld(open_groep)]))
    links = "".join(f'<p><a linktype="page" id="{weinig.pk}">zie {n}</a></p>' for n in range(5))
    veel = schrijf(
        open_groep,
        dora,
        "Veel",
        inhoud=blokken([maak_beeld(open_groep, f"b{n}") for n in range(4)], links) * 2,
    )
    client.force_login(anna)
    for artikel in (weinig, veel):
        client.get(artikel.get_absolute_url())  # makes the sizes
    eerst, _ = tel(client, weinig.get_absolute_url())
    dan, pagina = tel(client, veel.get_absolute_url())
    assert len(dan) == len(eerst) <= 10, "\n".join(dan)
    assert pagina.count("<figure") == 8
    assert "a &lt; b" in pagina
    assert " style=" not in pagina


def test_the_index_asks_as_much_with_many(client, open_groep, besloten_groep, dora, anna, schrijf):
    schrijf(open_groep, dora, "Een")
    client.force_login(anna)
    adres = reverse("kennisbank:index")
    eerst, _ = tel(client, adres)
    for groep in (open_groep, besloten_groep):
        for n in range(3):
            schrijf(groep, dora, f"Nog {n}")
    dan, pagina = tel(client, adres)
    assert len(dan) == len(eerst) <= 10, "\n".join(dan)
    assert pagina.count("bp-rij__midden") == 7


def test_searching_is_done_by_the_search_page(client, open_groep, besloten_groep, bram, dora, schrijf):
    schrijf(open_groep, dora, "Café op het plein")
    schrijf(besloten_groep, dora, "Café in het geheim")
    onderhoud.herbouw(Ingebouwd())
    client.force_login(bram)
    antwoord = client.get("/kennisbank/", {"q": " CAFE & plein"}, follow=True)
    assert antwoord.redirect_chain == [("/zoeken/?q=CAFE+%26+plein&soort=artikel", 302)]
    assert "Café</mark> op het" in antwoord.text
    assert "geheim" not in client.get("/kennisbank/?q=cafe", follow=True).text
    antwoord = client.get("/kennisbank/", {"q": "cafe", "groep": open_groep.slug})
    assert antwoord.url == f"/zoeken/?q=cafe&soort=artikel&groep={open_groep.pk}"
    # The number of a Groep that one may not read is not told.
    antwoord = client.get("/kennisbank/", {"q": "cafe", "groep": besloten_groep.slug})
    assert antwoord.url == "/zoeken/?q=cafe&soort=artikel"
    pagina = client.get(f"/kennisbank/?groep={open_groep.slug}").text
    vak = pagina[pagina.index('class="bp-zoekregel"') :].partition("</form>")[0]
    assert 'action="/zoeken/"' in vak
    assert 'name="soort" value="artikel"' in vak
    assert f'name="groep" value="{open_groep.pk}"' in vak


def test_an_address_with_an_old_name_finds_the_article(client, eigen, anna):
    client.force_login(anna)
    antwoord = client.get(f"/kennisbank/{eigen.pk}/heel-oud/")
    assert antwoord.status_code == 302
    assert antwoord["Location"] == eigen.get_absolute_url()


def test_the_source_shows_to_who_may_see_it(client, open_groep, besloten_groep, anna, bram, dora, schrijf):
    vraag = Vraag.stel(besloten_groep, anna, titel="Een besloten vraag", inhoud="<p>Zeg het</p>")
    artikel = schrijf(open_groep, dora, bron=vraag)
    client.force_login(anna)
    assert "Een besloten vraag" in client.get(artikel.get_absolute_url()).content.decode()
    client.force_login(bram)
    assert "Een besloten vraag" not in client.get(artikel.get_absolute_url()).content.decode()


def test_an_image_that_is_gone_leaves_the_text(client, open_groep, anna, dora, schrijf, maak_beeld):
    weg, stuk = maak_beeld(open_groep, "weg"), maak_beeld(open_groep, "stuk")
    artikel = schrijf(open_groep, dora, inhoud=blokken([weg, stuk]))
    weg.delete()
    stuk.file.storage.delete(stuk.file.name)
    client.force_login(anna)
    pagina = client.get(artikel.get_absolute_url()).content.decode()
    assert "Eerst dit." in pagina
    assert "<figure" not in pagina


def test_the_button_opens_a_kennisbank_once(client, open_groep, dora, anna):
    adres = reverse("kennisbank:redactie", args=[open_groep.slug])
    client.force_login(anna)
    assert client.post(adres).status_code == 403
    client.force_login(dora)
    for _keer in range(2):
        antwoord = client.post(adres, follow=True)
        assert antwoord.status_code == 200
        assert 'name="samenvatting"' in antwoord.content.decode()
    assert GroepKennisbank.objects.count() == 1


def test_the_preview_is_the_page_for_the_editor_alone(client, eigen, dora, anna):
    Kennisartikel.objects.get(pk=eigen.pk).save_revision(user=dora)
    revisie = Kennisartikel.objects.get(pk=eigen.pk)
    revisie.title = "Nog niet klaar"
    revisie.save_revision(user=dora)
    client.force_login(dora)
    antwoord = client.get(f"/cms/pages/{eigen.pk}/view_draft/")
    assert "Nog niet klaar" in antwoord.content.decode()
    client.force_login(anna)
    assert client.get(f"/cms/pages/{eigen.pk}/view_draft/").status_code == 404
    assert "Nog niet klaar" not in client.get(eigen.get_absolute_url()).content.decode()


def test_cms_speaks_dutch(client, eigen, dora):
    client.force_login(dora)
    pagina = client.get(f"/cms/pages/{eigen.pk}/edit/").content.decode()
    assert "Samenvatting" in pagina
    assert "Publiceer" in pagina
