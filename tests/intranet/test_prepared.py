"""A prepared query answers what the same query would answer without being prepared."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import F, OuterRef
from django.utils import timezone

from groepen import lijsten
from groepen.models import Antwoord, Groep, Vraag
from groepen.voorbereid import Voor
from intranet.prepared import SCHEIDING, Achtereen, Prepared
from profielen.models import Gebruiker

pytestmark = pytest.mark.django_db

ZICHTBAAR = Voor(lambda ik: Groep.objects.zichtbaar_voor(ik).order_by("pk"))
RIJEN = Voor(lambda ik: lijsten.met_alles_voor_rij(Vraag.objects.zichtbaar_voor(ik), ik).order_by("pk"))


def toestand(ding, gezien=()):
    """All that Django keeps of an instance, what came along with it included."""
    velden = {naam: waarde for naam, waarde in ding.__dict__.items() if naam != "_state"}
    mee = {
        naam: toestand(ander, (*gezien, ding))
        for naam, ander in ding._state.fields_cache.items()
        if ander is not None and all(ander is not eerder for eerder in gezien)
    }
    return type(ding), velden, mee


def test_it_makes_the_same_instances(anna, bram, django_assert_num_queries):
    def vraag(pk):
        return (
            Gebruiker.objects.select_related("organisatie", "profiel")
            .only("email", "organisatie__naam", "profiel__functie")
            .filter(pk=pk)
        )

    klaar = Prepared(vraag)
    assert klaar(pk=anna.pk)
    with django_assert_num_queries(1):
        (gevonden,) = klaar(pk=bram.pk)
    assert toestand(gevonden) == toestand(vraag(bram.pk).get())
    assert klaar(pk=0) == []


def test_rows_of_a_list_are_the_same(anna, bram, open_groep):
    for titel in ("Hoe vraag ik een laptop aan?", "Wie heeft de sleutel?"):
        open_groep.stel_vraag(anna, titel)
    for kijker in (anna, bram):
        gewoon = lijsten.met_alles_voor_rij(Vraag.objects.zichtbaar_voor(kijker), kijker).order_by("pk")
        assert [toestand(vraag) for vraag in RIJEN(kijker)] == [toestand(vraag) for vraag in gewoon]


def test_the_rule_is_asked_anew_each_time(anna, bram, chris, open_groep, besloten_groep, verborgen_groep):
    """Nothing of one person, or of a moment ago, stays behind in a query that is kept."""

    def vergelijk():
        for kijker in (anna, bram, chris):
            assert ZICHTBAAR(kijker) == list(Groep.objects.zichtbaar_voor(kijker).order_by("pk"))

    vergelijk()
    assert ZICHTBAAR(anna) != ZICHTBAAR(chris)
    anna.lidmaatschappen.update(eindigt_op=timezone.now() - timedelta(minutes=1))
    vergelijk()
    Gebruiker.objects.filter(pk=anna.pk).update(organisatie=chris.organisatie)
    anna.refresh_from_db()
    vergelijk()


def test_who_may_see_nothing_gets_nothing(anna, open_groep):
    assert ZICHTBAAR(anna)
    anna.is_active = False
    assert ZICHTBAAR(anna) == []
    assert ZICHTBAAR(AnonymousUser()) == []


def test_lists_moments_texts_and_shapes(anna, bram):
    klaar = Prepared(
        lambda aantal, pks, sinds, achternaam: Gebruiker.objects.filter(
            pk__in=pks, aangemeld_op__gte=sinds, achternaam=achternaam
        ).order_by("pk")[:aantal]
    )
    vorige_week = timezone.now() - timedelta(days=7)
    assert klaar(5, pks=[anna.pk, bram.pk], sinds=vorige_week, achternaam="Buiten") == [bram]
    assert klaar(5, pks=[anna.pk], sinds=vorige_week, achternaam="Buiten") == []
    assert klaar(5, pks=[], sinds=vorige_week, achternaam="Lidwoord") == []
    assert klaar(5, pks=[anna.pk], sinds=timezone.now() + timedelta(days=1), achternaam="Lidwoord") == []


def test_numbers_of_the_code_are_written_out_and_values_are_bound(anna, open_groep):
    """An index on what has 0 answers serves a kept plan only when that says 0."""
    vragen = Prepared(
        lambda groep: Vraag.objects.filter(
            thread__groep=groep, thread__aantal_antwoorden=0, thread__titel="100% zeker?"
        )
    )
    vraag = open_groep.stel_vraag(anna, "100% zeker?")
    sql, waarden = vragen.sql(groep=open_groep.pk)
    assert '"aantal_antwoorden" = 0' in sql
    assert waarden == [open_groep.pk, "100% zeker?"]
    assert vragen(groep=open_groep.pk) == [vraag]


def test_plain_words_of_the_code_are_written_out_and_nothing_else_is(anna, open_groep):
    vragen = Prepared(
        lambda groep, titel: Vraag.objects.filter(
            thread__groep=groep, thread__soort="vraag", thread__titel=titel
        ).exclude(thread__fragment="zo'n; --")
    )
    vraag = open_groep.stel_vraag(anna, "zeker")
    sql, waarden = vragen.sql(groep=open_groep.pk, titel="zeker")
    assert "\"soort\" = 'vraag'" in sql
    assert sorted(map(str, waarden)) == sorted([str(open_groep.pk), "zeker", "zo'n; --"])
    assert vragen(groep=open_groep.pk, titel="zeker") == [vraag]


def test_keys_that_are_found_first(anna, bram, chris, open_groep, verborgen_groep):
    def pks(gebruiker, naam):
        te_lezen = Groep.objects.zichtbaar_voor(gebruiker).values("pk")
        return set(Groep.objects.filter(**{naam: te_lezen}).values_list("pk", flat=True))

    for wie in (anna, bram, chris):
        assert pks(wie, "pk__eerst_in") == pks(wie, "pk__in")


def test_a_handful_comes_along_as_one_text_in_its_order(anna, bram, dora, open_groep):
    vol, leeg = (open_groep.stel_vraag(bram, titel) for titel in ("Wie weet dit?", "En dit dan?"))
    for wie, wat in ((dora, "twee"), (anna, "een"), (bram, "drie")):
        vol.beantwoord(wie, f"<p>{wat}</p>")

    def bouw(pks):
        eerste = Antwoord.objects.filter(vraag=OuterRef("pk")).order_by("pk").values(waarde=F("inhoud"))[:2]
        return Vraag.objects.filter(pk__in=pks).annotate(eerste=Achtereen(eerste))

    gevonden = {vraag.pk: vraag.eerste for vraag in Prepared(bouw)(pks=[vol.pk, leeg.pk])}
    assert gevonden == {vol.pk: f"<p>twee</p>{SCHEIDING}<p>een</p>", leeg.pk: None}
