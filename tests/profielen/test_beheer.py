"""``/beheer/``: what has a verb goes through it, passwords and content are not there, nothing is deleted."""

import pytest

from groepen.models import Groep
from intranet.events.models import Event
from profielen.models import Afdeling, Gebruiker, Onderwerp, Organisatie, Profiel


@pytest.fixture
def baas(zandmeer):
    return Gebruiker.objects.create_superuser(
        "baas@zandmeer.example", "x", voornaam="Baas", achternaam="Beheer", organisatie=zandmeer
    )


@pytest.fixture
def beheer(client, baas):
    client.force_login(baas)
    return client


def doe(beheer, werkwoord, *gebruikers):
    return beheer.post(
        "/beheer/profielen/gebruiker/",
        {"action": werkwoord, "_selected_action": [gebruiker.pk for gebruiker in gebruikers]},
        follow=True,
    )


@pytest.mark.parametrize(
    "pad",
    [
        "profielen/gebruiker/",
        "profielen/organisatie/",
        "profielen/afdeling/",
        "profielen/onderwerp/",
        "groepen/groep/",
    ],
)
def test_lists_and_search_open_for_administrators_alone(client, beheer, anna, open_groep, pad):
    assert beheer.get(f"/beheer/{pad}").status_code == 200
    assert beheer.get(f"/beheer/{pad}", {"q": "an"}).status_code == 200
    client.force_login(anna)
    assert client.get(f"/beheer/{pad}").status_code in (302, 403, 404)


def test_no_password_is_shown(beheer, anna):
    html = beheer.get(f"/beheer/profielen/gebruiker/{anna.pk}/change/").content.decode()
    assert anna.password
    assert anna.password not in html
    assert 'name="password' not in html


def test_block_end_and_let_in_again_by_the_verbs(beheer, baas, anna, bram, open_groep, eva):
    doe(beheer, "blokkeer", anna, baas)
    assert not Gebruiker.objects.get(pk=anna.pk).is_active
    assert Gebruiker.objects.get(pk=baas.pk).is_active, "nobody locks themselves out"
    doe(beheer, "beeindig", eva)
    assert open_groep.lidmaatschappen.get(rol="eigenaar").gebruiker.voornaam == "Dora"
    doe(beheer, "laat_weer_toe", anna)
    assert Gebruiker.objects.get(pk=anna.pk).is_active
    soorten = list(
        Event.objects.filter(actor=baas, soort__startswith="gebruiker.").values_list("soort", "ding_id")
    )
    assert soorten == [
        ("gebruiker.geblokkeerd", anna.pk),
        ("gebruiker.beeindigd", eva.pk),
        ("gebruiker.toegelaten", anna.pk),
    ]  # fmt: skip


def gegevens(gebruiker, **anders):
    return {
        "voornaam": gebruiker.voornaam, "tussenvoegsel": "", "achternaam": gebruiker.achternaam, "taal": "nl",
        "organisatie": gebruiker.organisatie_id,
    } | anders  # fmt: skip


def test_another_organisatie_goes_by_the_verb(beheer, anna, open_groep, oosterwold):
    adres = f"/beheer/profielen/gebruiker/{anna.pk}/change/"
    antwoord = beheer.post(adres, gegevens(anna, organisatie=oosterwold.pk, achternaam="Nieuwenaam"))
    assert antwoord.status_code == 302, antwoord.context["adminform"].errors
    nieuw = Gebruiker.objects.get(pk=anna.pk)
    assert (nieuw.organisatie, nieuw.sorteernaam, nieuw.email) == (oosterwold, "nieuwenaam anna", anna.email)
    assert not nieuw.lidmaatschappen.exists()
    assert Event.objects.filter(soort="gebruiker.wisselde_organisatie").count() == 1


def test_saving_without_a_change_moves_nobody(beheer, anna, open_groep):
    assert beheer.post(f"/beheer/profielen/gebruiker/{anna.pk}/change/", gegevens(anna)).status_code == 302
    assert anna.lidmaatschappen.count() == 1
    assert not Event.objects.filter(soort="gebruiker.wisselde_organisatie").exists()


def test_a_new_account_gets_a_profiel_and_no_password(beheer, zandmeer, anna):
    nieuw = {"email": "Nieuw@Zandmeer.example", "voornaam": "Nina", "achternaam": "Nieuw", "taal": "nl",
             "organisatie": zandmeer.pk}  # fmt: skip
    antwoord = beheer.post("/beheer/profielen/gebruiker/add/", nieuw)
    assert antwoord.status_code == 302, antwoord.context["adminform"].errors
    nina = Gebruiker.objects.get(email="nieuw@zandmeer.example")
    assert Profiel.objects.filter(pk=nina.pk).exists()
    assert not nina.has_usable_password()
    dubbel = beheer.post("/beheer/profielen/gebruiker/add/", nieuw | {"email": "ANNA@zandmeer.example"})
    assert "Er is al een account met dit e-mailadres." in dubbel.content.decode()


def test_staff_that_is_no_superuser_cannot_make_itself_one(client, anna, bram):
    from django.contrib.auth.models import Permission

    Gebruiker.objects.filter(pk=bram.pk).update(is_staff=True)
    bram.user_permissions.set(Permission.objects.filter(content_type__app_label="profielen"))
    client.force_login(bram)
    adres = f"/beheer/profielen/gebruiker/{bram.pk}/change/"
    assert client.post(adres, gegevens(bram, is_superuser="on")).status_code == 302
    assert not Gebruiker.objects.get(pk=bram.pk).is_superuser


@pytest.mark.parametrize("ding", ["gebruiker", "organisatie", "onderwerp"])
def test_nothing_that_carries_people_or_words_is_deleted(beheer, anna, zandmeer, ding):
    pk = {"gebruiker": anna.pk, "organisatie": zandmeer.pk}.get(ding) or Onderwerp.objects.create(naam="X").pk
    assert beheer.post(f"/beheer/profielen/{ding}/{pk}/delete/", {"post": "yes"}).status_code == 403


def test_an_afdeling_hangs_in_its_own_tree(beheer, zandmeer, oosterwold):
    boven = Afdeling.objects.create(organisatie=zandmeer, naam="Boven")
    onder = Afdeling.objects.create(organisatie=zandmeer, naam="Onder", ouder=boven)
    elders = Afdeling.objects.create(organisatie=oosterwold, naam="Elders")

    def bewaar(afdeling, **velden):
        adres = f"/beheer/profielen/afdeling/{afdeling.pk}/change/"
        return beheer.post(adres, {"organisatie": zandmeer.pk, "ouder": "", "naam": afdeling.naam} | velden)

    assert "onder zichzelf hangen" in bewaar(boven, ouder=onder.pk).content.decode()
    assert "bij een andere organisatie" in bewaar(onder, ouder=elders.pk).content.decode()
    assert "Verplaats eerst" in bewaar(boven, organisatie=oosterwold.pk).content.decode()
    assert bewaar(onder, naam="Anders").status_code == 302


def test_onderwerpen_of_the_upl_are_read_only_and_ours_hold_no_comma(beheer):
    upl = Onderwerp.objects.create(naam="Paspoort", upl_adres="http://x/paspoort")
    assert beheer.post(f"/beheer/profielen/onderwerp/{upl.pk}/change/", {"naam": "Y"}).status_code == 403
    assert beheer.post("/beheer/profielen/onderwerp/add/", {"naam": "Foodtrucks"}).status_code == 302
    assert "geen komma" in beheer.post("/beheer/profielen/onderwerp/add/", {"naam": "A, b"}).content.decode()


def test_an_organisatie_with_its_domains(beheer):
    antwoord = beheer.post(
        "/beheer/profielen/organisatie/add/",
        {
            "naam": "Élburg", "soort": "gemeente", "deelname": "deelnemer", "identificatie": "",
            "domeinen-TOTAL_FORMS": 1, "domeinen-INITIAL_FORMS": 0, "domeinen-0-domein": "@Elburg.Example",
        },
    )  # fmt: skip
    assert antwoord.status_code == 302, antwoord.context["adminform"].errors
    elburg = Organisatie.objects.get(sorteernaam="elburg")
    assert (elburg.identificatie, elburg.domeinen.get().domein) == (None, "elburg.example")
    assert Event.objects.filter(soort="organisatie.gemaakt").count() == 1


# --- Groepen ------------------------------------------------------------------------------------------


def test_of_a_groep_settings_only(beheer, baas, besloten_groep, zandmeer, oosterwold, van_elk, finn, anna):
    besloten_groep.wijzig(anna, doel="Kanarie-doel")
    besloten_groep.stel_vraag(anna, "Kanarie-vraag over iets", "<p>Kanarie-tekst</p>")
    besloten_groep.voeg_toe(finn)
    adres = f"/beheer/groepen/groep/{besloten_groep.pk}/change/"
    html = beheer.get(adres).content.decode()
    assert "Groep besloten" in html
    assert "Kanarie" not in html
    assert "Lidwoord" not in html
    alles = {"soort": "open", "organisaties": [zandmeer.pk, oosterwold.pk], "gesloten": "on"}
    assert beheer.post(adres, alles | {"naam": "Gekaapt", "doel": "Gekaapt"}).status_code == 302
    groep = Groep.objects.get(pk=besloten_groep.pk)
    assert (groep.naam, groep.soort, groep.is_gesloten, groep.doel) == (
        "Groep besloten", "open", True, "Kanarie-doel",
    )  # fmt: skip
    assert set(groep.organisaties.all()) == {zandmeer, oosterwold}
    assert groep.aantal_gasten == 0  # Finn belongs here now
    soorten = Event.objects.filter(actor=baas, groep_id=groep.pk).values_list("soort", flat=True)
    assert list(soorten) == ["groep.gewijzigd", "groep.gesloten", "groep.organisaties_gewijzigd"]
    # Not a deelnemer, or none at all: refused.
    assert beheer.post(adres, {"soort": "open", "organisaties": [van_elk.pk]}).status_code == 200
    assert beheer.post(adres, {"soort": "open", "organisaties": []}).status_code == 200
    assert beheer.post(f"/beheer/groepen/groep/{groep.pk}/delete/", {"post": "yes"}).status_code == 403


def test_saving_a_groep_without_a_change_says_nothing(beheer, baas, open_groep, zandmeer):
    adres = f"/beheer/groepen/groep/{open_groep.pk}/change/"
    assert beheer.post(adres, {"soort": "open", "organisaties": [zandmeer.pk]}).status_code == 302
    assert not Event.objects.filter(actor=baas).exists()
