"""Article, Thread and Event stand or fall together, whichever button of ``/cms/`` was used."""

import pytest

from groepen.models import Thread
from groepen.toegang import BEHEERDER
from intranet.events.models import Event
from kennisbank.models import GroepKennisbank, Kennisartikel

from .test_lekken import met_beeld, vorm

pytestmark = pytest.mark.django_db


def soorten():
    return list(
        Event.objects.filter(soort__contains="artikel").order_by("pk").values_list("soort", "actor__voornaam")
    )


def draad(artikel):
    return Thread.objects.get(pk=Kennisartikel.objects.get(pk=artikel.pk).thread_id)


@pytest.fixture
def dora_werkt(client, dora):
    client.force_login(dora)
    return client


def test_from_writing_to_deleting_in_cms(dora_werkt, open_groep, dora, bezorg_alles):
    tak = GroepKennisbank.open_voor(open_groep)
    dora_werkt.post(f"/cms/pages/add/kennisbank/kennisartikel/{tak.pk}/", vorm(title="Eerst"))
    artikel = Kennisartikel.objects.get()
    assert (artikel.live, artikel.thread_id, soorten()) == (False, None, [])

    bewerk = f"/cms/pages/{artikel.pk}/edit/"
    dora_werkt.post(bewerk, vorm(title="Eerst", samenvatting="Kort", **{"action-publish": "1"}))
    eerste = draad(artikel)
    assert (eerste.titel, eerste.fragment, eerste.soort, eerste.groep, eerste.steller) == (
        "Eerst", "Kort", "artikel", open_groep, dora,
    )  # fmt: skip
    dora_werkt.post(bewerk, vorm(title="Daarna", **{"action-publish": "1"}))
    assert draad(artikel).pk == eerste.pk, "an old revision does not know the Thread yet"
    assert draad(artikel).titel == "Daarna"
    assert soorten() == [("kennisartikel.gepubliceerd", "Dora")] * 2

    dora_werkt.post(f"/cms/pages/{artikel.pk}/unpublish/")
    assert draad(artikel).verwijderd_op is not None
    assert soorten()[2:] == [("kennisartikel.ingetrokken", "Dora")]
    dora_werkt.post(bewerk, vorm(title="Terug", **{"action-publish": "1"}))
    assert (draad(artikel).pk, draad(artikel).verwijderd_op) == (eerste.pk, None)

    dora_werkt.post(f"/cms/pages/{artikel.pk}/delete/")
    assert not Kennisartikel.objects.exists()
    eerste.refresh_from_db()
    assert eerste.verwijderd_op is not None
    assert soorten()[4:] == [("kennisartikel.verwijderd", "Dora")]
    bezorg_alles()


def test_what_is_published_says_its_answer_in_short(dora_werkt, eigen):
    bewerk = f"/cms/pages/{eigen.pk}/edit/"
    pagina = dora_werkt.post(bewerk, vorm(title="Leeg", samenvatting="", **{"action-publish": "1"}))
    assert pagina.status_code == 200
    assert "kon niet" in pagina.text
    assert Kennisartikel.objects.get(pk=eigen.pk).title == "Een standplaats"
    # A draft may wait with it.
    assert dora_werkt.post(bewerk, vorm(title="Leeg", samenvatting="")).status_code == 302


def test_an_old_version_comes_back_with_the_same_thread(dora_werkt, eigen):
    oud = eigen.revisions.first()
    bewerk = f"/cms/pages/{eigen.pk}/edit/"
    dora_werkt.post(bewerk, vorm(title="Nieuwer", **{"action-publish": "1"}))
    dora_werkt.post(bewerk, vorm(title="Een standplaats", revision=oud.pk, **{"action-publish": "1"}))
    assert Thread.objects.filter(soort="artikel").count() == 1
    assert draad(eigen).titel == "Een standplaats"


def test_a_failure_leaves_nothing(dora_werkt, eigen, monkeypatch):
    def stuk(*args, **kwargs):
        raise RuntimeError("weg")

    monkeypatch.setattr(Event, "record", stuk)
    with pytest.raises(RuntimeError):
        dora_werkt.post(f"/cms/pages/{eigen.pk}/edit/", vorm(title="Half", **{"action-publish": "1"}))
    assert Kennisartikel.objects.get(pk=eigen.pk).title == "Een standplaats"
    assert draad(eigen).titel == "Een standplaats"
    assert eigen.revisions.count() == 1


def test_two_editors_both_stand_in_the_history(client, eigen, dora, eva):
    for wie, titel in ((dora, "Van Dora"), (eva, "Van Eva")):
        client.force_login(wie)
        client.post(f"/cms/pages/{eigen.pk}/edit/", vorm(title=titel, **{"action-publish": "1"}))
    assert [revisie.content["title"] for revisie in eigen.revisions.order_by("pk")][1:] == [
        "Van Dora",
        "Van Eva",
    ]
    geschiedenis = client.get(f"/cms/pages/{eigen.pk}/history/").content.decode()
    assert "Dora" in geschiedenis
    assert "Eva" in geschiedenis


@pytest.fixture
def daar(besloten_groep, dora):
    return GroepKennisbank.open_voor(besloten_groep)


def test_moving_takes_the_rule_along(dora_werkt, client, eigen, daar, bram, besloten_groep):
    dora_werkt.post(f"/cms/pages/{eigen.pk}/move/{daar.pk}/confirm/")
    assert draad(eigen).groep == besloten_groep
    assert Event.objects.filter(soort="thread.verplaatst", actor__voornaam="Dora").count() == 1
    client.force_login(bram)
    assert client.get(eigen.get_absolute_url()).status_code == 404


def test_images_do_not_move_along(dora_werkt, eigen, daar, maak_beeld, open_groep):
    dora_werkt.post(f"/cms/pages/{eigen.pk}/edit/", vorm(**met_beeld(maak_beeld(open_groep).pk)))
    antwoord = dora_werkt.post(f"/cms/pages/{eigen.pk}/move/{daar.pk}/confirm/", follow=True)
    assert "kan niet naar een andere groep" in antwoord.content.decode()
    assert draad(eigen).groep == open_groep


def test_a_new_beheerder_may_at_once(client, eigen, open_groep, bram):
    client.force_login(bram)
    assert client.get(f"/cms/pages/{eigen.pk}/edit/").status_code == 404
    open_groep.voeg_toe(bram, BEHEERDER)
    assert client.get(f"/cms/pages/{eigen.pk}/edit/").status_code == 200
