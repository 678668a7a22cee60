"""Naming others: what is offered, said beforehand and drawn is what one may see, whole, to the number."""

import re
from html import unescape
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from groepen import haken
from intranet.meldingen import kiezen, nagaan
from intranet.meldingen.tekenen import namen
from intranet.meldingen.views import kiezen as views

from .plan import GROEPEN, KIJKERS, MENSEN, ORGANISATIES

pytestmark = pytest.mark.django_db

BINNEN = [naam for naam, mens in KIJKERS.items() if mens is not None and mens.is_actief]
ALLES = 1000
_OPTIE = re.compile(r'data-doel="(\w+):(\d+)"(.*?)</div>', re.S)
_NIET = "Kan deze groep niet lezen"


@pytest.fixture(autouse=True)
def _zonder_einde(monkeypatch):
    """All there is, not the first few."""
    for grens in ("MENSEN", "BUITEN", "GROEPEN", "AFDELINGEN"):
        monkeypatch.setattr(kiezen, grens, ALLES)
    for module in (nagaan, views):
        monkeypatch.setattr(module, "MEEST", ALLES)


def wie_is(wereld):
    return {mens.pk: wie for wie, mens in wereld.mensen.items()}


def leest_mee(wereld, naam, groep):
    """(reads along, does not) of the people whom ``naam`` may see."""
    te_zien = {wie for wie in MENSEN if wie != naam and wereld.orakel.opent_profiel(naam, wie)}
    leest = {wie for wie in te_zien if wereld.orakel.leest(wie, groep)}
    return leest, te_zien - leest


@pytest.mark.parametrize("naam", BINNEN)
def test_offered_are_those_who_read_here_of_those_one_may_see(naam, wereld, als):
    kijker, o = als(naam), wereld.orakel
    mensen = wie_is(wereld)
    groepen = {groep.pk: sleutel for sleutel, groep in wereld.groepen.items()}
    for groep in GROEPEN:
        adres = (
            f"{reverse('meldingen:vermelden')}?{urlencode({'q': 'knr', 'groep': wereld.groepen[groep].slug})}"
        )
        response, fout = kijker.bekijk("get", adres)
        assert not fout, f"{adres}: {fout[:5]}"
        if not o.leest(naam, groep):
            assert response.status_code == 404, groep
            continue
        gevonden = {"gebruiker": set(), "groep": set(), "afdeling": set(), "buiten": set()}
        for soort, pk, rest in _OPTIE.findall(response.text):
            gevonden["buiten" if _NIET in rest else soort].add(int(pk))
        leest, buiten = leest_mee(wereld, naam, groep)
        assert {mensen[pk] for pk in gevonden["gebruiker"]} == leest, groep
        assert {mensen[pk] for pk in gevonden["buiten"]} == buiten, groep
        assert {groepen[pk] for pk in gevonden["groep"]} == {
            g for g, plek in GROEPEN.items() if o.vindt(naam, g) and not plek.is_gesloten
        }
        organisaties = (
            {MENSEN[naam].organisatie, *GROEPEN[groep].organisaties} if o.is_medewerker(naam) else set()
        )
        assert gevonden["afdeling"] == {
            wereld.organisaties[organisatie].afdelingen.get().pk
            for organisatie in organisaties
            if ORGANISATIES[organisatie] == "deelnemer"
        }


@pytest.mark.parametrize("naam", BINNEN)
def test_beforehand_it_names_and_counts_what_one_may_know(naam, wereld, als):
    kijker, o = als(naam), wereld.orakel
    doelen = [("doel", f"gebruiker:{mens.pk}") for mens in wereld.mensen.values()]
    doelen += [("doel", f"groep:{groep.pk}") for groep in wereld.groepen.values()]
    for groep in GROEPEN:
        adres = f"{reverse('meldingen:bereik')}?{urlencode([('groep', wereld.groepen[groep].slug), *doelen])}"
        response, fout = kijker.bekijk("get", adres)
        assert not fout, f"{groep}: {fout[:5]}"
        if not o.leest(naam, groep):
            assert response.status_code == 404, groep
            continue
        zinnen = unescape(response.text)
        _leest, buiten = leest_mee(wereld, naam, groep)
        assert set(re.findall(r"<span>(.+?) kan deze groep niet lezen", zinnen)) == {
            wereld.mensen[wie].naam for wie in buiten
        }, groep
        geteld = {
            n: (bool(hooguit), int(aantal or 0))
            for n, hooguit, aantal in re.findall(r"<span>@(.+?): (hooguit )?(?:(\d+) mens|niemand)", zinnen)
        }
        verwacht = {}
        for genoemd in GROEPEN:
            if o.leest(naam, genoemd):
                hier = {wie for wie in o.leden(genoemd) if wie != naam and o.leest(wie, groep)}
                verwacht[wereld.groepen[genoemd].naam] = (False, len(hier))
            elif o.vindt(naam, genoemd):
                # No more than its card says.
                verwacht[wereld.groepen[genoemd].naam] = (True, wereld.groepen[genoemd].aantal_leden)
        assert geteld == verwacht, groep


@pytest.mark.parametrize("naam", BINNEN)
def test_drawn_with_the_name_of_now_is_what_one_may_know(naam, wereld):
    o = wereld.orakel
    doelen = [("gebruiker", mens.pk) for mens in wereld.mensen.values()]
    doelen += [("groep", groep.pk) for groep in wereld.groepen.values()]
    afdelingen = {wat: organisatie.afdelingen.get().pk for wat, organisatie in wereld.organisaties.items()}
    doelen += [("afdeling", pk) for pk in afdelingen.values()]
    getekend = {doel: genoemd.naam for doel, genoemd in namen(doelen, wereld.mensen[naam]).items()}

    verwacht = {("gebruiker", m.pk): m.naam for wie, m in wereld.mensen.items() if o.opent_profiel(naam, wie)}
    verwacht |= {("groep", g.pk): g.naam for wat, g in wereld.groepen.items() if o.vindt(naam, wat)}
    if o.is_medewerker(naam):
        verwacht |= {
            ("afdeling", pk): wereld.organisaties[wat].afdelingen.get().naam
            for wat, pk in afdelingen.items()
            if ORGANISATIES[wat] == "deelnemer"
        }
    assert getekend == verwacht


def test_forms_ask_the_same():
    assert nagaan.nagaan in haken.voor_plaatsen
