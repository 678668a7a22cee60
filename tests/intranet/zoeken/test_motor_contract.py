"""What every engine does, whatever it is made of (intranet.zoeken.motor)."""

import time
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from intranet.zoeken import analyse
from intranet.zoeken.document import vingerafdruk
from intranet.zoeken.motor import Filters, Opdracht
from intranet.zoeken.synoniemen import Woordenboek

from .conftest import document

NU = timezone.now()
EERSTE = frozenset({"g:1"})
TWEEDE = frozenset({"g:2"})
BEIDE = EERSTE | TWEEDE


def drie_vragen():
    return [
        document(
            1, "Parkeervergunning aanvragen", "Een bewoner wil zijn auto bij huis kwijt.", ["g:1"], groep=1
        ),
        document(2, "Vergunning voor een straatfeest", "De buurt viert feest op straat.", ["g:2"], groep=2),
        document(3, "Rijbewijs verlengen", "De oude pas is verlopen.", ["g:1"], groep=1),
    ]


# --- Hits ---------------------------------------------------------------------------------------


def test_one_word_of_the_query_is_enough_and_more_is_better(proef):
    proef.schrijf(*drie_vragen())
    assert proef.vindt("vergunning voor parkeren", BEIDE) == ["vraag:1", "vraag:2"]


def test_a_compound_is_found_by_its_parts_and_the_other_way_round(proef):
    proef.schrijf(document(1, "Evenementenvergunning"), document(2, "Vergunning voor een evenement"))
    assert set(proef.vindt("vergunning evenement")) == {"vraag:1", "vraag:2"}
    assert set(proef.vindt("evenementenvergunning")) == {"vraag:1", "vraag:2"}


def test_a_hit_says_what_it_is(proef):
    proef.schrijf(document(12, "Anna de Vries", soort="mens"))
    (treffer,) = proef.uitkomst("vries").treffers
    assert (treffer.id, treffer.soort, treffer.nummer) == ("mens:12", "mens", 12)
    assert treffer.score > 0


def test_a_title_weighs_more_than_a_text(proef):
    lang = "Dit gaat over heel iets anders dan wat hierboven staat, namelijk belasting. "
    proef.schrijf(document(1, "Iets anders", "rijbewijs " + lang), document(2, "Rijbewijs", lang))
    assert proef.vindt("rijbewijs") == ["vraag:2", "vraag:1"]


def test_the_prior_counts(proef):
    gelijk = document(1, "Rijbewijs verlengen", "aan de balie")
    proef.schrijf(gelijk, replace(gelijk, id="vraag:2", prior=1.2))
    assert proef.vindt("rijbewijs") == ["vraag:2", "vraag:1"]


def test_a_quoted_phrase_stands_there_as_it_is(proef):
    proef.schrijf(
        document(1, "Afval", "De groene bak staat buiten."),
        document(2, "Afval", "De bak staat buiten, de groene tuin ook."),
        document(3, "Groene", "bak"),
    )
    assert proef.vindt('"groene bak"') == ["vraag:1"]
    assert proef.vindt('afval "bak staat buiten"') == proef.vindt('"bak staat buiten"')
    assert set(proef.vindt('"bak staat buiten"')) == {"vraag:1", "vraag:2"}
    assert proef.vindt('"tuin groene"') == []


def test_pages_follow_each_other_without_gap_or_double(proef):
    proef.schrijf(*(document(n, "Rijbewijs", "verlengen") for n in range(1, 26)))
    alles = proef.vindt("rijbewijs verlengen", aantal=25)
    assert len(set(alles)) == 25
    bladen = [proef.vindt("rijbewijs verlengen", vanaf=vanaf, aantal=10) for vanaf in (0, 10, 20)]
    assert [id for blad in bladen for id in blad] == alles
    assert proef.uitkomst("rijbewijs", vanaf=20).totaal == 25


def test_sorted_by_newest(proef):
    proef.schrijf(
        document(1, "Rijbewijs", "rijbewijs " * 20, op=NU - timedelta(days=300)),
        document(2, "Kwijt", "Ik ben mijn rijbewijs kwijt, en nog veel meer dan dat.", op=NU),
        document(3, "Rijbewijs", op=NU - timedelta(days=20)),
        document(4, "Heel wat anders", op=NU),
    )
    assert proef.vindt("rijbewijs", sorteer="nieuwste") == ["vraag:2", "vraag:3", "vraag:1"]


# --- Counts and facets --------------------------------------------------------------------------


@pytest.fixture
def gevuld(proef):
    proef.schrijf(
        document(1, "Fiets", "a", ["g:1"], groep=1, organisaties=(1,), opgelost=True, op=NU),
        document(
            2, "Fiets", "b", ["g:1"], groep=1, organisaties=(1, 2), onderwerpen=(7,), opgelost=False, op=NU
        ),
        document(
            3,
            "Fiets",
            "c",
            ["g:2"],
            groep=2,
            organisaties=(2,),
            onderwerpen=(7, 8),
            opgelost=True,
            op=NU - timedelta(days=20),
        ),
        document(4, "Fiets", "d", ["g:2"], "artikel", groep=2, op=NU - timedelta(days=900)),
        document(5, "Fiets", "e", ["g:3"], groep=3, organisaties=(3,), onderwerpen=(9,), op=NU),
        document(6, "Auto", "f", ["g:1"], groep=1, organisaties=(4,), op=NU),
    )
    return proef


def test_facets_count_the_hits(gevuld):
    uitkomst = gevuld.uitkomst("fiets", BEIDE, facetten=True)
    assert (uitkomst.totaal, uitkomst.meer_dan) == (4, False)
    assert uitkomst.facetten == {
        "soort": {"vraag": 3, "artikel": 1},
        "groep": {1: 2, 2: 2},
        "organisatie": {1: 2, 2: 2},
        "onderwerp": {7: 2, 8: 1},
        "sinds": {"week": 2, "maand": 3, "jaar": 3},
        "opgelost": {True: 2, False: 1},
    }


def test_each_facet_is_counted_without_its_own_filter(gevuld):
    keuze = Filters(soorten=("vraag",), groepen=(2,))
    uitkomst = gevuld.uitkomst("fiets", BEIDE, filters=keuze, facetten=True)
    assert [treffer.id for treffer in uitkomst.treffers] == ["vraag:3"]
    assert uitkomst.totaal == 1
    assert uitkomst.facetten["soort"] == {"vraag": 1, "artikel": 1}
    assert uitkomst.facetten["groep"] == {1: 2, 2: 1}
    assert uitkomst.facetten["onderwerp"] == {7: 1, 8: 1}
    assert uitkomst.facetten["opgelost"] == {True: 1}


@pytest.mark.parametrize(
    ("keuze", "gevonden"),
    [
        (Filters(soorten=("artikel",)), {"artikel:4"}),
        (Filters(soorten=("artikel", "vraag")), {"vraag:1", "vraag:2", "vraag:3", "artikel:4"}),
        (Filters(groepen=(1, 9)), {"vraag:1", "vraag:2"}),
        (Filters(organisaties=(2,)), {"vraag:2", "vraag:3"}),
        (Filters(onderwerpen=(8,)), {"vraag:3"}),
        (Filters(opgelost=True), {"vraag:1", "vraag:3"}),
        (Filters(opgelost=False), {"vraag:2"}),
        (Filters(sinds=NU - timedelta(days=31)), {"vraag:1", "vraag:2", "vraag:3"}),
        (Filters(organisaties=(2,), opgelost=True), {"vraag:3"}),
        (Filters(groepen=(3,)), set()),
    ],
)
def test_filters(gevuld, keuze, gevonden):
    assert set(gevuld.vindt("fiets", BEIDE, filters=keuze)) == gevonden
    assert gevuld.uitkomst("fiets", BEIDE, filters=keuze, facetten=True).totaal == len(gevonden)
    assert set(gevuld.vindt("fiets", BEIDE, filters=keuze, sorteer="nieuwste")) == gevonden


def test_nothing_found_has_facets_too(gevuld):
    assert gevuld.uitkomst("zeilboot", BEIDE, facetten=True).facetten == {
        naam: {} for naam in ("soort", "groep", "organisatie", "onderwerp", "sinds", "opgelost")
    }


# --- Access -------------------------------------------------------------------------------------


def test_only_documents_with_a_key_of_the_reader(proef):
    proef.schrijf(
        document(1, "Fietsenstalling", sleutels=["g:1"]),
        document(2, "Fietsenstalling", sleutels=["g:2"]),
        document(3, "Fietsenstalling", "fietspad", ["m", "l:1", "p:3"], "mens"),
        document(4, "Fietsenstalling", sleutels=["*"], soort="onderwerp"),
        document(5, "Fietsenstalling", sleutels=[]),
    )
    te_zien = {
        frozenset({"g:1"}): {"vraag:1"},
        frozenset({"g:1", "*"}): {"vraag:1", "onderwerp:4"},
        frozenset({"g:2", "m"}): {"vraag:2", "mens:3"},
        frozenset({"l:1", "p:3"}): {"mens:3"},
        frozenset({"g:3", "l:2", "p:4", "o:1"}): set(),
        frozenset(): set(),
    }
    motor = proef.motor
    for sleutels, gezien in te_zien.items():
        uitkomst = proef.uitkomst("fietsenstalling", sleutels, facetten=True)
        assert {treffer.id for treffer in uitkomst.treffers} == gezien
        assert uitkomst.totaal == len(gezien)
        assert sum(uitkomst.facetten.get("soort", {}).values()) == len(gezien)
        assert set(proef.vindt("fietsenstalling", sleutels, sorteer="nieuwste")) == gezien
        assert set(proef.vindt('"fietsenstalling"', sleutels)) == gezien
        assert motor.kent(["fietsenstalling"], sleutels).get("fietsenstalling", 0) == len(gezien)
        assert {treffer.id for treffer in motor.voorspel("fietsen", sleutels)} == gezien
        assert {treffer.id for treffer in motor.bevat("tsenstal", sleutels)} == gezien
        assert {treffer.id for treffer in motor.lijkt_op("de fietsenstalling", sleutels)} == gezien
    assert motor.kent(["fietspad"], {"g:1", "*"}) == {}
    assert motor.bevat("etspa", {"g:1", "*"}) == []
    assert motor.voorspel("fiets", {"g:1", "g:2", "m"}, soorten=["mens"])[0].id == "mens:3"


def test_what_is_like_a_document_only_for_who_may_see_that(proef):
    proef.schrijf(
        document(1, "Rioolheffing voor ondernemers", "De heffing op het riool.", ["g:1"]),
        document(2, "Rioolheffing", "Wie betaalt de heffing?", ["g:2"]),
        document(3, "Rioolheffing bij verhuizing", "Wie betaalt de heffing?", ["g:2"]),
        document(4, "Paspoort", "aan de balie", ["g:2"]),
    )
    assert {treffer.id for treffer in proef.motor.lijkt_op("vraag:1", BEIDE)} == {"vraag:2", "vraag:3"}
    assert proef.motor.lijkt_op("vraag:1", TWEEDE) == []
    assert proef.motor.lijkt_op("vraag:99", BEIDE) == []
    assert [treffer.id for treffer in proef.motor.lijkt_op("vraag:2", TWEEDE, aantal=1)] == ["vraag:3"]


def test_a_rare_synonym_does_not_come_before_what_was_asked(proef):
    """When it is all there is, it is found."""
    asked = [document(nummer, "Auto", "Over auto's.") for nummer in range(1, 9)]
    proef.schrijf(*asked, document(9, "Voertuig", "Over voertuigen."), document(10, "Fiets"))
    vraag = analyse.vraag("auto", Woordenboek([["auto", "voertuig"]]))
    gevonden = proef.motor.zoek(Opdracht(vraag, frozenset("*"))).treffers
    assert len(gevonden) == 9
    assert gevonden[-1].id == "vraag:9"
    vraag = analyse.vraag("rijwiel", Woordenboek([["rijwiel", "fiets"]]))
    assert [treffer.id for treffer in proef.motor.zoek(Opdracht(vraag, frozenset("*"))).treffers] == [
        "vraag:10"
    ]


# --- Words --------------------------------------------------------------------------------------


def test_known_words_are_counted_as_they_were_written(proef):
    proef.schrijf(document(1, "Vergunningen", "de vergunning"), document(2, "Vergunning"))
    woorden = ["vergunning", "vergunningen", "vergunnign"]
    assert proef.motor.kent(woorden, {"*"}) == {"vergunning": 2, "vergunningen": 1}
    assert proef.motor.kent([], {"*"}) == {}
    # As many as a correction asks.
    veel = [*woorden, *(f"vergunning{nummer}" for nummer in range(500))]
    assert proef.motor.kent(veel, {"*"}) == proef.motor.kent(woorden, {"*"})


def test_type_ahead_takes_words_in_any_order_and_whole_words_first(proef):
    proef.schrijf(
        document(1, "Parkeren in de binnenstad", op=NU),
        document(2, "Parkeervergunning voor bewoners", op=NU),
        document(3, "Bewoners en hun auto", "parkeren"),
        document(4, "Park", op=NU - timedelta(days=9)),
    )
    ids = [treffer.id for treffer in proef.motor.voorspel("park", {"*"})]
    assert ids[0] == "vraag:4"
    assert set(ids) == {"vraag:1", "vraag:2", "vraag:4"}
    assert [treffer.id for treffer in proef.motor.voorspel("bewoners park", {"*"})] == ["vraag:2"]
    assert proef.motor.voorspel("", {"*"}) == []
    assert len(proef.motor.voorspel("p", {"*"}, aantal=2)) == 2


def test_a_part_of_a_word(proef):
    proef.schrijf(
        document(1, "Bijstandsuitkering"),
        document(2, "Iets", "een bijstandsuitkering"),
        document(3, "Anders"),
    )
    assert [treffer.id for treffer in proef.motor.bevat("standsuitk", {"*"})] == ["vraag:1", "vraag:2"]
    assert proef.motor.bevat("uitvaart", {"*"}) == []


# --- Writing ------------------------------------------------------------------------------------


def test_what_is_written_again_takes_the_place_of_what_was_there(proef):
    proef.schrijf(document(1, "Fiets", "oud", ["g:1"], groep=1))
    proef.schrijf(document(1, "Auto", "nieuw", ["g:2"], groep=2))
    assert proef.vindt("fiets oud", BEIDE) == []
    assert proef.vindt("auto", EERSTE) == []
    assert proef.vindt("auto nieuw", TWEEDE) == ["vraag:1"]
    assert proef.motor.kent(["fiets", "auto"], BEIDE) == {"auto": 1}
    assert proef.motor.voorspel("fie", BEIDE) == []
    assert proef.uitkomst("auto", TWEEDE, facetten=True).facetten["groep"] == {2: 1}


def test_writing_twice_changes_nothing(proef):
    ding = document(1, "Fiets", "oud en oud")
    proef.schrijf(ding, ding)
    proef.schrijf(ding)
    assert proef.uitkomst("fiets").totaal == 1
    assert proef.motor.kent(["oud"], {"*"}) == {"oud": 1}


def test_what_is_removed_is_nowhere(proef):
    proef.schrijf(document(1, "Fiets"), document(2, "Fietspad", sleutels=["m", "p:2"]))
    proef.verwijder("vraag:1", "vraag:2", "vraag:77")
    assert proef.vindt("fiets fietspad", {"*", "m"}) == []
    assert proef.motor.kent(["fiets", "fietspad"], {"*", "m"}) == {}
    assert proef.motor.voorspel("fiets", {"*", "m"}) == []
    assert proef.motor.bevat("fiets", {"*", "m"}) == []
    assert proef.motor.standen() == []
    proef.schrijf(document(1, "Fiets"))
    assert proef.vindt("fiets") == ["vraag:1"]


def test_what_is_there_is_told_in_order(proef):
    documenten = [document(n, "Fiets") for n in (3, 1, 2, 10)]
    proef.schrijf(*documenten)
    alles = sorted((ding.id, vingerafdruk(ding)) for ding in documenten)
    assert proef.motor.standen(aantal=2) == alles[:2]
    assert proef.motor.standen(na=alles[1][0]) == alles[2:]


# --- Rebuilding ---------------------------------------------------------------------------------


def test_while_a_new_index_is_made_the_old_one_answers_and_nothing_written_is_lost(proef):
    oud, nieuw = document(1, "Fiets", "oud"), document(1, "Fiets", "nieuw")
    proef.schrijf(oud, document(2, "Fiets"), document(3, "Fiets"))
    with proef.motor.herbouw() as bouw:
        # These were read from the database ...
        gelezen = [oud, document(2, "Fiets"), document(5, "Fiets")]
        # ... and before they are written, somebody changes, removes and adds.
        proef.schrijf(nieuw, document(4, "Fiets"))
        proef.verwijder("vraag:2", "vraag:5")
        bouw.schrijf(gelezen, "vraag 5")
        assert set(proef.vindt("fiets")) == {"vraag:1", "vraag:3", "vraag:4"}
    # What was not offered to the new index is not in it.
    assert set(proef.vindt("fiets")) == {"vraag:1", "vraag:4"}
    assert proef.vindt("oud") == []
    assert proef.vindt("nieuw") == ["vraag:1"]
    assert [id for id, _ in proef.motor.standen()] == ["vraag:1", "vraag:4"]
    assert proef.motor.gezond()


def test_a_rebuild_that_was_killed_goes_on_where_it_stood(proef):
    proef.schrijf(document(9, "Fiets"))
    with suppress(KeyboardInterrupt), proef.motor.herbouw() as bouw:
        assert bouw.tot == ""
        bouw.schrijf([document(1, "Fiets")], "vraag 1")
        raise KeyboardInterrupt
    assert proef.vindt("fiets") == ["vraag:9"]
    with proef.motor.herbouw() as bouw:
        assert bouw.tot == "vraag 1"
        bouw.schrijf([document(2, "Fiets")], "vraag 2")
    assert set(proef.vindt("fiets")) == {"vraag:1", "vraag:2"}
    with suppress(KeyboardInterrupt), proef.motor.herbouw() as bouw:
        bouw.schrijf([document(3, "Fiets")], "vraag 3")
        raise KeyboardInterrupt
    with proef.motor.herbouw(opnieuw=True) as bouw:
        assert bouw.tot == ""
    assert proef.vindt("fiets") == []


# --- Odd input ----------------------------------------------------------------------------------

VREEMD = {
    "10,000 characters": "parkeervergunning " * 556,
    "one word of 10,000 letters": "a" * 10_000,
    "500 words": " ".join(f"woord{n}" for n in range(500)),
    "stop words": "de het een van in",
    "emoji": "🙂🚲👩‍👩‍👧‍👦",
    "SQL": "'; drop table zoeken_document0; -- % _ \" %s {0}",
    "Lucene": 'titel:(+fiets -auto)~2^4 AND [a TO z] OR *:* /.*/ "',
    "JSON": '{"query": {"match_all": {}}}',
    "NUL and friends": "fiets\x00\x1f\u200b\ufeff\ud7ff",
    "quotes": '"" " “ „fiets”',
    "nothing": "",
    "blank": " \n\t ",
}


@pytest.mark.parametrize("tekst", VREEMD.values(), ids=list(VREEMD))
def test_odd_queries_get_an_answer_soon(proef, tekst):
    proef.schrijf(*drie_vragen(), document(4, "Fiets", tekst[:2000].replace("\x00", "")))
    motor, sleutels = proef.motor, frozenset({"g:1", "*"})
    vraag = analyse.vraag(tekst)
    motor.zoek(Opdracht(vraag, sleutels, facetten=True))  # once, to warm up
    for wat in (
        lambda: motor.zoek(Opdracht(vraag, sleutels, facetten=True)),
        lambda: motor.kent(vraag.woorden, sleutels),
        lambda: motor.voorspel(tekst, sleutels),
        lambda: motor.bevat(tekst, sleutels),
        lambda: motor.lijkt_op(tekst, sleutels),
    ):
        tijden = []
        # The best of a few: what is measured is the engine, not what else this machine does.
        while len(tijden) < 8 and min(tijden, default=1) > 0.2:
            begin = time.perf_counter()
            wat()
            tijden.append(time.perf_counter() - begin)
        assert min(tijden) <= 0.2


def test_a_moment_is_a_moment_in_any_time_zone(proef):
    utc = datetime(2026, 5, 1, 12, tzinfo=UTC)
    proef.schrijf(document(1, "Fiets", op=utc))
    assert proef.vindt("fiets", filters=Filters(sinds=utc)) == ["vraag:1"]
    assert proef.vindt("fiets", filters=Filters(sinds=utc + timedelta(seconds=1))) == []
