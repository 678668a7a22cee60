"""Events and letters: what leaves the house, judged by the same canaries and the same oracle."""

import json
from contextlib import suppress
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from django.utils.module_loading import import_string

from groepen.models import Groep, Uitnodiging
from groepen.toegang import BEHEERDER
from intranet.events.models import Event

from .plan import MENSEN
from .register import uitnodiging_noemt
from .uitgangen import SOORTEN

pytestmark = pytest.mark.django_db


def bezorg(settings, *events) -> list:
    """Every outlet hears of these; gives the letters."""
    mail.outbox.clear()
    for event in events or Event.objects.order_by("pk"):
        for pad in settings.OUTLETS.values():
            import_string(pad)(event)
    return list(mail.outbox)


def tekst(brief) -> str:
    delen = [brief.subject, brief.body, str(brief.extra_headers), *(deel[0] for deel in brief.alternatives)]
    return "\n".join(delen)


def test_events_hold_no_text_of_people(wereld):
    soorten = set()
    for event in Event.objects.all():
        soorten.add(event.soort)
        feiten = json.dumps(event.feiten, default=str)
        assert not wereld.vogels.gezien(feiten), f"{event.soort}: {feiten}"
    # Enough happened for this to say something.
    assert soorten <= SOORTEN
    assert len(soorten) > 20


def test_each_letter_tells_its_reader_nothing_new(wereld, settings):
    besloten = wereld.groepen["besloten"]
    for naam in ("medewerker", "communitymanager"):
        verzoek = besloten.vraag_toegang(wereld.mensen[naam], "graag")
        wereld.orakel.kloppers["besloten"].add(naam)
        # One is let in for the length of this test; the oracle is asked about the other.
        verzoek.beslis(wereld.mensen["eigenaar besloten"], toegelaten=False)
    per_adres = {wereld.mensen[wie].email: wie for wie in MENSEN}

    brieven = bezorg(settings)

    fout = []
    for brief in brieven:
        (adres,) = brief.to
        wie = per_adres.get(adres)
        for kanarie in wereld.vogels.gezien(tekst(brief)) - wereld.vogels.gezien(adres):
            uitnodiging = next((d for d in wereld.van("uitnodiging") if d.ook["email"] == adres), None)
            mag = wie is not None and wereld.orakel.ziet(wie, kanarie)
            if uitnodiging is not None:
                noemt = uitnodiging_noemt(wereld.orakel, wie, uitnodiging, kanarie)
                mag = mag or noemt or kanarie.wie == MENSEN[f"eigenaar {uitnodiging.groep}"].organisatie
            if not mag:
                fout.append(f"aan {wie or adres}: {kanarie} in “{brief.subject}”")
    assert not fout, "\n".join(fout)
    # The control: there were letters of each kind, and they said something.
    ontvangers = {per_adres.get(brief.to[0]) for brief in brieven}
    assert ontvangers >= {"medewerker", "eigenaar besloten", "beheerder", "gast zonder", None}
    assert all(wereld.vogels.gezien(tekst(brief)) for brief in brieven)


def laatste(soort: str) -> Event:
    return Event.objects.filter(soort=soort).latest("pk")


def test_who_lost_the_groep_before_the_letter_went_gets_none(wereld, settings):
    """Between the Event and the letter everything may change."""
    eva, groep = wereld.mensen["eigenaar besloten_ander"], wereld.groepen["besloten_ander"]
    bram = wereld.mensen["medewerker"]

    # Turned down, and meanwhile the Groep went into hiding.
    groep.vraag_toegang(bram, "graag").beslis(eva, toegelaten=False)
    Groep.objects.filter(pk=groep.pk).update(soort="verborgen")
    assert bezorg(settings, laatste("toegang.geweigerd")) == []
    Groep.objects.filter(pk=groep.pk).update(soort="besloten")

    # Let in, and out again.
    groep.vraag_toegang(bram, "toch graag").beslis(eva, toegelaten=True)
    groep.verwijder_lid(bram, eva)
    assert bezorg(settings, laatste("toegang.verleend")) == []


def test_only_who_still_looks_after_a_groep_hears_who_knocks(wereld, settings):
    groep = wereld.groepen["besloten_ander"]
    toen, weg = wereld.mensen["communitymanager"], wereld.mensen["superuser eigen"]
    groep.voeg_toe(toen, BEHEERDER)
    groep.voeg_toe(weg, BEHEERDER)
    groep.lidmaatschappen.filter(gebruiker=toen).update(eindigt_op=timezone.now() - timedelta(hours=1))
    groep.vraag_toegang(wereld.mensen["medewerker"], "graag")
    weg.blokkeer()

    naar = {brief.to[0] for brief in bezorg(settings, laatste("toegang.gevraagd"))}

    assert naar == {wereld.mensen[wie].email for wie in ("eigenaar besloten_ander", "gastbeheerder")}


def test_an_invitation_ends_with_the_rights_of_who_made_it(wereld, settings):
    groep, wie = wereld.groepen["verborgen"], wereld.mensen["communitymanager"]
    groep.voeg_toe(wie, BEHEERDER)
    uitnodiging = groep.nodig_uit("later@buiten.example", "lid", wie)
    assert len(bezorg(settings, laatste("uitnodiging.gemaakt"))) == 1
    groep.verwijder_lid(wie)

    assert bezorg(settings, laatste("uitnodiging.gemaakt")) == []
    assert not Uitnodiging.objects.select_related("groep", "door").get(pk=uitnodiging.pk).is_geldig


def test_the_state_of_the_worker_names_nobody(wereld, capsys):
    # It ends with 1 when something is stuck.
    with suppress(SystemExit):
        call_command("bezorg", stand=True)

    assert not wereld.vogels.gezien(capsys.readouterr().out)
