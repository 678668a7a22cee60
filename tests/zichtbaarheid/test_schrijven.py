"""The matrix of doing: each onlooker × each form of the register × each thing it is about.

What may not be done is refused and changes nothing; what may be done works. Nothing of it stays.
"""

import pytest

from .bekijk import bezoeken, geschreven, mag, ongedaan, verwacht
from .plan import KIJKERS

# Who may write is asked of the same rule, which test_lezen holds on every database.
pytestmark = [pytest.mark.django_db, pytest.mark.eenmaal]

# A browser always sends something along: a token if nothing else.
LEEG = {"csrfmiddlewaretoken": "x"}


def stuur_alles(kijker) -> list[str]:
    """Every form there is; gives what is wrong."""
    fout = []
    for bezoek in bezoeken(kijker.w):
        deur = bezoek.oppervlak.post
        if deur is None:
            continue
        velden = deur.velden(kijker.w, bezoek.ding) or LEEG
        toegestaan = mag(kijker, bezoek, deur)
        goed = verwacht(kijker, bezoek, deur)
        for koppen in ({}, {"HX-Request": "true"}) if bezoek.oppervlak.htmx else ({},):
            with ongedaan(), geschreven() as regels:
                response, lekken = kijker.bekijk(
                    "post", bezoek.adres, velden, ding=bezoek.ding, ook=bezoek.oppervlak.ook, **koppen
                )
                if response.status_code not in ((*goed, 200, 204) if koppen and toegestaan else goed):
                    lekken.append(f"{response.status_code} in plaats van {goed}")
                if not toegestaan and regels:
                    lekken.append(f"er is iets veranderd: {regels[0]}")
            fout += [f"{bezoek} {koppen or ''}: {lek}" for lek in lekken]
        if deur.ook_leeg:
            with ongedaan():
                response, lekken = kijker.bekijk("post", bezoek.adres, LEEG, ding=bezoek.ding)
                leeg = (422,) if toegestaan else (*goed, 422) if 422 in deur.weigert else goed
                if response.status_code not in leeg:
                    lekken.append(f"{response.status_code} in plaats van {leeg}")
            fout += [f"{bezoek}, leeg: {lek}" for lek in lekken]
    return fout


@pytest.mark.parametrize("naam", KIJKERS)
def test_nobody_does_more_or_less_than_the_truth_table_says(naam, wereld, als):
    fout = stuur_alles(als(naam))

    assert not fout, f"{len(fout)} keer te veel of te weinig:\n" + "\n".join(fout[:40])
