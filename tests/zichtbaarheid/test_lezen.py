"""The matrix of looking: each onlooker × each address of the register × each thing it is about.

One response judges all objects at once, because each of their fields carries a canary of its own.
"""

import re

import pytest
from django.urls import reverse

from .bekijk import bezoeken, elk, verwacht
from .plan import GROEPEN, KIJKERS, OP_ELKE_DATABASE

pytestmark = pytest.mark.django_db


def bezoek_alles(kijker) -> list[str]:
    """Every page there is; gives what is wrong."""
    fout = []
    for bezoek in bezoeken(kijker.w):
        oppervlak = bezoek.oppervlak
        if oppervlak.get is None:
            continue
        goed = verwacht(kijker, bezoek, oppervlak.get)
        for zoek in oppervlak.zoek:
            # A part is cut from the page: the fullest of them is enough.
            deel = oppervlak.htmx and zoek == oppervlak.zoek[-1]
            for koppen in ({}, {"HX-Request": "true"}) if deel else ({},):
                adres = bezoek.adres + zoek
                response, lekken = kijker.bekijk("get", adres, ding=bezoek.ding, ook=oppervlak.ook, **koppen)
                if response.status_code not in goed:
                    lekken.append(f"{response.status_code} in plaats van {goed}")
                naar = response.headers.get("Location", "")
                if naar and not kijker.is_binnen and not naar.startswith("/account/login/?"):
                    lekken.append(f"naar {naar} in plaats van de inlogpagina")
                fout += [f"{bezoek} {zoek} {koppen or ''}: {lek}" for lek in lekken]
    return fout


def dichtbij(kijker) -> list[str]:
    """Addresses that name a Groep, a person or an organisatie in their query."""
    w, o = kijker.w, kijker.w.orakel
    fout = []
    for naam, groep in w.groepen.items():
        for adres in (
            reverse("groepen:stel") + f"?groep={groep.slug}",
            reverse("groepen:stel") + f"?groep=anders&anders={groep.slug}",
            reverse("kennisbank:index") + f"?groep={groep.slug}",
            reverse("groepen:groepen") + f"?q={groep.slug}",
        ):
            koppen = {"HX-Request": "true"} if "/stel/" in adres else {}
            response, lekken = kijker.bekijk("get", adres, **koppen)
            # The words that were typed come back; whether the Groep exists must not.
            if f'href="/groepen/{groep.slug}/' in response.text and not o.vindt(kijker.wie, naam):
                lekken.append("link naar de groep")
            fout += [f"{adres}: {lek}" for lek in lekken]
    for organisatie in w.organisaties.values():
        for adres in (
            reverse("groepen:groepen") + f"?organisatie={organisatie.pk}",
            reverse("profielen:mensen") + f"?organisatie={organisatie.pk}",
            reverse("profielen:mensen") + f"?afdeling={organisatie.afdelingen.get().pk}",
        ):
            fout += [f"{adres}: {lek}" for lek in kijker.bekijk("get", adres)[1]]
    return fout


@pytest.mark.parametrize("naam", elk(KIJKERS))
def test_nobody_sees_more_or_less_than_the_truth_table_says(naam, wereld, als):
    kijker = als(naam)

    fout = bezoek_alles(kijker) + dichtbij(kijker)
    # The control: an empty page would pass everything.
    te_zien = {k for k in wereld.vogels if not k.stil and wereld.orakel.ziet(kijker.wie, k)}
    gemist = [f"{kanarie} staat nergens" for kanarie in te_zien - kijker.gezien]

    assert not fout, f"{len(fout)} keer te veel of te weinig:\n" + "\n".join(fout[:40])
    assert not gemist, f"{len(gemist)} keer niet te zien:\n" + "\n".join(gemist[:40])


_WISSELEND = re.compile(r'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"')


@pytest.mark.parametrize("naam", ["medewerker elders", "gast elders", "superuser zonder", "verlopen gast"])
def test_what_is_hidden_answers_as_what_does_not_exist(naam, wereld, als):
    """The status and each letter of the page: otherwise 404 still tells that something is there."""
    kijker = als(naam)

    def pagina(url, *args):
        adres = reverse(url, args=args)
        response = kijker.stuur("get", adres)[0]
        # The address itself, which the person typed, comes back here and there.
        vast = _WISSELEND.sub("", response.text).replace(adres, "")
        return response.status_code, sorted(response.headers), vast

    verborgen = {ding.soort: ding for ding in wereld.dingen if ding.groep == "verborgen_ander"}
    for soort, url in (
        ("vraag", "groepen:vraag"),
        ("vraag", "groepen:vraag_bewerken"),
        ("antwoord", "groepen:antwoord_geschiedenis"),
        ("beeld", "kennisbank:beeld"),
    ):
        assert pagina(url, *verborgen[soort].args) == pagina(url, 10**6), url
    for url in ("groepen:groep", "groepen:leden", "groepen:groep_kaders"):
        niets = pagina(url, "bestaat-niet")
        assert pagina(url, *verborgen["groep"].args) == niets, url
        assert pagina(url, *verborgen["groep_toen"].args) == niets, url


def test_scripts_get_the_same_refusal(wereld, als):
    for naam in ("medewerker", "gast elders", "superuser zonder"):
        kijker = als(naam)
        for ding in wereld.van("vraag"):
            adres = reverse("groepen:vraag", args=ding.args)
            response, lekken = kijker.bekijk("get", adres, Accept="application/json")
            assert not lekken
            assert (response.status_code == 404) is not wereld.orakel.leest(naam, ding.groep)


@pytest.mark.parametrize("kijkers", [KIJKERS, OP_ELKE_DATABASE], ids=["all", "on every database"])
def test_the_table_is_whole(wereld, kijkers):
    """Each stage of the table occurs for each soort of Groep, so that no row is tested by accident only."""
    trappen: dict[str, set[int]] = {}
    for kijker in kijkers:
        for groep, plek in GROEPEN.items():
            trap = wereld.orakel.trap(kijker if KIJKERS[kijker] else None, groep)
            trappen.setdefault(plek.soort, set()).add(trap)
    assert trappen == {"open": {0, 2, 3, 4, 5}, "besloten": {0, 1, 2, 3, 4, 5}, "verborgen": {0, 2, 3, 4, 5}}
