"""What keys a reader has. That they say what the rule says: ``test_toegang_zoeken``."""

import pytest
from django.contrib.auth.models import AnonymousUser

from groepen import toegang
from groepen.models import Lidmaatschap
from intranet.zoeken.lezer import sleutels
from profielen.models import Gebruiker

pytestmark = pytest.mark.django_db


def vers(gebruiker):
    """As ``request.user``: of this request, with the Organisatie."""
    return Gebruiker.objects.select_related("organisatie").get(pk=gebruiker.pk)


def van(gebruiker, groepen, soorten):
    return {f"{soort}:{groep.pk}" for groep in groepen for soort in soorten} | {"*", f"p:{gebruiker.pk}"}


def test_a_lid_reads_and_is_in_a_colleague_reads_what_is_open_a_gast_has_nothing_more(
    anna, bram, chris, finn, open_groep, besloten_groep, verborgen_groep
):
    verborgen_groep.voeg_toe(chris)
    huis = {"m", f"o:{anna.organisatie_id}"}
    alle = [open_groep, besloten_groep, verborgen_groep]

    assert sleutels(vers(anna)) == van(anna, alle, "gl") | huis
    assert sleutels(vers(bram)) == van(bram, [open_groep], "g") | huis
    assert sleutels(vers(chris)) == van(chris, [verborgen_groep], "gl")
    assert sleutels(vers(finn)) == van(finn, [], "") | {"m", f"o:{finn.organisatie_id}"}


def test_without_an_account_that_works_there_are_no_keys(anna, open_groep):
    anna.blokkeer()
    assert sleutels(vers(anna)) == sleutels(AnonymousUser()) == frozenset()


def test_being_administrator_is_no_key(bram, verborgen_groep):
    Gebruiker.objects.filter(pk=bram.pk).update(is_superuser=True)
    assert f"g:{verborgen_groep.pk}" not in sleutels(vers(bram))


def test_who_lost_a_lidmaatschap_has_lost_its_keys_at_the_next_request(anna, besloten_groep, verborgen_groep):
    over = {f"g:{verborgen_groep.pk}", f"l:{verborgen_groep.pk}"}
    assert over < sleutels(vers(anna))
    verborgen_groep.verwijder_lid(anna)
    assert not over & sleutels(vers(anna))
    # By date, without anybody doing anything.
    lid = Lidmaatschap.objects.get(groep=besloten_groep, gebruiker=anna)
    Lidmaatschap.objects.filter(pk=lid.pk).update(eindigt_op=lid.begonnen_op)
    assert f"g:{besloten_groep.pk}" not in sleutels(vers(anna))


def test_whose_organisatie_takes_part_no_longer_is_a_gast(anna, bram, open_groep, besloten_groep):
    type(anna.organisatie).objects.filter(pk=anna.organisatie_id).update(deelname="partner")
    assert sleutels(vers(anna)) == van(anna, [open_groep, besloten_groep], "gl")
    assert sleutels(vers(bram)) == van(bram, [], "")


@pytest.mark.parametrize("aantal", [1, 3])
def test_one_query_for_any_number_of_groepen(
    aantal, anna, open_groep, besloten_groep, verborgen_groep, django_assert_num_queries
):
    for groep in [open_groep, besloten_groep, verborgen_groep][aantal:]:
        groep.verwijder_lid(anna)
    gebruiker = vers(anna)
    with django_assert_num_queries(1):
        sleutels(gebruiker)
        toegang.onthoud_lidmaatschappen(gebruiker)


def test_the_keys_are_the_same_whoever_asked_for_the_lidmaatschappen(
    anna, bram, chris, eva, finn, open_groep, besloten_groep, verborgen_groep
):
    for wie in (anna, bram, chris, eva, finn):
        gebruiker, eerder = vers(wie), vers(wie)
        leden = toegang.onthoud_lidmaatschappen(eerder)
        assert sleutels(gebruiker) == sleutels(eerder)
        assert {key for key in sleutels(gebruiker) if key.startswith("g:")} == toegang.keys(wie)
        assert toegang.onthoud_lidmaatschappen(gebruiker) == leden
