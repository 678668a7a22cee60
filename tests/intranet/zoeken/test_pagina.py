"""The search page: what is found, shown, counted, chosen and logged."""

import re
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from groepen.models import Groep, Thread
from intranet.zoeken import terugval
from intranet.zoeken.document import soorten
from intranet.zoeken.models import Zoekactie
from intranet.zoeken.motor import PERIODEN, motor, sinds
from kennisbank.models import GroepKennisbank, Kennisartikel
from profielen.models import Onderwerp, Profiel
from tests import diensten

pytestmark = pytest.mark.django_db


def indexeer():
    for soort in soorten():
        motor().schrijf(soort.maak(soort.alle(0, 10**6)))


@pytest.fixture
def vraag(open_groep, bram, dora):
    vraag = open_groep.stel_vraag(
        bram, "Mag een mantelzorger bij ons parkeren met een vergunning?", "<p>Hij woont in Oosterwold.</p>"
    )
    antwoord = vraag.beantwoord(
        dora, "<p>Ja, de parkeervergunning hoort bij het adres van wie zorg krijgt.</p>"
    )
    vraag.kies_oplossing(antwoord, bram)
    antwoord.controleer(dora)
    return vraag


@pytest.fixture
def artikel(open_groep, eva):
    artikel = Kennisartikel(
        title="Parkeervergunning aanvragen",
        samenvatting="Een inwoner vraagt de vergunning zelf aan.",
        inhoud=[("tekst", "<p>De kosten zijn € 21 per jaar.</p>")],
        owner=eva,
        live=False,
    )
    GroepKennisbank.open_voor(open_groep).add_child(instance=artikel)
    artikel.save_revision(user=eva).publish()
    return artikel


@pytest.fixture
def alles(vraag, artikel, anna, bram, dora, open_groep):
    Groep.objects.filter(pk=open_groep.pk).update(doel="Alles over parkeren.")
    dora.profiel.functie = "Specialist parkeren"
    dora.profiel.save()
    Onderwerp.objects.create(naam="Parkeervergunning")
    indexeer()


def zoek(client, **vraag):
    antwoord = client.get("/zoeken/", vraag)
    assert antwoord.status_code == 200
    return antwoord.content.decode()


def treffers(html):
    return re.findall(r'data-plek="(\d+)" data-soort="(\w+)"', html)


def kop(html):
    return " ".join(re.sub("<[^>]+>", "", re.search("<h1.*?</h1>", html, re.S)[0]).split())


def test_every_kind_together_each_as_its_own(client, anna, alles, vraag):
    client.force_login(anna)
    html = zoek(client, q="parkeervergunning")
    gevonden = treffers(html)
    assert {soort for _plek, soort in gevonden} == {"vraag", "artikel", "mens", "groep", "onderwerp"}
    assert [int(plek) for plek, _soort in gevonden] == list(range(1, len(gevonden) + 1))
    assert kop(html) == "Resultaten voor parkeervergunning"
    assert (
        '<strong>Oplossing:</strong> <span lang="nl">Ja, de <mark class="nl-mark">parkeervergunning</mark>'
        in html
    )
    assert "Opgelost" in html
    assert "Gecontroleerd op" in html
    assert f'href="/vragen/{vraag.pk}/"' in html
    assert 'Specialist <mark class="nl-mark">parkeren</mark>' in html
    assert "Je bent lid" in html
    assert "Kennisbank Groep open" in html
    assert '<mark class="nl-mark">Parkeervergunning</mark> aanvragen' in html


def test_who_may_not_read_finds_nothing(client, finn, chris, alles, open_groep):
    for wie in (finn, chris):
        client.force_login(wie)
        html = zoek(client, q="mantelzorger parkeren vergunning")
        assert {soort for _plek, soort in treffers(html)} <= {"mens", "onderwerp"}
        assert "Groep open" not in html


def test_a_hit_that_was_deleted_just_now_falls_away(client, anna, bram, alles, vraag):
    vraag.thread.verwijder(bram)
    client.force_login(anna)
    html = zoek(client, q="mantelzorger")
    assert ("1", "vraag") not in treffers(html)
    assert f"/vragen/{vraag.pk}/" not in html


def test_one_kind_one_group_and_periods(client, anna, alles, open_groep, vraag):
    client.force_login(anna)
    html = zoek(client, q="parkeervergunning", soort="artikel")
    assert {soort for _plek, soort in treffers(html)} == {"artikel"}
    html = zoek(client, q="parkeervergunning", groep=open_groep.pk, wanneer="week", opgelost="ja")
    assert {soort for _plek, soort in treffers(html)} == {"vraag"}
    assert f'name="groep" value="{open_groep.pk}" checked' in html
    assert 'name="wanneer" value="week" checked' in html
    assert "Wis de filters" in html
    vraag.thread.laatst_actief_op = timezone.now() - timedelta(days=60)
    vraag.thread.save()
    indexeer()
    html = zoek(client, q="mantelzorger vergunning", soort="vraag", wanneer="week")
    assert treffers(html) == []
    assert "Met deze keuze vonden we niets" in html


def test_ten_at_a_time(client, anna, open_groep, bram):
    for nummer in range(24):
        open_groep.stel_vraag(bram, f"Hoe laat gaat de milieustraat {nummer} open?")
    indexeer()
    client.force_login(anna)
    gezien = []
    adres = "/zoeken/?q=milieustraat"
    while adres:
        html = client.get(adres).content.decode()
        gezien += re.findall(r'href="/vragen/(\d+)/"><', html) or re.findall(
            r'<h2><a href="/vragen/(\d+)/', html
        )
        verder = re.search(r'hx-get="([^"]+)"', html)
        adres = verder[1].replace("&amp;", "&") if verder else None
    assert len(gezien) == 24
    assert len(set(gezien)) == 24
    assert "24 van 24 getoond" in html
    deel = client.get("/zoeken/?q=milieustraat&vanaf=20", headers={"HX-Request": "true"}).content.decode()
    assert treffers(deel) == [("21", "vraag"), ("22", "vraag"), ("23", "vraag"), ("24", "vraag")]


def test_words_that_stand_in_an_answer_alone_are_shown(client, anna, bram, dora, open_groep):
    vragen = [
        open_groep.stel_vraag(bram, f"Wat nu {nummer}?", "<p>Ik weet het niet.</p>") for nummer in range(3)
    ]
    antwoorden = [vraag.beantwoord(dora, "<p>Bel de beiaardier van de toren.</p>") for vraag in vragen]
    for vraag in vragen:
        vraag.beantwoord(anna, "<p>Goed plan.</p>")
    indexeer()
    client.force_login(anna)
    merk = '<mark class="nl-mark">beiaardier</mark>'
    gezien = f'<strong>Antwoord:</strong> <span lang="nl">Bel de {merk} van de toren.'
    assert zoek(client, q="beiaardier").count(gezien) == 3
    drie, sql = gemeten(client, "/zoeken/?q=beiaardier")
    # What was taken away a moment ago, or is closed to the reader, is not shown.
    antwoorden[0].verwijder(dora)
    vragen[1].thread.verwijder(bram)
    html = zoek(client, q="beiaardier")
    assert html.count(gezien) == 1
    assert html.count("van de toren") == 1
    een, _ = gemeten(client, "/zoeken/?q=beiaardier")
    assert een == drie, sql


def test_who_was_mixed_in_does_not_come_again(client, anna, dora, open_groep, bram):
    """Dora answered about it, and her Profiel names it: on page one by her votes, far down as a hit."""
    dora.profiel.functie = "Milieustraat en nog veel meer dingen van heel andere aard"
    dora.profiel.save()
    for nummer in range(24):
        vraag = open_groep.stel_vraag(bram, f"Milieustraat: hoe laat gaat de milieustraat {nummer} open?")
        vraag.beantwoord(dora, "<p>Om negen uur.</p>")
    indexeer()
    client.force_login(anna)
    adres, gezien = "/zoeken/?q=milieustraat", []
    while adres:
        html = client.get(adres).content.decode()
        gezien += re.findall(rf'<h2><a href="(/mensen/{dora.pk}/)', html)
        verder = re.search(r'hx-get="([^"]+)"', html)
        adres = verder[1].replace("&amp;", "&") if verder else None
    assert len(gezien) == 1
    # Other choices begin anew.
    assert all("gezien=" not in link for link in re.findall(r'href="([^"]*soort=[^"]*)"', html))


def test_the_foot_counts_who_stands_there_before_they_are_a_hit(client, anna, dora, open_groep, bram):
    """Dora's Profiel says it too, but far down: her votes bring her to the first page."""
    Profiel.objects.filter(pk=dora.pk).update(vraag_mij_over="Groen, grijs, planning, en de milieustraat.")
    for nummer in range(24):
        vraag = open_groep.stel_vraag(bram, f"Hoe laat gaat de milieustraat {nummer} open?")
        if nummer < 3:
            vraag.beantwoord(dora, "<p>Om negen uur.</p>")
    indexeer()
    client.force_login(anna)
    html, rijen = zoek(client, q="milieustraat"), 0
    for _blad in range(5):
        rijen += len(treffers(html))
        getoond, totaal = map(int, re.search(r"<span>(\d+) van (\d+) getoond", html).groups())
        assert getoond == rijen
        verder = re.search(r'hx-get="([^"]+)"', html)
        if verder is None:
            break
        html = client.get(verder[1].replace("&amp;", "&")).text
    assert rijen == totaal == 25


@pytest.mark.parametrize("periode", PERIODEN)
def test_a_period_gives_as_many_as_its_count(client, anna, bram, open_groep, periode):
    """Also of what happened on its first day, earlier than it is now."""
    begin = sinds(periode)
    for plek, wanneer in enumerate((begin, begin - timedelta(minutes=1), timezone.now())):
        vraag = open_groep.stel_vraag(bram, f"Waar is milieustraat {plek}?", gesteld_op=wanneer)
        Thread.objects.filter(pk=vraag.pk).update(laatst_actief_op=wanneer)
    indexeer()
    client.force_login(anna)
    geteld = re.search(rf'value="{periode}".*?bp-tel">(\d+)<', zoek(client, q="milieustraat"), re.DOTALL)
    assert len(treffers(zoek(client, q="milieustraat", wanneer=periode))) == int(geteld[1]) == 2


def test_a_very_long_search_ends_with_a_whole_word(client, anna):
    client.force_login(anna)

    def gelezen(tekst):
        return re.search(
            r'name="q" type="search"[^>]* value="([^"]*)"', client.get("/zoeken/", {"q": tekst}).text
        )[1]

    lang = gelezen("paspoort " * 300)
    assert set(lang.split()) == {"paspoort"}
    assert len(lang) > 980
    assert len(gelezen("p" * 3000)) == 1000


def test_between_quotes_no_other_words_are_said_to_be_looked_for(client, anna, bram, open_groep):
    open_groep.stel_vraag(bram, "Wat is de wet maatschappelijke ondersteuning?")
    indexeer()
    client.force_login(anna)
    woorden = "wet maatschappelijke ondersteuning"
    assert "Ook gezocht op wmo" in zoek(client, q=woorden)
    assert "Ook gezocht" not in zoek(client, q=f'"{woorden}"')


def test_the_foot_counts_the_rows_that_there_are(client, anna, dora, open_groep, bram):
    """Dora, who stands there by her votes alone, among them."""
    for nummer in range(14):
        vraag = open_groep.stel_vraag(bram, f"Hoe laat gaat de milieustraat {nummer} open?")
        vraag.beantwoord(dora, "<p>Om negen uur.</p>")
    indexeer()
    client.force_login(anna)
    eerste = zoek(client, q="milieustraat")
    assert (len(treffers(eerste)), "11 van 15 getoond" in eerste) == (11, True)
    verder = re.search(r'hx-get="([^"]+)"', eerste)[1].replace("&amp;", "&")
    tweede = client.get(verder).text
    assert (len(treffers(tweede)), "15 van 15 getoond" in tweede) == (4, True)
    # How many people there are only their own page knows; in whatever order.
    assert re.search(r"soort=mens[^>]*>Mensen</a>", eerste)
    for rest in ({}, {"sorteer": "nieuwste"}):
        mensen = zoek(client, q="milieustraat", soort="mens", **rest)
        assert re.search(r'Mensen <span class="bp-tel">1</span>', mensen)
        assert len(treffers(mensen)) == 1
        assert 'name="sorteer"' not in mensen


def test_who_types_the_name_of_a_groep_gets_it_first(client, anna, open_groep, bram, dora, eva):
    groep = Groep.start(eva, naam="Parkeren", soort="open", doel="Alles over bonnen.")
    Groep.objects.filter(pk=groep.pk).update(gemaakt_op=timezone.now() - timedelta(days=3))
    for nummer in range(4):
        vraag = open_groep.stel_vraag(bram, f"Parkeren en parkeren {nummer}", "<p>parkeren</p>")
        vraag.kies_oplossing(vraag.beantwoord(dora, "<p>Parkeren mag.</p>"), bram)
    indexeer()
    client.force_login(anna)

    def soorten_van(q, **verder):
        return [soort for _plek, soort in treffers(zoek(client, q=q, **verder))]

    assert soorten_van("PARKEREN ")[0] == "groep"
    assert "groep" in soorten_van("parkeren kan")[1:]  # other words: what fits best
    assert soorten_van("parkeren", sorteer="nieuwste")[0] == "vraag"


def test_past_the_last_page_there_is_a_way_back(client, anna, alles):
    client.force_login(anna)
    html = zoek(client, q="parkeren", vanaf=400)
    assert "Er is niets meer na deze resultaten" in html
    assert "Niets gevonden voor" not in html


def test_a_phrase_that_nobody_wrote_is_said_to_be(client, anna, alles):
    client.force_login(anna)
    zin = "Niemand schreef het precies zo"
    assert zin in zoek(client, q='"vergunning mantelzorger"')
    assert zin not in zoek(client, q='"parkeren met een vergunning"')
    assert zin not in zoek(client, q="vergunning mantelzorger")


def test_when_elasticsearch_is_away_the_page_says_so(client, anna, alles, settings):
    client.force_login(anna)
    assert "De zoekmachine is even weg" not in zoek(client, q="parkeervergunning")
    settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{diensten.free_port()}"
    terugval._zekering.cache_clear()
    html = zoek(client, q="parkeervergunning")
    assert "De zoekmachine is even weg. We zoeken nu op een eenvoudiger manier." in html
    assert len(treffers(html)) >= 5


def test_nothing_found_helps_on_and_fills_in_the_question(client, anna, alles, open_groep):
    client.force_login(anna)
    html = zoek(client, q="quetzalcoatlus voeren", groep=open_groep.pk)
    assert kop(html) == "Niets gevonden voor quetzalcoatlus voeren"
    assert "/vragen/stel/?titel=quetzalcoatlus%20voeren" in html
    assert "Stel je vraag" in html
    vraag = client.get("/vragen/stel/?titel=quetzalcoatlus%20voeren").content.decode()
    assert "quetzalcoatlus voeren" in vraag


def test_without_words_it_says_how(client, anna):
    client.force_login(anna)
    assert "Typ gewoon wat je wilt weten" in zoek(client)
    assert not Zoekactie.objects.exists()


@pytest.mark.parametrize(
    "q",
    [
        "de het een",
        "🦄🦄",
        "'; DROP TABLE zoeken_zoekactie; --",
        'titel:* AND (bob~2 OR "',
        "\0nul",
        "%_%",
        "<script>alert(1)</script>",
        "woord " * 500,
        "x" * 10_000,
        "é" * 4_000,
    ],
)
def test_any_query_gets_an_answer(client, anna, alles, q):
    client.force_login(anna)
    html = zoek(client, q=q)
    assert "<script>alert" not in html
    assert len(re.search(r"<h1.*?</h1>", html, re.S)[0]) < 1_000
    assert len(html) < 200_000
    if q.startswith("woord"):
        assert "Dat zijn veel woorden" in html


@pytest.mark.parametrize(
    "rest",
    ["soort=x", "groep=x&groep=999999999999999999999", "wanneer=x", "vanaf=-3", "vanaf=99999", "sorteer=x"],
)
def test_nonsense_in_the_address_is_left_out(client, anna, alles, rest):
    client.force_login(anna)
    assert client.get(f"/zoeken/?q=parkeren&{rest}").status_code == 200


# --- Statements -----------------------------------------------------------------------------------------


def gemeten(client, adres):
    client.get(adres)
    with CaptureQueriesContext(
        connection,
    ) as ctx:
        assert client.get(adres).status_code == 200
    vorm = Counter(re.sub(r"\d+|'[^']*'|\[[^\]]*\]", "?", q["sql"]) for q in ctx)
    assert max(vorm.values()) <= 2, vorm.most_common(3)
    return len(ctx), "\n".join(q["sql"][:160] for q in ctx)


def test_statements_do_not_grow_with_hits(client, anna, alles, open_groep, bram):
    client.force_login(anna)
    weinig, sql = gemeten(client, "/zoeken/?q=parkeervergunning")
    # All kinds at once, which takes a query each: session, user, Lidmaatschappen, keys, four of the engine,
    # votes, names, and three tables with hits.
    assert weinig <= 13, sql
    for nummer in range(30):
        open_groep.stel_vraag(bram, f"Is parkeervergunning {nummer} geldig?")
        Groep.start(anna, naam=f"Parkeervergunning {nummer}").stel_vraag(anna, "Parkeervergunning kwijt?")
    indexeer()
    veel, sql = gemeten(client, "/zoeken/?q=parkeervergunning")
    assert veel <= weinig, sql


# --- The log ----------------------------------------------------------------------------------------------


def test_a_search_is_logged_once_and_without_a_name(client, anna, alles):
    client.force_login(anna)
    for _keer in range(2):
        zoek(client, q="Parkeervergunning")
    zoek(client, q="parkeervergunning", soort="vraag")
    actie = Zoekactie.objects.get()
    assert (actie.tekst, actie.organisatie, actie.dag) == (
        "Parkeervergunning",
        anna.organisatie,
        timezone.localdate(),
    )
    assert actie.aantal >= 5
    velden = {veld.name for veld in Zoekactie._meta.get_fields()}
    assert velden == {"id", "tekst", "kern", "dag", "aantal", "organisatie", "klik", "klik_soort"}
    koekje = client.cookies["gezocht"]
    assert koekje["max-age"] == 600
    assert koekje["httponly"]
    assert "arkeervergunning" not in koekje.value


def test_the_same_search_of_two_people_counts_twice(client, anna, bram, alles):
    for wie in (anna, bram):
        client.force_login(wie)
        zoek(client, q="parkeervergunning")
    assert Zoekactie.objects.count() == 2


def test_a_miss_is_registered(client, anna, alles):
    client.force_login(anna)
    zoek(client, q="quetzalcoatlus voeren")
    assert Zoekactie.objects.get().aantal == 0


def test_the_first_hit_that_is_opened_is_told(client, anna, alles):
    client.force_login(anna)
    bewijs = re.search(r'data-zoek="([^"]+)"', zoek(client, q="parkeervergunning"))[1]

    def klik(plek, bewijs=bewijs, soort="vraag"):
        antwoord = client.post("/zoeken/klik/", {"zoek": bewijs, "plek": plek, "soort": soort})
        assert antwoord.status_code == 204

    klik("3", bewijs="1")
    klik("3", bewijs="1:vals")
    klik("nee")
    assert Zoekactie.objects.get().klik is None
    klik("3")
    klik("1")
    actie = Zoekactie.objects.get()
    assert (actie.klik, actie.klik_soort) == (3, "vraag")


def test_the_log_is_kept_for_a_year():
    for dagen in (0, 364, 366):
        actie = Zoekactie.objects.get(pk=Zoekactie.noteer("paspoort", 1, None))
        actie.dag -= timedelta(days=dagen)
        actie.save()
    assert Zoekactie.ruim_op() == 1
