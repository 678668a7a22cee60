"""Who hears of what, and why: one table of stories, through the outlet as the worker does it."""

import pytest

from groepen.models import Gelezen, Reactie
from intranet.events.models import Event
from intranet.meldingen import ontvangers
from intranet.meldingen.models import Melding, Niveau, Plein, Reden, Vermelding
from profielen.models import Afdeling, Deskundigheid, Gebruiker, Onderwerp


def noem(soort, ding):
    return f'<p><span data-mention="{soort}:{ding.pk}">@iemand</span> weet jij dit?</p>'


def gemeld(**voorwaarden):
    """{(wie, soort, reden)} of all Meldingen."""
    rijen = Melding.objects.filter(**voorwaarden).select_related("gebruiker")
    return {(rij.gebruiker.voornaam, rij.soort, rij.reden) for rij in rijen}


@pytest.fixture
def vraag(open_groep, anna):
    return open_groep.stel_vraag(anna, "Mag dit?", "<p>Ik vraag het me af.</p>")


def test_an_answer_reaches_asker_claimer_and_followers_once(vraag, dora, eva, bram, bezorg_alles):
    vraag.pak_op(dora)
    vraag.thread.volg(eva)
    bezorg_alles()
    Melding.objects.all().delete()
    vraag.beantwoord(bram, "<p>Ja.</p>")
    bezorg_alles()
    assert gemeld() == {
        ("Anna", "antwoord.gegeven", "jouw_vraag"),
        ("Dora", "antwoord.gegeven", "behandelt"),
        ("Eva", "antwoord.gegeven", "volgt"),
    }
    event = Event.objects.get(soort="antwoord.gegeven")
    assert ontvangers.meld(event) == 0  # an outlet may run twice
    assert Melding.objects.count() == 3
    assert Event.objects.filter(soort="melding.gemaakt", feiten__bij=event.pk).count() == 1


def test_a_mention_wins_and_never_reaches_who_may_not_read(
    besloten_groep, anna, bram, dora, chris, bezorg_alles
):
    besloten_groep.stel_vraag(
        anna, "Wie weet dit?", noem("gebruiker", dora) + noem("gebruiker", bram) + noem("gebruiker", chris)
    )
    bezorg_alles()
    assert gemeld() == {("Dora", "vraag.gesteld", "noemt")}
    assert Vermelding.objects.count() == 3


def test_only_new_names_hear_of_an_edit(vraag, anna, dora, bram, bezorg_alles):
    bezorg_alles()
    vraag.bewerk(anna, titel="Mag dit?", inhoud=noem("gebruiker", dora), versie=1)
    bezorg_alles()
    vraag.bewerk(anna, titel="Mag dit?", inhoud=noem("gebruiker", dora) + noem("gebruiker", bram), versie=2)
    bezorg_alles()
    assert sorted((m.gebruiker.voornaam, m.soort) for m in Melding.objects.all()) == [
        ("Bram", "vraag.bewerkt"),
        ("Dora", "vraag.bewerkt"),
    ]


def test_groep_afdeling_and_onderwerp(
    vraag, open_groep, besloten_groep, zandmeer, anna, dora, eva, bram, bezorg_alles
):
    apv = Afdeling.objects.create(organisatie=zandmeer, naam="APV")
    balie = Afdeling.objects.create(organisatie=zandmeer, naam="Balie", ouder=apv)
    bram.profiel.afdeling = balie
    bram.profiel.save()
    markten = Onderwerp.objects.create(naam="Markten")
    Deskundigheid.objects.create(profiel=eva.profiel, onderwerp=markten)
    Deskundigheid.objects.create(profiel=dora.profiel, onderwerp=markten)
    dora.profiel.dagdelen = 0  # never there
    dora.profiel.save()
    vraag.beantwoord(anna, noem("afdeling", apv))
    vraag.beantwoord(anna, noem("onderwerp", markten))
    bezorg_alles()
    assert gemeld() == {
        ("Bram", "antwoord.gegeven", "noemt_groep"),
        ("Eva", "antwoord.gegeven", "deskundig"),
    }
    vraag.beantwoord(anna, noem("groep", besloten_groep))
    bezorg_alles()
    assert {wie for wie, _soort, reden in gemeld() if reden == "noemt_groep"} == {"Bram", "Dora", "Eva"}


def test_levels(vraag, open_groep, anna, dora, eva, bram, bezorg_alles):
    bezorg_alles()
    Niveau.objects.create(gebruiker=anna, groep=open_groep, plein=Plein.NIETS)
    Niveau.objects.create(gebruiker=dora, groep=open_groep, plein=Plein.VRAGEN, mail="m")
    Niveau.objects.create(gebruiker=eva, groep=open_groep, plein=Plein.ALLES)
    Niveau.objects.create(gebruiker=bram, plein=Plein.NIETS)  # about me: nothing
    vraag.beantwoord(eva, noem("gebruiker", bram) + noem("gebruiker", anna))
    open_groep.stel_vraag(bram, "En dit?", "<p>Ook dat.</p>")
    bezorg_alles()
    assert gemeld(soort="vraag.gesteld") == {
        ("Dora", "vraag.gesteld", "groep"),
        ("Eva", "vraag.gesteld", "groep"),
    }
    assert gemeld(soort="antwoord.gegeven") == set()
    assert Melding.objects.get(gebruiker=dora).mail == "m"
    assert Melding.objects.get(gebruiker=eva, soort="vraag.gesteld").mail == "o"


def test_switched_off_stays_off(vraag, anna, dora, bezorg_alles):
    """Of one's own question too; being named and what waits for somebody still come through."""
    vraag.thread.volg_niet(anna)
    vraag.beantwoord(dora, "<p>Zo moet het.</p>")
    Reactie.geef(vraag.thread, anna, "Dank je.")
    Reactie.geef(vraag.thread, dora, "Graag gedaan.")
    bezorg_alles()
    assert not Melding.objects.van(anna).exists()
    vraag.beantwoord(dora, noem("gebruiker", anna))
    bezorg_alles()
    assert Melding.objects.van(anna).get().reden == Reden.NOEMT
    vraag.thread.volg(anna)
    vraag.beantwoord(dora, "<p>Nog iets.</p>")
    bezorg_alles()
    assert Melding.objects.van(anna).filter(reden=Reden.JOUW_VRAAG).count() == 1


def test_who_follows_all_of_a_groep_hears_what_was_solved(vraag, open_groep, anna, bram, dora, bezorg_alles):
    Niveau.objects.create(gebruiker=bram, groep=open_groep, plein=Plein.ALLES)
    vraag.kies_oplossing(vraag.beantwoord(dora, "<p>Zo moet het.</p>"), anna)
    bezorg_alles()
    assert Melding.objects.van(bram).filter(soort="oplossing.gekozen", reden=Reden.GROEP).exists()


def test_who_read_it_since_need_not_hear_again(vraag, anna, bram, bezorg_alles):
    vraag.beantwoord(bram, "<p>Ja.</p>")
    Gelezen.noteer(vraag.thread, anna, geholpen=False)
    bezorg_alles()
    assert Melding.objects.get().gelezen_op is not None


def test_the_newest_of_a_thread_is_the_one_in_the_list(vraag, anna, bram, dora, bezorg_alles):
    vraag.thread.volg(dora)
    for n in range(3):
        vraag.beantwoord(bram, f"<p>Antwoord {n}.</p>")
        bezorg_alles()
    assert Melding.objects.laatste().count() == 2
    assert Melding.objects.van(anna).laatste().get().pk == Melding.objects.van(anna).order_by("pk").last().pk


def test_leaving_takes_the_meldingen_along(besloten_groep, anna, dora, eva, bezorg_alles):
    besloten_groep.stel_vraag(anna, "Mag dit?", noem("gebruiker", dora))
    bezorg_alles()
    assert Melding.objects.zichtbaar_voor(dora).van(dora).count() == 1
    besloten_groep.verwijder_lid(dora, door=eva)
    assert Melding.objects.zichtbaar_voor(dora).van(dora).count() == 0  # at once, by the rule
    bezorg_alles()
    assert not Melding.objects.van(dora).exists()


def test_moving_a_thread_takes_away_from_who_cannot_follow(
    open_groep, besloten_groep, anna, bram, eva, bezorg_alles
):
    vraag = open_groep.stel_vraag(bram, "Mag dit?")
    vraag.beantwoord(anna, "<p>Ja.</p>")
    bezorg_alles()
    assert Melding.objects.zichtbaar_voor(bram).van(bram).count() == 1
    vraag.thread.verplaats(besloten_groep, eva)
    assert Melding.objects.zichtbaar_voor(bram).van(bram).count() == 0
    bezorg_alles()
    assert not Melding.objects.van(bram).exists()


@pytest.mark.parametrize("aantal", [10, 2_000])
def test_statements_do_not_grow_with_the_people(
    aantal, besloten_groep, anna, django_assert_num_queries, django_assert_max_num_queries
):
    Gebruiker.objects.bulk_create(
        Gebruiker(email=f"lid{n}@zandmeer.example", voornaam=f"L{n}", organisatie=anna.organisatie)
        for n in range(aantal)
    )
    leden = Gebruiker.objects.filter(email__startswith="lid")
    besloten_groep.lidmaatschappen.model.objects.bulk_create(
        besloten_groep.lidmaatschappen.model(groep=besloten_groep, gebruiker=lid) for lid in leden
    )
    with django_assert_max_num_queries(14):
        besloten_groep.stel_vraag(anna, "Iedereen?", noem("groep", besloten_groep))
    event = Event.objects.filter(soort="vraag.gesteld").get()
    with django_assert_max_num_queries(16):
        assert ontvangers.meld(event) == aantal + 2
