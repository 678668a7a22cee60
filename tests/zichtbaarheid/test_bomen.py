"""The trees of others (allauth, Wagtail, the admin): who gets in, and that they tell nothing of Groepen."""

from contextlib import suppress

import pytest
from django.urls import NoReverseMatch, get_resolver, reverse
from django.urls.resolvers import URLResolver

from .plan import GROEPEN, KIJKERS
from .uitgangen import BOMEN

# Code of others, which knows our rule through its doors only: on each database the same.
pytestmark = [pytest.mark.django_db, pytest.mark.eenmaal]

# Signing out ends the visit.
NIET = {"/account/logout/", "/beheer/logout/", "/cms/logout/"}
OVER_GROEPEN = {"inhoud", "beheer", "namens", "eigen", "klad", "nooit"}


def adressen(boom: str) -> list[str]:
    """All addresses of a tree that need no argument."""
    gevonden = set()

    def loop(patronen, ruimte):
        for patroon in patronen:
            if isinstance(patroon, URLResolver):
                loop(patroon.url_patterns, f"{ruimte}{patroon.namespace}:" if patroon.namespace else ruimte)
            elif patroon.name:
                with suppress(NoReverseMatch):
                    gevonden.add(reverse(f"{ruimte}{patroon.name}"))

    loop(get_resolver().url_patterns, "")
    return sorted(pad for pad in gevonden if pad.startswith(f"/{boom}") and pad not in NIET)


def is_redacteur(o, naam) -> bool:
    return any(o.beheert(naam, groep) and not plek.is_gesloten for groep, plek in GROEPEN.items())


@pytest.mark.parametrize("boom", BOMEN)
def test_a_tree_has_pages(boom):
    assert len(adressen(boom)) > 5


@pytest.mark.parametrize("naam", KIJKERS)
def test_the_account_pages_know_only_oneself(naam, als):
    kijker = als(naam)

    fout = [f"{adres}: {lek}" for adres in adressen("account/") for lek in kijker.bekijk("get", adres)[1]]

    assert not fout, "\n".join(fout)


# Wagtail's pages are slow: of the editors one of the house and one from outside.
@pytest.mark.parametrize("naam", [naam for naam in KIJKERS if naam != "eigenaar"])
def test_only_editors_pass_the_door_of_cms(naam, wereld, als):
    kijker = als(naam)
    binnen = kijker.is_binnen and is_redacteur(wereld.orakel, naam)

    def ook(orakel, wie, ding, kanarie):
        """Where one writes, there are drafts."""
        return kanarie.soort == "klad" and orakel.beheert(wie, kanarie.groep)

    fout, gelukt = [], 0
    for adres in adressen("cms/"):
        response, lekken = kijker.bekijk("get", adres, ook=ook)
        gelukt += response.status_code == 200
        if not binnen and response.status_code != (404 if kijker.is_binnen else 302):
            lekken.append(str(response.status_code))
        fout += [f"{adres}: {lek}" for lek in lekken]

    assert not fout, "\n".join(fout)
    assert bool(gelukt) is binnen


@pytest.mark.parametrize("naam", KIJKERS)
def test_only_superusers_enter_beheer_and_read_no_groep_there(naam, wereld, als):
    kijker = als(naam)
    binnen = kijker.wie is not None and KIJKERS[naam].is_superuser

    def ook(orakel, wie, ding, kanarie):
        """Accounts, organisaties and the settings of Groepen, never what is in them."""
        return binnen and kanarie.soort not in OVER_GROEPEN

    paden = adressen("beheer/")
    if binnen:
        paden += [f"/beheer/groepen/groep/{groep.pk}/change/" for groep in wereld.groepen.values()]
        paden.append(f"/beheer/profielen/gebruiker/{wereld.mensen['lid'].pk}/change/")
    fout, gelukt = [], 0
    for adres in paden:
        response, lekken = kijker.bekijk("get", adres, ook=ook)
        gelukt += response.status_code == 200 and not adres.startswith("/beheer/login")
        fout += [f"{adres}: {lek}" for lek in lekken]

    assert not fout, "\n".join(fout)
    assert bool(gelukt) is binnen
