"""What of a thing can be found, and by whom: whole documents."""

import pytest
from django.utils import timezone

from groepen.models import Reactie, Thread
from intranet.zoeken.bronnen import artikel, groep, mens, onderwerp, vraag
from intranet.zoeken.document import Zoekdocument, soorten
from kennisbank.models import GroepKennisbank, Kennisartikel
from profielen.models import Afdeling, Deskundigheid, Onderwerp

pytestmark = pytest.mark.django_db


@pytest.fixture
def parkeren(db):
    return Onderwerp.objects.create(naam="Parkeervergunning")


@pytest.fixture
def gesprek(anna, bram, dora, open_groep, parkeren):
    """A question with two answers, of which the second solved it, and remarks everywhere."""
    gesteld = open_groep.stel_vraag(
        anna, "Mag een <b>aanhanger</b>?", "<p>Hij staat in de straat.</p>", onderwerpen=[parkeren]
    )
    eerste = gesteld.beantwoord(bram, "<p>Dat weet ik niet.</p>")
    tweede = gesteld.beantwoord(dora, "<p>Drie dagen mag het.</p>")
    weg = gesteld.beantwoord(bram, "<p>Vergissing.</p>")
    Reactie.geef(gesteld.thread, dora, "<p>Waar staat hij?</p>")
    Reactie.geef(gesteld.thread, anna, "<p>Dank!</p>", antwoord=eerste)
    Reactie.geef(gesteld.thread, anna, "<p>Laat maar.</p>").verwijder(anna)
    weg.verwijder(bram)
    gesteld.kies_oplossing(tweede, anna)
    return gesteld


def test_a_question_is_one_document_with_what_solved_it_first(gesprek, anna, open_groep, parkeren):
    gesprek.thread.refresh_from_db()
    (document,) = vraag.maak([gesprek.pk])
    assert document == Zoekdocument(
        id=f"vraag:{gesprek.pk}",
        soort="vraag",
        titel="Mag een <b>aanhanger</b>?",
        tekst="Drie dagen mag het.\nHij staat in de straat.\nDat weet ik niet.\nWaar staat hij?\nDank!\n"
        "Parkeervergunning",
        sleutels=(f"g:{open_groep.pk}",),
        groep=open_groep.pk,
        organisaties=(anna.organisatie_id,),
        onderwerpen=(parkeren.pk,),
        opgelost=True,
        op=gesprek.thread.laatst_actief_op,
        prior=1.1,
    )


def test_a_deleted_question_is_no_document_and_nor_is_another_kind_of_thread(gesprek, anna, open_groep):
    bericht = Thread.objects.create(groep=open_groep, soort="bericht", titel="Bericht", steller=anna)
    assert list(vraag.maak([bericht.pk])) == []
    gesprek.thread.verwijder(anna)
    assert list(vraag.maak([gesprek.pk])) == []
    assert vraag.SOORT.alle(0, 10) == []


def test_an_article_holds_every_word_of_what_was_published(anna, open_groep):
    stuk = Kennisartikel(
        title="Aanhangers",
        samenvatting="Drie dagen.",
        inhoud=[
            ("tekst", '<p>Zie <a linktype="page" id="3">hier</a> &amp; daar.</p>'),
            ("code", "mod97"),
        ],
        owner=anna,
        live=False,
    )
    GroepKennisbank.open_voor(open_groep).add_child(instance=stuk)
    stuk.save_revision(user=anna).publish()
    stuk = Kennisartikel.objects.select_related("thread").get(pk=stuk.pk)
    klad = stuk.get_latest_revision_as_object()
    klad.title = "Nog niet"
    klad.save_revision(user=anna)

    assert list(artikel.maak([stuk.thread_id])) == [
        Zoekdocument(
            id=f"artikel:{stuk.thread_id}",
            soort="artikel",
            titel="Aanhangers",
            tekst="Drie dagen.\nZie hier & daar.\nmod97",
            sleutels=(f"g:{open_groep.pk}",),
            groep=open_groep.pk,
            organisaties=(anna.organisatie_id,),
            op=stuk.thread.laatst_actief_op,
            prior=1.15,
        )
    ]
    stuk.unpublish()
    assert artikel.maak([stuk.thread_id]) == []


def test_words_of_an_article_come_from_every_block_without_asking_the_database(django_assert_num_queries):
    veld = Kennisartikel.inhoud.field.stream_block
    inhoud = veld.to_python(
        [
            {
                "type": "beeld",
                "value": {"beeld": {"image": 999, "alt_text": "een straat"}, "bijschrift": "bij"},
            },
            {
                "type": "tabel",
                "value": {
                    "columns": [{"type": "tekst", "heading": "Wat"}, {"type": "getal", "heading": "Euro"}],
                    "rows": [{"values": ["Zone A", "21"]}, {"values": ["Zone B", None]}],
                    "caption": "Tarieven",
                },
            },
        ]
    )
    with django_assert_num_queries(0):
        woorden = Kennisartikel(samenvatting="", inhoud=inhoud).woorden
    assert woorden == "een straat\nbij\nTarieven\nWat Euro\nZone A 21\nZone B"


def test_a_person_is_who_they_are_and_what_they_tell_about_themselves(
    anna, chris, open_groep, besloten_groep, parkeren
):
    profiel = anna.profiel
    profiel.functie, profiel.vraag_mij_over = "Adviseur", "Straten en stegen."
    profiel.afdeling = Afdeling.objects.create(organisatie=anna.organisatie, naam="Ruimte")
    profiel.save()
    Deskundigheid.objects.create(profiel=profiel, onderwerp=parkeren)
    Deskundigheid.objects.create(profiel=profiel, onderwerp=parkeren, soort="aanbevolen")
    # What is proven depends on who reads the proof.
    paspoort = Onderwerp.objects.create(naam="Paspoort")
    Deskundigheid.objects.create(profiel=profiel, onderwerp=paspoort, soort="bewezen")
    Deskundigheid.objects.create(
        profiel=profiel, onderwerp=paspoort, soort="aanbevolen", verborgen_op=timezone.now()
    )

    per_id = {document.id: document for document in mens.maak([anna.pk, chris.pk])}
    ik, gast = per_id[f"mens:{anna.pk}"], per_id[f"mens:{chris.pk}"]

    assert ik == Zoekdocument(
        id=f"mens:{anna.pk}",
        soort="mens",
        titel="Anna Lidwoord",
        tekst="Adviseur\nRuimte\nStraten en stegen.\nParkeervergunning",
        sleutels=(f"p:{anna.pk}", f"l:{open_groep.pk}", f"l:{besloten_groep.pk}", "m"),
        organisaties=(anna.organisatie_id,),
        onderwerpen=(parkeren.pk,),
    )
    assert (gast.titel, gast.sleutels) == ("Chris Gastmans", (f"p:{chris.pk}",))
    anna.blokkeer()
    assert mens.maak([anna.pk]) == []


def test_the_card_of_a_groep_is_for_colleagues_and_of_a_hidden_one_for_leden(
    anna, open_groep, verborgen_groep, zandmeer, parkeren
):
    open_groep.wijzig(anna, doel="Alles over straten.", hoort_wel="Stoepen\n", onderwerpen=[parkeren])
    card, hidden = groep.maak([open_groep.pk, verborgen_groep.pk])
    assert card == Zoekdocument(
        id=f"groep:{open_groep.pk}",
        soort="groep",
        titel="Groep open",
        tekst="Alles over straten.\nStoepen\nParkeervergunning",
        sleutels=(f"l:{open_groep.pk}", f"o:{zandmeer.pk}"),
        organisaties=(zandmeer.pk,),
        onderwerpen=(parkeren.pk,),
        op=open_groep.gemaakt_op,
    )
    assert hidden.sleutels == (f"l:{verborgen_groep.pk}",)
    open_groep.sluit(anna)
    assert groep.maak([open_groep.pk])[0].prior == 0.8


def test_an_onderwerp_is_for_everyone(parkeren):
    assert onderwerp.maak([parkeren.pk]) == [
        Zoekdocument(f"onderwerp:{parkeren.pk}", "onderwerp", "Parkeervergunning", "", ("*",), prior=0.5)
    ]


@pytest.mark.parametrize("aantal", [1, 3])
def test_as_many_queries_for_three_as_for_one(
    aantal, anna, bram, dora, open_groep, besloten_groep, verborgen_groep, gesprek, django_assert_num_queries
):
    vragen = [gesprek, *(open_groep.stel_vraag(anna, f"Vraag {n}", "<p>x</p>") for n in range(2))]
    for een in vragen:
        een.beantwoord(dora, "<p>a</p>")
    nodig = {"vraag": 4, "artikel": 1, "mens": 3, "groep": 3, "onderwerp": 1}
    dingen = {
        "vraag": vragen,
        "mens": [anna, bram, dora],
        "groep": [open_groep, besloten_groep, verborgen_groep],
    }
    for soort in soorten():
        nummers = [ding.pk for ding in dingen.get(soort.naam, [])][:aantal]
        with django_assert_num_queries(nodig[soort.naam]):
            assert len(list(soort.maak(nummers or [1]))) >= (len(nummers) == aantal) * aantal


def test_numbers_come_in_order_and_go_on_after_any_of_them(anna, bram, chris):
    eerste, *rest = mens.SOORT.alle(0, 2)
    assert [eerste, *rest] == sorted([anna.pk, bram.pk, chris.pk])[:2]
    assert mens.SOORT.alle(max(anna.pk, bram.pk, chris.pk), 2) == []
    assert mens.SOORT.aantal() == 3
