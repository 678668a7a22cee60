"""What is particular to the engine in plain tables; what every engine does is in test_motor_contract.py."""

import random
from collections import Counter
from contextlib import suppress

import pytest
from django.db import OperationalError, connection, transaction

from intranet.zoeken import analyse
from intranet.zoeken.ingebouwd import Ingebouwd, vinden
from intranet.zoeken.ingebouwd.bouw import Vervallen, _leeg
from intranet.zoeken.ingebouwd.schrijven import pak_uit
from intranet.zoeken.ingebouwd.sleutels import MEER, getal
from intranet.zoeken.ingebouwd.stand import vergrendel
from intranet.zoeken.ingebouwd.sterkte import STERK, zeldzaam
from intranet.zoeken.migrations import __name__ as migraties
from intranet.zoeken.motor import Filters, Opdracht
from tests.samen import echte_transacties, samen

from .conftest import document

IEDEREEN = frozenset("*")
WOORDEN = [
    *(
        "fiets",
        "fietsen",
        "auto",
        "parkeren",
        "parkeervergunning",
        "evenement",
        "vergunning",
        "straat",
        "feest",
    ),
    *("riool", "heffing", "paspoort", "rijbewijs", "bijstand", "uitkering", "afval", "container", "geluid"),
    *("overlast", "boom", "kapvergunning", "school", "leerling", "vervoer"),
]
SLEUTELS = [
    ("g:1",),
    ("g:2",),
    ("g:3",),
    ("*",),
    ("m", "p:1"),
    ("m", "l:1", "p:2"),
    ("o:1", "o:2", "l:3"),
    (),
]


def rijen(sql, *waarden):
    with connection.cursor() as cursor:
        cursor.execute(sql, waarden)
        return cursor.fetchall()


def een_document(rng, nummer):
    return document(
        nummer,
        " ".join(rng.choices(WOORDEN, k=rng.randrange(4))),
        " ".join(rng.choices(WOORDEN, k=rng.randrange(25))),
        rng.choice(SLEUTELS),
        groep=rng.choice([None, 1, 2]),
        opgelost=rng.choice([None, True, False]),
        prior=rng.choice([1.0, 1.1]),
    )


def controleer(documenten):
    """Every count in the index in use is what the documents in it say, and nothing else is there."""
    ((plek,),) = rijen("select plek from zoeken_index where stand = 'actief'")
    df, sleutels, woorden, titelwoorden, postings = Counter(), Counter(), Counter(), set(), set()
    titels = teksten = 0
    ids = dict(rijen(f"select naam, id from zoeken_document{plek}"))
    assert ids.keys() == {ding.id for ding in documenten}
    termen = {token: id for id, token in rijen(f"select id, token from zoeken_term{plek}")}
    for ding in documenten:
        id, ontleed = ids[ding.id], analyse.ontleed(ding.titel, ding.tekst)
        getallen = sorted(map(getal, ding.sleutels))
        sleutel = getallen[0] if len(getallen) == 1 else MEER
        tokens = {*ontleed.titel, *ontleed.tekst, *ontleed.titel_delen, *ontleed.tekst_delen}
        df.update(termen[token] for token in tokens)
        postings |= {(termen[token], sleutel, id) for token in tokens}
        sleutels.update(getallen)
        woorden.update((termen[woord], sleutel, 0 if sleutel else id) for woord in ontleed.woorden)
        titelwoorden |= {(sleutel, woord, id) for _, _, woord in analyse.woorden(ding.titel)}
        titels, teksten = titels + ontleed.lengtes[0], teksten + ontleed.lengtes[1]
        ((bytes_,),) = rijen(f"select volgorde from zoeken_inhoud{plek} where document = %s", id)
        naam_van = {nummer: token for token, nummer in termen.items()} | {0: ""}
        assert [naam_van[nummer] for nummer in pak_uit(bytes_)] == ontleed.volgorde
    assert dict(rijen(f"select id, df from zoeken_term{plek} where df <> 0")) == df
    assert dict(rijen(f"select sleutel, documenten from zoeken_sleutel{plek}")) == sleutels
    assert {rij[:3]: rij[3] for rij in rijen(f"select * from zoeken_woord{plek}")} == woorden
    assert set(rijen(f"select sleutel, woord, document from zoeken_titelwoord{plek}")) == titelwoorden
    assert set(rijen(f"select term, sleutel, document from zoeken_posting{plek}")) == postings
    meer = {(ids[ding.id], getal(s)) for ding in documenten if len(ding.sleutels) > 1 for s in ding.sleutels}
    assert set(rijen(f"select document, sleutel from zoeken_documentsleutel{plek}")) == meer
    assert rijen(f"select documenten, titels, teksten from zoeken_index where plek = {plek}") == [
        (len(documenten), titels, teksten)
    ]


@pytest.mark.parametrize("begin", [1, 2, 3])
def test_whatever_was_written_and_removed_the_counts_are_right(ingebouwd, begin):
    rng = random.Random(begin)
    motor, er_zijn = ingebouwd.motor, {}
    for keer in range(60):
        if rng.random() < 0.7:
            nieuw = [een_document(rng, rng.randrange(1, 25)) for _ in range(rng.randrange(1, 6))]
            motor.schrijf(nieuw)
            er_zijn |= {ding.id: ding for ding in nieuw}
        elif rng.random() < 0.8:
            weg = {f"vraag:{rng.randrange(1, 25)}" for _ in range(rng.randrange(1, 4))}
            motor.verwijder(weg)
            er_zijn = {id: ding for id, ding in er_zijn.items() if id not in weg}
        else:
            with motor.herbouw() as bouw:
                bouw.schrijf(er_zijn.values())
        if keer % 10 == 9:
            controleer(er_zijn.values())
    controleer(er_zijn.values())


def test_after_a_rebuild_nothing_of_the_old_index_is_left(ingebouwd):
    ingebouwd.schrijf(document(1, "Fiets"))
    with ingebouwd.motor.herbouw() as bouw:
        bouw.schrijf([document(2, "Auto")])
        ingebouwd.verwijder("vraag:3")
    controleer([document(2, "Auto")])
    ((leeg,),) = rijen("select plek from zoeken_index where stand = 'leeg'")
    for tabel in ("term", "posting", "document", "inhoud", "woord", "titelwoord", "drietal", "sleutel"):
        assert rijen(f"select count(*) from zoeken_{tabel}{leeg}") == [(0,)]


@pytest.mark.django_db(transaction=True)
def test_workers_at_the_same_time_lose_nothing_and_count_right(tmp_path):
    rng = random.Random(5)
    laatste = [een_document(rng, nummer) for nummer in range(1, 21)]

    def werker(zaad):
        def werk():
            eigen, motor = random.Random(zaad), Ingebouwd()
            for _ in range(8):
                motor.schrijf([een_document(eigen, eigen.randrange(1, 21)) for _ in range(3)])
                motor.verwijder([f"vraag:{eigen.randrange(1, 21)}"])
            motor.schrijf(laatste)

        return werk

    def herbouwer():
        with Ingebouwd().herbouw() as bouw:
            bouw.schrijf(laatste[:10])
            bouw.schrijf(laatste[10:])

    with echte_transacties(tmp_path):
        assert samen(*map(werker, range(4)), herbouwer) == [None] * 5
        # Who wrote last wrote this; the rebuild may have ended before.
        samen(lambda: Ingebouwd().schrijf(laatste))
        (fout,) = samen(lambda: controleer(laatste))
        assert fout is None, fout


@pytest.mark.django_db(transaction=True)
def test_the_very_first_writers_wait_for_each_other_too(tmp_path):
    """Another makes the rows of both indexes between our looking for them and our reading them."""
    if connection.vendor != "postgresql":
        return  # on SQLite a transaction that writes is alone

    class Ingehaald:
        """A cursor that another overtakes between its first statement and its second."""

        def __init__(self, cursor):
            self.cursor, self.keer = cursor, 0

        def __getattr__(self, naam):
            return getattr(self.cursor, naam)

        def execute(self, *opdracht):
            self.keer += 1
            if self.keer == 2:
                assert samen(lambda: Ingebouwd().schrijf([document(1, "Fiets")])) == [None]
            return self.cursor.execute(*opdracht)

    def slot():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select plek from zoeken_index for update nowait")

    with echte_transacties(tmp_path):
        with connection.cursor() as cursor:
            cursor.execute("delete from zoeken_index")
        with transaction.atomic(), connection.cursor() as cursor:
            assert len(vergrendel(Ingehaald(cursor))) == 2
            (fout,) = samen(slot)
        assert isinstance(fout, OperationalError), "the rows are not locked"


def test_cleaning_up_after_a_swap_leaves_alone_what_is_built_there_by_then(ingebouwd):
    ingebouwd.schrijf(document(1, "Fiets"))
    with ingebouwd.motor.herbouw() as bouw:
        _leeg(bouw.plek)
        bouw.schrijf([document(1, "Fiets")])
        _leeg(bouw.plek)
    assert ingebouwd.vindt("fiets") == ["vraag:1"]


def test_a_reader_of_few_groepen_and_one_of_many_get_the_same_order(ingebouwd, monkeypatch):
    rng = random.Random(8)
    ingebouwd.schrijf(*(een_document(rng, nummer) for nummer in range(1, 80)))
    weinig = {"g:1", "g:2", "g:3", "*"}
    veel = weinig | {f"g:{nummer}" for nummer in range(100, 400)}
    for tekst in ("fiets", "vergunning parkeren", "boom feest riool afval", "evenementenvergunning"):
        for opties in ({}, {"sorteer": "nieuwste"}, {"filters": Filters(opgelost=True)}):
            assert ingebouwd.vindt(tekst, weinig, **opties) == ingebouwd.vindt(tekst, veel, **opties)


@pytest.fixture
def krap(monkeypatch):
    """As if every word were too common to follow."""
    monkeypatch.setattr(vinden, "RUIM", 20)


def test_of_common_words_the_best_are_found_all_the_same(ingebouwd, krap):
    gewoon = [document(nummer, "Kapvergunning", "boom " * 3) for nummer in range(1, 120)]
    sterk = document(500, "Boom en nog eens boom", "boom boom boom")
    zeldzaam_ = document(501, "Ook een boom", "maar ook een zandmotor")
    ingebouwd.schrijf(*gewoon, sterk, zeldzaam_)
    assert ingebouwd.vindt("boom zandmotor")[0] == "vraag:501"
    assert ingebouwd.vindt("boom")[0] == "vraag:500"
    uitkomst = ingebouwd.uitkomst("boom", facetten=True)
    assert uitkomst.meer_dan
    assert uitkomst.facetten["soort"] == {"vraag": uitkomst.totaal}


def test_who_reads_one_groep_gets_all_of_a_common_word_however_many_people_they_see(ingebouwd, monkeypatch):
    """What is seen besides is counted, or a common word seems too much to follow for them too."""
    monkeypatch.setattr(vinden, "RUIM", 30)
    monkeypatch.setattr(vinden, "eerste", vinden.eerste.__wrapped__)
    vragen = [document(n, "Boom", "boom", sleutels=[f"g:{n % 10 + 1}"]) for n in range(1, 101)]
    mensen = [document(n, "Iemand", "collega", sleutels=["m"]) for n in range(101, 401)]
    ingebouwd.schrijf(*vragen, *mensen, document(401, "Kaart", "boom", sleutels=["m", "l:1"]))
    uitkomst = ingebouwd.uitkomst("boom", {"m", "g:1"}, facetten=True)
    assert (uitkomst.totaal, uitkomst.meer_dan) == (11, False)


def test_of_common_words_those_that_pass_the_filters_are_found(ingebouwd, krap, monkeypatch):
    monkeypatch.setattr(vinden, "BESTE", 5)
    gewoon = [document(n, "Boom", "boom " * 5, groep=1, sleutels=["g:1"]) for n in range(1, 60)]
    anders = [document(n, "Boom", groep=2, sleutels=["g:2"], opgelost=True) for n in range(60, 64)]
    ingebouwd.schrijf(*gewoon, *anders)
    lezer = {"g:1", "g:2"}
    goed = {ding.id for ding in anders}
    assert set(ingebouwd.vindt("boom", lezer, filters=Filters(groepen=(2,)))) == goed
    assert set(ingebouwd.vindt("boom", lezer, filters=Filters(opgelost=True))) == goed
    uitkomst = ingebouwd.uitkomst("boom", lezer, filters=Filters(groepen=(2,)), facetten=True)
    assert uitkomst.facetten["groep"][2] == 4
    assert uitkomst.facetten["groep"][1] > 0


def test_a_search_takes_few_statements(ingebouwd, django_assert_num_queries):
    for aantal in (1, 30):
        ingebouwd.schrijf(*(document(nummer, "Fiets en auto", groep=1) for nummer in range(1, aantal + 1)))
        with django_assert_num_queries(2):
            ingebouwd.uitkomst("fiets auto parkeren", facetten=True)
        with django_assert_num_queries(3):
            ingebouwd.uitkomst('"fiets en auto"', facetten=True)
        with django_assert_num_queries(2):
            ingebouwd.motor.voorspel("fie", IEDEREEN)
        with django_assert_num_queries(1):
            ingebouwd.motor.kent(["fiets", "auto"], IEDEREEN)


def test_a_new_index_in_the_middle_of_a_search_goes_unnoticed(ingebouwd, monkeypatch):
    ingebouwd.schrijf(document(1, "Fiets"))
    lees, wissels = vinden.lees, []

    def lees_en_wissel(*argumenten):
        lezing = lees(*argumenten)
        if not wissels:
            wissels.append(1)
            with ingebouwd.motor.herbouw() as bouw:
                bouw.schrijf([document(1, "Fiets")])
        return lezing

    monkeypatch.setattr("intranet.zoeken.ingebouwd.motor.lees", lees_en_wissel)
    assert ingebouwd.vindt("fiets") == ["vraag:1"]


def test_a_rebuild_that_another_overtook_says_so(ingebouwd):
    with ingebouwd.motor.herbouw() as eerste:
        eerste.schrijf([document(1, "Fiets")])
    with pytest.raises(Vervallen):
        eerste.schrijf([document(2, "Fiets")])
    assert ingebouwd.vindt("fiets") == ["vraag:1"]


def test_an_index_of_another_analysis_is_not_healthy_and_not_gone_on_with(ingebouwd, monkeypatch):
    motor = ingebouwd.motor
    assert not motor.gezond()
    ingebouwd.schrijf(document(1, "Fiets"))
    assert motor.gezond()
    with suppress(KeyboardInterrupt), motor.herbouw() as bouw:
        bouw.schrijf([document(1, "Fiets")], "vraag 1")
        raise KeyboardInterrupt
    for plaats in ("bouw", "motor"):
        monkeypatch.setattr(f"intranet.zoeken.ingebouwd.{plaats}.STEMPEL", "anders")
    assert not motor.gezond()
    with motor.herbouw() as bouw:
        assert bouw.tot == ""
    assert motor.gezond()


@pytest.mark.parametrize("sleutel", ["", "g", "g:12", "*", "m", "p:67108863"])
def test_a_key_has_one_number(sleutel):
    if sleutel:
        assert 0 < getal(sleutel) < 2**31
    else:
        with pytest.raises(ValueError, match="no key"):
            getal(sleutel)


@pytest.mark.parametrize("sleutel", ["g:0", "g:01", "gg:1", "g:67108864", "g:-1", "g:1 ", "G:1", "g:١"])
def test_what_is_no_key_is_refused(sleutel):
    with pytest.raises(ValueError, match="no key"):
        getal(sleutel)


def test_no_two_keys_share_a_number():
    sleutels = [f"{letter}:{n}" for letter in "glop" for n in (1, 2, 67108863)] + ["*", "m", "g", "l"]
    assert len({getal(sleutel) for sleutel in sleutels}) == len(sleutels)


def test_the_index_of_strong_postings_is_where_the_migration_made_it():
    from importlib import import_module

    assert import_module(f"{migraties}.0001_ingebouwd").STERK == STERK


def test_a_rare_token_tells_more():
    assert zeldzaam(1, 100) > zeldzaam(50, 100) > zeldzaam(100, 100) > 0
    assert Opdracht(analyse.vraag("fiets"), IEDEREEN).aantal == 10
