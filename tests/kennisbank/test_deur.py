"""Who comes into ``/cms/``, and that what they lose is lost at once."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import get_resolver, reverse
from wagtail.models import GroupPagePermission, Page

from groepen.models import Lidmaatschap
from groepen.toegang import BEHEERDER, LID
from kennisbank.deur import OPEN

pytestmark = pytest.mark.django_db
ADRESSEN = (
    "/cms/",
    "/cms/pages/",
    "/cms/images/",
    "/cms/login/",
    "/cms/sprite/",
    "/cms/jsi18n/",
    "/cms/niets/",
)


def namen(patronen, voor=()):
    for patroon in patronen:
        if hasattr(patroon, "url_patterns"):
            yield from namen(patroon.url_patterns, (*voor, patroon.namespace) if patroon.namespace else voor)
        else:
            yield ":".join((*voor, patroon.name or ""))


def van_wagtail():
    return set(
        namen(next(deel for deel in get_resolver().url_patterns if str(deel.pattern) == "cms/").url_patterns)
    )


def test_every_view_that_is_open_exists():
    assert van_wagtail() >= OPEN


@pytest.mark.parametrize("adres", ADRESSEN)
def test_a_stranger_logs_in_first(client, adres):
    antwoord = client.get(adres)
    assert antwoord.status_code == 302
    assert antwoord["Location"].startswith(reverse("account_login") + "?next=/cms/")


@pytest.mark.parametrize("wie", ["anna", "bram", "chris", "finn"])
def test_who_edits_nothing_finds_nothing(client, request, eigen, wie):
    client.force_login(request.getfixturevalue(wie))
    for adres in (*ADRESSEN, f"/cms/pages/{eigen.pk}/edit/", f"/cms/pages/{eigen.pk}/history/"):
        assert client.get(adres).status_code == 404, adres
        assert client.post(adres).status_code == 404, adres


@pytest.mark.parametrize("wie", ["dora", "eva"])
def test_beheerder_and_eigenaar_edit(client, request, eigen, wie):
    client.force_login(request.getfixturevalue(wie))
    for adres in ("/cms/", "/cms/pages/", f"/cms/pages/{eigen.pk}/edit/", f"/cms/pages/{eigen.pk}/history/"):
        assert client.get(adres, follow=True).status_code == 200, adres


def test_what_is_not_open_is_shut_for_editors_too(client, eigen, dora):
    client.force_login(dora)
    for adres in (
        "/cms/users/", "/cms/groups/", "/cms/sites/", "/cms/collections/", "/cms/workflows/list/",
        "/cms/reports/site-history/", "/cms/reports/aging-pages/", "/cms/login/", "/cms/password_reset/",
        "/cms/tag-autocomplete/?term=a", "/cms/api/main/images/",
        "/cms/pages/usage/kennisbank/kennisartikel/",
        f"/cms/bulk/wagtailcore/page/delete/?id={eigen.pk}", f"/cms/pages/{eigen.pk}/copy/",
        f"/cms/pages/{eigen.pk}/privacy/", f"/cms/pages/{eigen.pk}/workflow_history/",
        f"/cms/choose-page/chosen-multiple/?id={eigen.pk}", "/cms/images/chooser/chosen-multiple/?id=1",
    ):  # fmt: skip
        assert client.get(adres).status_code == 404, adres


@pytest.mark.parametrize("verlies", ["rol", "lid", "geblokkeerd", "gesloten"])
def test_who_loses_the_rol_loses_the_door_at_once(client, eigen, open_groep, dora, verlies):
    client.force_login(dora)
    adres = f"/cms/pages/{eigen.pk}/edit/"
    assert client.get(adres).status_code == 200
    lid = Lidmaatschap.objects.filter(groep=open_groep, gebruiker=dora)
    match verlies:
        case "rol":
            lid.update(rol=LID)
        case "lid":
            lid.delete()
        case "geblokkeerd":
            type(dora).objects.filter(pk=dora.pk).update(is_active=False)
        case "gesloten":
            type(open_groep).objects.filter(pk=open_groep.pk).update(gesloten_op=eigen.last_published_at)
    assert client.get(adres).status_code != 200
    assert client.post(adres, {"title": "Toch", "slug": "toch"}).status_code != 200
    eigen.refresh_from_db()
    assert eigen.latest_revision.content["title"] == "Een standplaats"
    if verlies != "geblokkeerd":  # who cannot log in does not reach the door
        assert not dora.groups.exists()


def test_a_group_given_by_hand_gives_no_rights(client, vreemd, eigen, dora):
    groep = Group.objects.create(name="Mag alles")
    for recht in Permission.objects.filter(codename__in=("access_admin", "change_page")):
        groep.permissions.add(recht)
        GroupPagePermission.objects.create(group=groep, page=Page.get_first_root_node(), permission=recht)
    dora.groups.add(groep)
    client.force_login(dora)
    assert client.get(f"/cms/pages/{vreemd.pk}/edit/").status_code == 404
    assert list(dora.groups.values_list("name", flat=True)) == [f"redactie {eigen.groep.pk}"]


def test_accounts_have_their_own_place(client, eigen, dora):
    client.force_login(dora)
    for adres, waar in (("/cms/account/", "profielen:ik"), ("/cms/logout/", "account_logout")):
        assert client.get(adres)["Location"] == reverse(waar)
        assert client.post(adres)["Location"] == reverse(waar)


def test_an_administrator_passes_no_rule(client, eigen, vreemd, open_groep, bram):
    bram.is_superuser = bram.is_staff = True
    bram.save()
    client.force_login(bram)
    assert client.get("/cms/").status_code == 404
    assert client.get("/cms/account/").status_code == 404
    open_groep.voeg_toe(bram, BEHEERDER)
    assert client.get(f"/cms/pages/{eigen.pk}/edit/").status_code == 200
    assert client.get(f"/cms/pages/{vreemd.pk}/edit/").status_code == 404
    assert client.get("/cms/users/").status_code == 404
    bram.refresh_from_db()
    assert bram.is_superuser


def test_the_pages_above_the_articles_are_not_edited(client, eigen, dora):
    client.force_login(dora)
    boven = eigen.get_parent()
    for pagina in (boven, boven.get_parent()):
        for wat in ("edit", "delete", "unpublish", "move"):
            assert client.get(f"/cms/pages/{pagina.pk}/{wat}/").status_code != 200, (pagina, wat)
            client.post(f"/cms/pages/{pagina.pk}/{wat}/", {"title": "Weg", "slug": "weg"})
    assert set(
        Page.objects.filter(pk__in=[boven.pk, boven.get_parent().pk]).values_list("live", flat=True)
    ) == {True}


def test_the_name_follows_the_groep(client, eigen, open_groep, dora):
    open_groep.naam = "Heel anders"
    open_groep.save(update_fields=["naam"])
    client.force_login(dora)
    assert "Heel anders" in client.get("/cms/pages/", follow=True).content.decode()


def test_a_number_that_no_database_holds_is_not_found(client, eigen, dora):
    client.force_login(dora)
    te_groot = 2**63
    for adres in (
        f"pages/{te_groot}/edit/",
        f"pages/{eigen.pk}/move/{te_groot}/confirm/",
        f"images/{te_groot}/",
    ):
        assert client.get(f"/cms/{adres}").status_code == 404
