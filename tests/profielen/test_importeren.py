"""The open lists that come along: what they hold, and that reading them again changes nothing."""

import csv

import pytest
from django.core.management import CommandError, call_command

from profielen.importeren import GEMEENTEN, UPL, ZONDER_NAAM, importeer_gemeenten, importeer_upl
from profielen.models import Onderwerp, Organisatie


def test_one_onderwerp_per_address_of_the_upl(db, django_assert_max_num_queries):
    with open(UPL, encoding="utf-8-sig", newline="") as bestand:
        rijen = list(csv.DictReader(bestand))
    adressen = {rij["URI"] for rij in rijen}
    assert (len(rijen), len(adressen)) == (1121, 1017)
    with django_assert_max_num_queries(12):
        assert importeer_upl() == 1016
    # One address is the list's own "no name yet".
    (rest,) = adressen - set(Onderwerp.objects.values_list("upl_adres", flat=True))
    assert {rij["UniformeProductnaam"] for rij in rijen if rij["URI"] == rest} == {ZONDER_NAAM}
    paspoort = Onderwerp.objects.get(naam="Paspoort")
    assert (paspoort.slug, paspoort.sorteernaam) == ("paspoort", "paspoort")
    assert paspoort.upl_adres == "http://standaarden.overheid.nl/owms/terms/paspoort"
    # People choose several in one field, with commas between them.
    assert not Onderwerp.objects.filter(naam__contains=",").exists()
    voor = list(Onderwerp.objects.order_by("pk").values())
    assert importeer_upl() == 0
    assert list(Onderwerp.objects.order_by("pk").values()) == voor


def test_the_municipalities_of_today_as_partners(db):
    assert importeer_gemeenten() == 352
    utrecht = Organisatie.objects.get(naam="Utrecht")
    assert (utrecht.soort, utrecht.deelname) == ("gemeente", "partner")
    assert utrecht.identificatie.startswith("http://standaarden.overheid.nl/owms/terms/Utrecht")
    assert not Organisatie.objects.filter(naam="Abcoude").exists()  # merged in 2010
    Organisatie.objects.filter(pk=utrecht.pk).update(deelname="deelnemer")
    assert importeer_gemeenten() == 0
    assert Organisatie.objects.get(pk=utrecht.pk).deelname == "deelnemer"


def test_what_was_there_by_name_is_taken_over_and_what_clashes_gets_another_name(db):
    aalten = Organisatie.objects.create(naam="Aalten", deelname="deelnemer")
    Organisatie.objects.create(naam="Utrecht", soort="provincie", identificatie="http://elders/Utrecht")
    assert importeer_gemeenten() == 351
    aalten.refresh_from_db()
    assert (aalten.deelname, aalten.identificatie.rpartition("/")[2]) == ("deelnemer", "Aalten_(gemeente)")
    assert set(Organisatie.objects.filter(naam__startswith="Utrecht").values_list("naam", "soort")) == {
        ("Utrecht", "provincie"), ("Utrecht (gemeente)", "gemeente"), ("Utrechtse Heuvelrug", "gemeente"),
    }  # fmt: skip
    assert importeer_gemeenten() == 0


def test_a_newer_list_changes_the_name_and_keeps_the_number(db, tmp_path):
    eigen = Onderwerp.objects.create(naam="Foodtruck")
    lijst = tmp_path / "upl.csv"
    lijst.write_text("UniformeProductnaam,URI\nkraam,http://x/1\nfoodtruck,http://x/2\n", encoding="utf-8")
    assert importeer_upl(lijst) == 1
    kraam = Onderwerp.objects.get(naam="Kraam")
    eigen.refresh_from_db()
    assert (eigen.upl_adres, eigen.naam) == ("http://x/2", "Foodtruck")
    lijst.write_text("UniformeProductnaam,URI\nmarktkraam,http://x/1\n", encoding="utf-8")
    assert importeer_upl(lijst) == 0
    kraam.refresh_from_db()
    assert (kraam.naam, kraam.sorteernaam, kraam.slug) == ("Marktkraam", "marktkraam", "kraam")


def test_the_command_says_what_it_read(db, capsys, tmp_path):
    call_command("importeer")
    uit = capsys.readouterr().out
    assert "Onderwerpen: 1016, waarvan 1016 nieuw." in uit
    assert "Gemeenten: 352, waarvan 352 nieuw." in uit
    call_command("importeer", "gemeenten", bestand=GEMEENTEN, verbosity=0)
    assert capsys.readouterr().out == ""
    for fout in ({"bestand": tmp_path / "weg.csv"}, {"lijst": "upl", "bestand": tmp_path / "weg.csv"}):
        with pytest.raises(CommandError):
            call_command("importeer", *([fout["lijst"]] if "lijst" in fout else []), bestand=fout["bestand"])
