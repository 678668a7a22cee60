"""A planted word of another kennisbank turns up on no surface: on the site, in ``/cms/``, in images."""

import pytest
from django.urls import reverse

from groepen.toegang import BEHEERDER
from kennisbank.models import Beeld, GroepKennisbank, Kennisartikel

from .conftest import KANARIE

pytestmark = pytest.mark.django_db


def zie(client, adres, **rest):
    antwoord = client.get(adres, follow=True, **rest)
    return antwoord.status_code, b"".join(antwoord).decode(errors="replace")


# --- The site: role × soort Groep ----------------------------------------------------------------

ZIET = {
    "open": {"anna", "bram", "dora", "eva"},
    "besloten": {"anna", "dora", "eva"},
    "verborgen": {"anna", "dora", "eva"},
}


@pytest.mark.parametrize("soort", ZIET)
def test_the_site_follows_the_rule(
    client, request, soort, schrijf, maak_beeld, anna, bram, chris, dora, eva, finn
):
    groep = request.getfixturevalue(f"{soort}_groep")
    beeld = maak_beeld(groep)
    artikel = schrijf(groep, dora, KANARIE, inhoud=[("tekst", "<p>Zo zit het.</p>")])
    plaatje = beeld.get_rendition("width-1280").url
    for naam, wie in {
        "anna": anna,
        "bram": bram,
        "chris": chris,
        "dora": dora,
        "eva": eva,
        "finn": finn,
    }.items():
        client.force_login(wie)
        mag = naam in ZIET[soort]
        status, pagina = zie(client, artikel.get_absolute_url())
        assert (status == 200, KANARIE in pagina) == (mag, mag), naam
        status, lijst = zie(client, reverse("kennisbank:index"))
        assert (status, KANARIE in lijst) == (200, mag), naam
        assert (KANARIE in zie(client, reverse("kennisbank:index") + f"?groep={groep.slug}")[1]) == mag
        assert (client.get(plaatje).status_code == 200) == mag, naam
        assert (client.get(reverse("kennisbank:artikel_kort", args=[artikel.pk])).status_code == 302) == mag


def test_strangers_log_in_first(client, eigen, maak_beeld, open_groep):
    for adres in (
        eigen.get_absolute_url(),
        "/kennisbank/",
        maak_beeld(open_groep).get_rendition("width-100").url,
    ):
        assert client.get(adres).status_code == 302


def test_files_lie_at_no_public_address(client, maak_beeld, open_groep, dora):
    client.force_login(dora)
    beeld = maak_beeld(open_groep)
    for bestand in (beeld.file, beeld.get_rendition("width-100").file):
        assert client.get(bestand.url).status_code == 404


def test_a_draft_is_not_on_the_site(client, open_groep, dora, schrijf):
    concept = schrijf(open_groep, dora, KANARIE, publiceer=False)
    client.force_login(dora)
    assert client.get(reverse("kennisbank:artikel", args=[concept.pk, concept.slug])).status_code == 404
    assert KANARIE not in zie(client, "/kennisbank/")[1]


def test_a_link_to_a_hidden_article_tells_nothing(client, open_groep, dora, anna, vreemd, schrijf):
    artikel = schrijf(
        open_groep, dora, inhoud=[("tekst", f'<p>Zie <a linktype="page" id="{vreemd.pk}">daar</a>.</p>')]
    )
    client.force_login(anna)
    pagina = zie(client, artikel.get_absolute_url())[1]
    assert f'href="/kennisbank/{vreemd.pk}/"' in pagina
    assert KANARIE not in pagina
    assert KANARIE.lower() not in pagina
    assert client.get(f"/kennisbank/{vreemd.pk}/").status_code == 404


# --- /cms/ ---------------------------------------------------------------------------------------


@pytest.fixture
def redacteur(client, eigen, vreemd, vreemd_beeld, dora):
    client.force_login(dora)
    return client


def test_no_address_of_cms_shows_the_other_kennisbank(redacteur, eigen, vreemd, vreemd_beeld):
    tak, oud = vreemd.get_parent().pk, vreemd.revisions.first().pk
    eigen_oud = eigen.revisions.first().pk
    paginas = [
        f"/cms/pages/{vreemd.pk}/{wat}/"
        for wat in (
            "edit", "edit/preview", "view_draft", "history", "history/results", "usage", "delete",
            "unpublish", "move",
            "copy", "privacy", "lock", f"revisions/{oud}/view", f"revisions/{oud}/revert",
            f"revisions/compare/{oud}...latest", "revisions/compare/earliest...live",
            f"move/{eigen.get_parent().pk}/confirm",
        )
    ]  # fmt: skip
    kruis = [
        f"/cms/pages/{eigen.pk}/revisions/{oud}/view/",
        f"/cms/pages/{eigen.pk}/revisions/{oud}/revert/",
        f"/cms/pages/{eigen.pk}/revisions/compare/{eigen_oud}...{oud}/",
        f"/cms/pages/{eigen.pk}/move/{tak}/confirm/",
        f"/cms/pages/add/kennisbank/kennisartikel/{tak}/",
        f"/cms/pages/{tak}/",
        f"/cms/pages/{tak}/results/",
        f"/cms/pages/{tak}/add_subpage/",
        f"/cms/choose-page/{tak}/",
        f"/cms/choose-page/{vreemd.pk}/",
        f"/cms/api/main/pages/{vreemd.pk}/",
        f"/cms/api/main/pages/{tak}/",
        f"/cms/images/{vreemd_beeld.pk}/",
        f"/cms/images/{vreemd_beeld.pk}/delete/",
        f"/cms/images/{vreemd_beeld.pk}/generate_url/",
        f"/cms/images/{vreemd_beeld.pk}/preview/original/",
        f"/cms/images/usage/{vreemd_beeld.pk}/",
        f"/cms/images/chooser/chosen/{vreemd_beeld.pk}/",
        f"/cms/images/chooser/{vreemd_beeld.pk}/select_format/",
        f"/cms/images/multiple/{vreemd_beeld.pk}/",
    ]
    for adres in paginas + kruis:
        status, inhoud = zie(redacteur, adres)
        assert KANARIE not in inhoud, adres
        assert status >= 400, (adres, status)


def test_no_list_of_cms_shows_the_other_kennisbank(redacteur, eigen, vreemd):
    index = eigen.get_parent().get_parent()
    for adres in (
        "/cms/", "/cms/pages/", f"/cms/pages/{index.pk}/", f"/cms/pages/{index.get_parent().pk}/",
        f"/cms/pages/{index.pk}/results/?q={KANARIE}x", "/cms/pages/search/?q=kanarie",
        "/cms/pages/search/?q=titel",
        "/cms/pages/search/results/?q=kort", f"/cms/api/main/pages/?child_of={index.pk}",
        "/cms/api/main/pages/",
        f"/cms/api/main/pages/?descendant_of={index.pk}&fields=*",
        f"/cms/api/main/pages/?child_of={vreemd.get_parent().pk}",
        "/cms/choose-page/", f"/cms/choose-page/{index.pk}/", "/cms/choose-page/search/?q=titel",
        "/cms/choose-page/search/?q=kanarie&page_type=wagtailcore.page",
        "/cms/images/", "/cms/images/?q=beeld", "/cms/images/results/?q=beeld", "/cms/images/chooser/",
        "/cms/images/chooser/results/?q=beeld", "/cms/images/add/", "/cms/images/multiple/add/",
        f"/cms/pages/{eigen.pk}/edit/", f"/cms/pages/{eigen.pk}/move/", f"/cms/pages/{eigen.pk}/history/",
    ):  # fmt: skip
        status, inhoud = zie(redacteur, adres)
        assert KANARIE not in inhoud, adres
        assert status < 500, adres


def test_an_article_one_may_read_can_be_linked_but_not_edited(
    client, eigen, besloten_groep, dora, eva, anna, schrijf
):
    """Dora beheert one Groep and reads another: the chooser finds the article, the explorer does not."""
    besloten_groep.lidmaatschappen.filter(gebruiker=dora).update(rol="lid")
    gelezen = schrijf(besloten_groep, eva, "Leesbaar stuk")
    client.force_login(dora)
    assert "Leesbaar stuk" in zie(client, "/cms/choose-page/search/?q=leesbaar")[1]
    assert "Leesbaar stuk" not in zie(client, "/cms/pages/search/?q=leesbaar")[1]
    assert client.get(f"/cms/pages/{gelezen.pk}/edit/").status_code == 404


def vorm(**velden):
    return {"title": "Nieuw", "slug": "nieuw", "samenvatting": "In het kort.", "inhoud-count": "0", **velden}


def met_beeld(pk):
    return {
        "inhoud-count": "1", "inhoud-0-deleted": "", "inhoud-0-order": "0", "inhoud-0-type": "beeld",
        "inhoud-0-id": "",
        "inhoud-0-value-beeld-image": str(pk), "inhoud-0-value-beeld-alt_text": "",
        "inhoud-0-value-beeld-decorative": "on", "inhoud-0-value-bijschrift": "",
    }  # fmt: skip


def test_an_image_of_another_groep_cannot_be_borrowed(redacteur, eigen, vreemd_beeld, open_groep, maak_beeld):
    adres = f"/cms/pages/{eigen.pk}/edit/"
    antwoord = redacteur.post(adres, vorm(**met_beeld(vreemd_beeld.pk)), follow=True)
    assert antwoord.status_code == 200
    assert KANARIE not in antwoord.content.decode()
    eigen.refresh_from_db()
    assert f'"{vreemd_beeld.pk}"' not in str(eigen.get_latest_revision().content["inhoud"])
    redacteur.post(adres, vorm(**met_beeld(maak_beeld(open_groep).pk)))
    eigen.refresh_from_db()
    assert len(eigen.get_latest_revision_as_object().beelden) == 1, "its own image can"


def test_each_editor_has_images_of_their_own(client, eigen, vreemd, vreemd_beeld, dora, finn, maak_beeld):
    """One process serves them all: what the first editor may use says nothing about the second."""
    van_dora = maak_beeld(eigen.groep)
    for wie, artikel, beeld, mag in (
        (dora, eigen, van_dora, True),
        (finn, vreemd, vreemd_beeld, True),
        (dora, eigen, vreemd_beeld, False),
        (finn, vreemd, van_dora, False),
    ):
        client.force_login(wie)
        client.post(f"/cms/pages/{artikel.pk}/edit/", vorm(**met_beeld(beeld.pk)))
        laatste = Kennisartikel.objects.get(pk=artikel.pk).get_latest_revision_as_object()
        assert (beeld.pk in [een.pk for een in laatste.beelden]) == mag, (wie, beeld)


def test_an_image_goes_into_no_collection_of_another(redacteur, eigen, vreemd, open_groep, maak_beeld):
    beeld = maak_beeld(open_groep)
    daar = GroepKennisbank.objects.get(groep=vreemd.groep).collectie
    redacteur.post(f"/cms/images/{beeld.pk}/", {"title": "x", "collection": daar.pk})
    beeld.refresh_from_db()
    assert beeld.collection != daar


def test_posts_change_nothing_of_another(redacteur, eigen, vreemd, vreemd_beeld):
    tak = vreemd.get_parent()
    for adres, velden in (
        (f"/cms/pages/{vreemd.pk}/edit/", vorm(**{"action-publish": "1"})),
        (f"/cms/pages/{vreemd.pk}/delete/", {}),
        (f"/cms/pages/{vreemd.pk}/unpublish/", {}),
        (f"/cms/pages/{eigen.pk}/move/", {"new_parent_page": tak.pk}),
        (f"/cms/pages/{eigen.pk}/move/{tak.pk}/confirm/", {}),
        (f"/cms/pages/add/kennisbank/kennisartikel/{tak.pk}/", vorm()),
        (f"/cms/images/{vreemd_beeld.pk}/delete/", {}),
        (f"/cms/editing-sessions/ping/wagtailcore/page/{vreemd.pk}/1/", {}),
        (f"/cms/editing-sessions/ping/kennisbank/kennisartikel/{vreemd.pk}/1/", {}),
        (f"/cms/editing-sessions/ping/groepen/groep/{vreemd.groep.pk}/1/", {}),
    ):
        antwoord = redacteur.post(adres, velden)
        assert antwoord.status_code in (302, 404), adres
        assert KANARIE not in antwoord.content.decode(), adres
    vreemd.refresh_from_db()
    assert vreemd.live
    assert vreemd.title == f"{KANARIE} titel"
    assert tak.get_children().count() == 1
    assert Beeld.objects.filter(pk=vreemd_beeld.pk).exists()


def test_what_one_edited_and_lost_is_gone(client, vreemd, vreemde_groep, eigen, dora):
    vreemde_groep.voeg_toe(dora, BEHEERDER)
    client.force_login(dora)
    client.post(f"/cms/pages/{vreemd.pk}/edit/", vorm(title=f"{KANARIE} van dora"))
    assert KANARIE in zie(client, "/cms/pages/search/?q=kanarie")[1]
    vreemde_groep.lidmaatschappen.filter(gebruiker=dora).delete()
    for adres in ("/cms/", "/cms/pages/", "/cms/pages/search/?q=kanarie"):
        assert "<title>" in zie(client, adres)[1]
        assert KANARIE + " van dora" not in zie(client, adres)[1], adres
