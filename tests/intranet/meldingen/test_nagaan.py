"""Before posting: who cannot read it, how many it reaches, from where on it must be meant and may be done."""

from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from groepen import toegang
from groepen.haken import Ernst
from groepen.models import Antwoord, Groep, Reactie, Vraag
from intranet.meldingen.bereik import noembaar
from intranet.meldingen.models import Vermelding
from intranet.meldingen.nagaan import nagaan
from profielen.models import Afdeling, Deskundigheid, Onderwerp
from tests.conftest import maak

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def grenzen(settings):
    settings.VERMELD_VRAAG_BOVEN, settings.VERMELD_RECHT_BOVEN = 2, 4


@pytest.fixture
def velen(zandmeer, eva):
    """``velen(4)`` is a besloten Groep with so many leden beside Eva."""

    def maak_groep(aantal, soort="besloten"):
        groep = Groep.start(eva, naam=f"Met {aantal}", soort=soort)
        for nummer in range(aantal):
            groep.voeg_toe(
                maak(f"{soort}{aantal}-{nummer}@zandmeer.example", "Jan", f"De {nummer}", zandmeer)
            )
        groep.refresh_from_db()
        return groep

    return maak_groep


def zinnen(schrijver, groep, *doelen):
    return [(een.ernst, een.zin) for een in nagaan(schrijver, groep, list(doelen))]


# --- Who cannot read ------------------------------------------------------------------------------


def test_who_cannot_read_is_said_and_nobody_else(anna, bram, dora, besloten_groep, django_assert_num_queries):
    anna.organisatie  # noqa: B018  as with the request
    with django_assert_num_queries(2):  # one is mag_beheren, which a page remembers
        gevonden = nagaan(anna, besloten_groep, [("gebruiker", bram.pk), ("gebruiker", dora.pk)])
    assert gevonden == [(Ernst.ZEG, "Bram Buiten kan deze groep niet lezen en krijgt geen bericht.", "", "")]


def test_who_looks_after_the_groep_may_invite(dora, bram, besloten_groep):
    (bezwaar,) = nagaan(dora, besloten_groep, [("gebruiker", bram.pk)])
    adres = f"/groepen/{besloten_groep.slug}/leden/?uitnodigen={bram.pk}#uitnodigen"
    assert bezwaar[2:] == (adres, "Nodig Bram Buiten uit")


def test_of_who_cannot_be_seen_nothing_is_said(chris, bram, open_groep, besloten_groep):
    besloten_groep.voeg_toe(chris)
    assert nagaan(chris, besloten_groep, [("gebruiker", bram.pk)]) == []
    bram.blokkeer()
    assert nagaan(open_groep.lidmaatschappen.first().gebruiker, open_groep, [("gebruiker", bram.pk)]) == []


# --- How many -------------------------------------------------------------------------------------


def test_a_groep_reaches_its_leden_who_read_here(anna, eva, velen, open_groep, besloten_groep):
    genoemd = velen(1)
    genoemd.voeg_toe(anna)
    anna.refresh_from_db()
    # Without the writer: Eva and one more. In the besloten one only Eva reads.
    assert zinnen(anna, open_groep, ("groep", genoemd.pk)) == [
        (Ernst.WEET, "@Met 1: 2 mensen krijgen een bericht.")
    ]
    assert zinnen(anna, besloten_groep, ("groep", genoemd.pk)) == [
        (Ernst.WEET, "@Met 1: 1 mens krijgt een bericht.")
    ]


def test_of_a_groep_one_only_finds_the_card_counts(anna, velen, open_groep, besloten_groep):
    """Who of them reads here would tell who is in it."""
    genoemd = velen(1)
    for groep in (open_groep, besloten_groep):
        assert zinnen(anna, groep, ("groep", genoemd.pk)) == [
            (Ernst.WEET, "@Met 1: hooguit 2 mensen krijgen een bericht.")
        ]


def test_a_groep_one_cannot_find_is_not_there(anna, velen, open_groep):
    assert zinnen(anna, open_groep, ("groep", velen(5, "verborgen").pk), ("groep", 10**9)) == []


def test_a_number_that_was_sent_along_reaches_nobody_in_a_groep_one_cannot_find(
    anna, bram, velen, open_groep, bezorg_alles
):
    verborgen, besloten = velen(1, "verborgen"), velen(1)
    tekst = genoemd_als(verborgen) + genoemd_als(besloten)
    open_groep.stel_vraag(bram, "Wie weet dit?", tekst)
    bezorg_alles()
    assert [v.doel for v in Vermelding.objects.all()] == [f"groep:{besloten.pk}"]


def test_an_afdeling_reaches_its_parts_too(anna, bram, finn, chris, zandmeer, open_groep):
    boven = Afdeling.objects.create(organisatie=zandmeer, naam="Dienst")
    deel = Afdeling.objects.create(organisatie=zandmeer, naam="Balie", ouder=boven)
    for mens, afdeling in ((anna, boven), (bram, deel)):
        mens.profiel.afdeling = afdeling
        mens.profiel.save()
    hier = [("afdeling", boven.pk)]
    assert zinnen(anna, open_groep, *hier) == [(Ernst.WEET, "@Dienst: 1 mens krijgt een bericht.")]
    # Chris is from outside, and is told of no Afdeling.
    open_groep.voeg_toe(chris)
    assert zinnen(chris, open_groep, *hier) == []
    assert noembaar(chris, hier) == []


def test_an_onderwerp_asks_who_knows_and_is_there(anna, bram, dora, open_groep):
    markt = Onderwerp.objects.create(naam="Markt")
    hier = ("onderwerp", markt.pk)
    assert "niemand krijgt" in zinnen(anna, open_groep, hier)[0][1].lower()
    for mens in (anna, bram, dora):
        Deskundigheid.objects.create(profiel=mens.profiel, onderwerp=markt)
    dora.profiel.afwezig_van = timezone.localdate()
    dora.profiel.save()
    assert zinnen(anna, open_groep, hier) == [
        (Ernst.WEET, "@Markt: je vraagt het aan 1 mens die hier veel van weet.")
    ]


def test_together_they_count_once(anna, velen, open_groep, settings):
    settings.VERMELD_RECHT_BOVEN = 5
    genoemd, ander = velen(2, "open"), velen(3, "open")
    ander.voeg_toe(genoemd.lidmaatschappen.last().gebruiker)
    # 2 + Eva, 4 + Eva; one stands in both, and Eva too.
    assert zinnen(anna, open_groep, ("groep", genoemd.pk), ("groep", ander.pk))[2:] == [
        (Ernst.WEIGER, "Zo krijgen 6 mensen een bericht. Meer dan 5 mag alleen een beheerder van deze groep. "
         "Noem de mensen die het weten.")
    ]  # fmt: skip


def test_the_price_is_fixed(anna, velen, zandmeer, open_groep, django_assert_max_num_queries):
    def doelen(aantal):
        for nummer in range(aantal):
            yield "groep", velen(aantal + nummer, "open").pk
            afdeling = Afdeling.objects.create(organisatie=zandmeer, naam=f"Deel {aantal}-{nummer}")
            yield "afdeling", afdeling.pk
            yield "onderwerp", Onderwerp.objects.create(naam=f"Over {aantal}-{nummer}").pk

    een, veel = list(doelen(1)), list(doelen(3))
    toegang.onthoud_lidmaatschappen(anna)
    with django_assert_max_num_queries(9) as eerst:
        nagaan(anna, open_groep, een)
    with django_assert_max_num_queries(len(eerst)):
        assert len(nagaan(anna, open_groep, veel)) >= 9


# --- The limits -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("aantal", "ernst"), [(1, None), (2, Ernst.VRAAG), (3, Ernst.VRAAG), (4, Ernst.WEIGER)]
)
def test_many_ask_and_more_need_the_right(aantal, ernst, anna, eva, dora, velen, open_groep):
    genoemd = velen(aantal, "open")  # and Eva
    laatste = zinnen(anna, open_groep, ("groep", genoemd.pk))[1:]
    assert [een for een, _zin in laatste] == [ernst] * (ernst is not None)
    # Who looks after the Groep is asked, never refused; so is a communitymanager.
    anna.is_communitymanager = True
    for wie in (dora, anna):
        laatste = zinnen(wie, open_groep, ("groep", genoemd.pk))[1:]
        assert [een for een, _zin in laatste] == [Ernst.VRAAG] * (ernst is not None)


def test_who_may_and_said_yes_is_not_counted_for(dora, velen, open_groep, django_assert_num_queries):
    """Posting to ten thousand takes no longer than to ten."""
    genoemd = velen(6, "open")
    toegang.onthoud_lidmaatschappen(dora)
    with django_assert_num_queries(0):
        assert nagaan(dora, open_groep, [("groep", genoemd.pk)], bevestigd=True) == []


# --- The forms ------------------------------------------------------------------------------------


@pytest.fixture
def client(anna):
    client = Client()
    client.force_login(anna)
    return client


def genoemd_als(groep):
    return f"Dag @[{groep.naam}](groep:{groep.pk}), wie weet dit?"


def stuur(client, adres, genoemd, **rest):
    velden = {"inhoud": genoemd_als(genoemd), "inhoud_opmaak": "tekst", "sleutel": str(uuid4())}
    return client.post(adres, velden | rest)


def test_an_answer_asks_and_keeps_the_text(client, anna, velen, open_groep):
    vraag = open_groep.stel_vraag(anna, "Wie weet dit?")
    adres, drie = f"/vragen/{vraag.pk}/antwoorden/", velen(3, "open")
    pagina = stuur(client, adres, drie)
    assert pagina.status_code == 422
    assert "Je noemt veel mensen. Zet een vinkje als je dat zo bedoelt." in pagina.text
    assert '<input type="checkbox" name="bevestigd" value="ja">' in pagina.text
    assert "Ja, stuur deze 4 mensen een bericht" in pagina.text
    assert genoemd_als(drie) in pagina.text
    assert stuur(client, adres, drie, bevestigd="ja").status_code == 302
    assert Antwoord.objects.get().inhoud.count("data-mention") == 1


def test_beyond_the_right_a_tick_does_not_help(client, anna, velen, open_groep):
    vraag = open_groep.stel_vraag(anna, "Wie weet dit?")
    pagina = stuur(client, f"/vragen/{vraag.pk}/antwoorden/", velen(6, "open"), bevestigd="ja")
    assert pagina.status_code == 422
    assert "Meer dan 4 mag alleen een beheerder van deze groep." in pagina.text
    assert 'type="checkbox" name="bevestigd"' not in pagina.text
    assert not Antwoord.objects.exists()


def test_a_question_asks_too(client, velen, open_groep):
    drie = velen(3, "open")
    velden = {"titel": "Wie weet dit allemaal?", "groep": open_groep.slug, "kanaal": "zelf"}
    pagina = stuur(client, "/vragen/stel/", drie, **velden)
    assert pagina.status_code == 422
    assert 'name="bevestigd"' in pagina.text
    assert stuur(client, "/vragen/stel/", drie, **velden, bevestigd="ja").status_code == 302
    assert Vraag.objects.count() == 1


def test_a_remark_asks_in_its_own_box(client, anna, velen, open_groep):
    vraag = open_groep.stel_vraag(anna, "Wie weet dit?")
    adres, drie = f"/vragen/{vraag.pk}/reacties/", velen(3, "open")
    antwoord = vraag.beantwoord(anna, "<p>Ik niet.</p>")
    hier = {f"inhoud-{antwoord.pk}": genoemd_als(drie), "antwoord": str(antwoord.pk)}
    pagina = stuur(client, adres, drie, **hier)
    assert pagina.status_code == 422
    assert f'<input type="checkbox" name="bevestigd-{antwoord.pk}" value="ja" form="reactie">' in pagina.text
    assert stuur(client, adres, drie, **hier, **{f"bevestigd-{antwoord.pk}": "ja"}).status_code == 302
    assert "data-mention" in Reactie.objects.get().inhoud


def test_an_edit_asks_about_what_is_new_alone(client, anna, velen, open_groep):
    drie, vier = velen(3, "open"), velen(5, "open")
    vraag = open_groep.stel_vraag(anna, "Wie weet dit?", genoemd_als(drie))
    adres, velden = f"/vragen/{vraag.pk}/bewerken/", {"titel": "Wie weet dit nu?", "versie": 1}
    assert stuur(client, adres, vier, **velden).status_code == 422
    assert stuur(client, adres, drie, **velden).status_code == 302


def test_who_cannot_read_is_told_after_posting(client, anna, bram, besloten_groep):
    vraag = besloten_groep.stel_vraag(anna, "Wie weet dit?")
    adres = f"/vragen/{vraag.pk}/antwoorden/"
    tekst = f"@[Bram Buiten](gebruiker:{bram.pk})"
    pagina = client.post(
        adres, {"inhoud": tekst, "inhoud_opmaak": "tekst", "sleutel": str(uuid4())}, follow=True
    )
    assert "Bram Buiten kan deze groep niet lezen en krijgt geen bericht." in pagina.text
    assert Antwoord.objects.count() == 1


# --- The address ----------------------------------------------------------------------------------


def test_below_the_box_it_says_the_same(client, bram, velen, besloten_groep, open_groep):
    drie = velen(3, "open")
    adres = f"/vermelden/bereik/?doel=groep:{drie.pk}&doel=gebruiker:{bram.pk}&doel=baas:3"
    html = client.get(f"{adres}&groep={open_groep.slug}").text
    assert "@Met 3: 4 mensen krijgen een bericht." in html
    assert '<input type="checkbox" name="bevestigd" value="ja">' in html
    assert "Bram Buiten kan deze groep niet lezen" in client.get(f"{adres}&groep={besloten_groep.slug}").text
    assert client.get(adres).text.strip() == ""
