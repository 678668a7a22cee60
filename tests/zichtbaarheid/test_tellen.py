"""Numbers tell too: each number on a page counts what this reader may see, and nothing beside it."""

import json
import re

import pytest
from django.urls import reverse

from .bekijk import elk
from .plan import GROEPEN, KIJKERS, MENSEN, ORGANISATIES

pytestmark = pytest.mark.django_db

BINNEN = [naam for naam, mens in KIJKERS.items() if mens is not None and mens.is_actief]
# As ``inhoud`` fills each Groep: three questions that live, of which two wait and have no answer.
VRAGEN, ONOPGELOST = 3, 2


def html(kijker, naam, *args, zoek="") -> str:
    response, _alles = kijker.stuur("get", reverse(naam, args=args) + zoek)
    return response.text if response.status_code == 200 else ""


def zichtbaar(wereld, naam) -> list[str]:
    return [groep for groep in GROEPEN if wereld.orakel.leest(naam, groep)]


@pytest.mark.parametrize("naam", elk(BINNEN))
def test_the_list_of_groepen_is_what_one_may_find(naam, wereld, als):
    kijker = als(naam)
    per_slug = {groep.slug: sleutel for sleutel, groep in wereld.groepen.items()}

    rijen = re.findall(
        r'<h3><a href="/groepen/([^/"]+)/"[^>]*>.*?<span>(\d+) (?:lid|leden)</span>',
        html(kijker, "groepen:groepen", zoek="?toon=alle"),
        re.S,
    )

    assert {per_slug[slug] for slug, _ in rijen} == {g for g in GROEPEN if wereld.orakel.vindt(naam, g)}
    for slug, aantal in rijen:
        assert int(aantal) == wereld.groepen[per_slug[slug]].lidmaatschappen.count()


@pytest.mark.parametrize("naam", elk(BINNEN))
def test_a_choice_of_organisaties_names_only_those_with_something_to_find(naam, wereld, als):
    per_pk = {str(organisatie.pk): sleutel for sleutel, organisatie in wereld.organisaties.items()}
    van = {o for g, plek in GROEPEN.items() if wereld.orakel.vindt(naam, g) for o in plek.organisaties}

    keuzes = re.search(r'name="organisatie">.*?</select>', html(als(naam), "groepen:groepen"), re.S)

    # One is no choice, and then it is not there.
    gekozen = set(re.findall(r'<option value="(\d+)"', keuzes[0])) if keuzes else set()
    assert {per_pk[pk] for pk in gekozen} == (van if len(van) > 1 else set())


@pytest.mark.parametrize("naam", elk(BINNEN))
def test_all_questions_are_those_of_the_groepen_one_reads(naam, wereld, als):
    kijker, gevonden = als(naam), []
    adres = reverse("groepen:vragen") + "?waar=alle"
    while adres:
        pagina = kijker.stuur("get", adres)[0].text
        gevonden += re.findall(r'<h3><a href="/vragen/(\d+)/"', pagina)
        verder = re.search(r'id="rijen-meer">.*?href="([^"]*na=[^"]+)"', pagina, re.S)
        adres = verder and reverse("groepen:vragen") + verder[1].replace("&amp;", "&")

    assert len(gevonden) == len(set(gevonden)) == VRAGEN * len(zichtbaar(wereld, naam))


@pytest.mark.parametrize("naam", elk(BINNEN))
def test_a_groep_counts_its_own_questions(naam, wereld, als):
    kijker = als(naam)
    for groep in zichtbaar(wereld, naam):
        pagina = html(kijker, "groepen:groep", wereld.groepen[groep].slug)
        # On the tabs of questions and leden, and on the filters for unanswered and unsolved.
        tellingen = [int(aantal) for aantal in re.findall(r'class="bp-tel">(\d+)', pagina)]
        leden = wereld.groepen[groep].lidmaatschappen.count()
        assert tellingen == [VRAGEN, leden, ONOPGELOST, ONOPGELOST], groep


@pytest.mark.parametrize("naam", elk(BINNEN))
def test_what_someone_did_is_counted_as_far_as_one_reads(naam, wereld, als):
    """``duizendpoot`` gave one answer in every Groep there is, and is lid of each."""
    pagina = html(als(naam), "groepen:van_mens", wereld.mensen["duizendpoot"].pk)
    aantal = len(zichtbaar(wereld, naam))
    if not wereld.orakel.opent_profiel(naam, "duizendpoot"):
        assert pagina == ""
        return

    geteld = re.search(r"<p>(\d+) antwoord(?:en)?</p>", pagina)

    assert int(geteld[1] if geteld else 0) == aantal
    groepen = set(re.findall(r'href="/groepen/([^/"]+)/"', pagina.split('id="inhoud"')[-1]))
    onbekend = {wereld.groepen[g].slug for g in GROEPEN if not wereld.orakel.leest(naam, g)}
    assert not groepen & onbekend


@pytest.mark.parametrize("naam", elk(BINNEN))
def test_afdelingen_count_the_people_one_may_see(naam, wereld, als):
    pagina = html(als(naam), "profielen:afdelingen")
    if not wereld.orakel.is_medewerker(naam):
        assert pagina == ""
        return

    for organisatie, deelname in ORGANISATIES.items():
        if deelname != "deelnemer":
            continue
        mensen = {
            wie
            for wie, mens in MENSEN.items()
            if mens.organisatie == organisatie and wereld.orakel.opent_profiel(naam, wie)
        }
        pk = wereld.organisaties[organisatie].pk
        geteld = re.search(rf'id="organisatie-{pk}".*?<p>(\d+) ', pagina, re.S)
        assert int(geteld[1]) == len(mensen), organisatie


@pytest.mark.parametrize("naam", elk(BINNEN))
def test_the_list_of_leden_holds_who_is_in_and_nobody_else(naam, wereld, als):
    kijker = als(naam)
    per_pk = {str(mens.pk): wie for wie, mens in wereld.mensen.items()}
    for groep in zichtbaar(wereld, naam):
        pagina = html(kijker, "groepen:leden", wereld.groepen[groep].slug)
        lijst = pagina[pagina.index('id="leden"') :]
        gevonden = re.findall(r'<h3><a href="/mensen/(\d+)/"', lijst)
        assert {per_pk[pk] for pk in gevonden} == wereld.orakel.leden(groep), groep


@pytest.mark.parametrize("naam", elk(BINNEN))
def test_suggestions_are_people_one_may_see(naam, wereld, als):
    kijker = als(naam)
    for wie, mens in wereld.mensen.items():
        response = kijker.stuur("get", reverse("profielen:mensen_zoek") + f"?q={mens.email}")[0]
        assert len(json.loads(response.content)["voorstellen"]) == wereld.orakel.opent_profiel(naam, wie), wie
