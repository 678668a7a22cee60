"""The demo municipality: it obeys the rules of the house, bears a second run, and is the same every time."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import F
from django.test import TestCase, override_settings
from django.utils import timezone

from groepen import toegang
from groepen.models import (
    Antwoord,
    Bedankje,
    Gelezen,
    Groep,
    Lidmaatschap,
    Overdracht,
    Reactie,
    Stem,
    Thread,
    Versie,
    Volger,
    Vraag,
)
from groepen.tellers import controleer_tellers
from intranet import demo
from intranet.demo import klok, vac, waar
from intranet.demo.bouw import _lot, bouw
from intranet.events.models import Delivery, Event
from intranet.werkdagen import is_werkdag
from intranet.zoeken.ingebouwd import Ingebouwd
from profielen.models import Deskundigheid, Gebruiker, Onderwerp, Organisatie, Profiel


def roep(*opties):
    uit = StringIO()
    call_command("demo", *opties, stdout=uit)
    return uit.getvalue()


def vingerafdruk():
    """Everything in the demo that does not depend on the day it was built, without numbers of rows."""
    return {
        "mensen": list(
            Profiel.objects.order_by("gebruiker__email").values_list(
                "gebruiker__email", "gebruiker__sorteernaam", "functie", "afdeling__naam", "telefoon",
                "dagdelen", "vraag_mij_over", "vervanger__email",
            )
        ),
        "leden": list(
            Lidmaatschap.objects.order_by("groep__slug", "gebruiker__email").values_list(
                "groep__slug", "gebruiker__email", "rol"
            )
        ),
        "kennis": sorted(
            Deskundigheid.objects.values_list("profiel__gebruiker__email", "onderwerp__naam", "soort")
        ),
        "antwoorden": sorted(
            Antwoord.objects.values_list(
                "vraag__thread__titel", "schrijver__email", "inhoud", "aantal_bedankjes", "aantal_reacties",
                "verwijderd_door__email", "gecontroleerd_door__email", "versie",
            ),
            key=str,
        ),
        "reacties": sorted(Reactie.objects.values_list("thread__titel", "schrijver__email", "inhoud")),
        "versies": sorted(Versie.objects.values_list("thread__titel", "inhoud", "door__email")),
    }  # fmt: skip


@pytest.mark.timeout(600)  # two builds, on a machine that may be busy
class TestDemo(TestCase):
    """One build for all; before it another one, to compare with."""

    @classmethod
    def setUpTestData(cls):
        with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
            punt = transaction.savepoint()
            # Of another day of the week and another time of the day.
            bouw(timezone.now() - timedelta(days=2, hours=7))
            cls.eerste = vingerafdruk()
            transaction.savepoint_rollback(punt)
            bouw()

    def mens(self, naam):
        return Gebruiker.objects.select_related("organisatie").get(email__startswith=f"{naam}@")

    # --- How much ---------------------------------------------------------------------------------

    def test_it_is_as_large_as_promised(self):
        assert 290 <= Gebruiker.objects.count() <= 320
        gasten = [
            gebruiker for gebruiker in Gebruiker.objects.select_related("organisatie") if gebruiker.is_gast
        ]
        assert 7 <= len(gasten) <= 12
        assert Organisatie.objects.deelnemend().count() == 5
        assert set(Groep.objects.values_list("soort", flat=True)) == set(Groep.Soort.values)
        assert Groep.objects.count() == 40
        assert Vraag.objects.levend().count() >= 400
        assert Onderwerp.objects.exclude(upl_adres=None).count() > 900

    def test_every_kind_of_thing_is_in_it(self):
        for model in (Antwoord, Bedankje, Gelezen, Overdracht, Reactie, Stem, Versie, Volger):
            assert model.objects.exists(), model
        assert set(Vraag.objects.values_list("status", flat=True)) == set(Vraag.Status.values)
        assert set(Vraag.objects.values_list("kanaal", flat=True)) == set(Vraag.Kanaal.values)
        assert set(Lidmaatschap.objects.values_list("rol", flat=True)) == set(Lidmaatschap.Rol.values)
        assert set(Deskundigheid.objects.values_list("soort", flat=True)) == set(Deskundigheid.Soort.values)
        assert Antwoord.objects.filter(verwijderd_op__isnull=False).count() == 1
        assert Thread.objects.filter(verwijderd_op__isnull=False).count() == 1
        assert Vraag.objects.filter(aantal_overdrachten__gt=0).count() >= 9
        assert Thread.objects.filter(heeft_gecontroleerd=True).count() > 40
        assert Thread.objects.filter(aantal_geholpen=37).count() >= 3
        assert Groep.objects.filter(verzoeken__besloten_op=None, verzoeken__isnull=False).exists()
        assert (
            Profiel.objects.filter(afwezig_tot__gte=timezone.localdate(), vervanger__isnull=False).count() > 5
        )

    # --- Right ------------------------------------------------------------------------------------

    def test_every_counter_is_right(self):
        assert controleer_tellers() == []

    def test_nobody_hears_of_it(self):
        assert not Event.objects.exists()
        assert not Delivery.objects.exists()

    def test_everyone_who_wrote_may_write_there(self):
        for thread in Thread.objects.select_related("groep", "steller"):
            assert toegang.rol_in(thread.groep, thread.steller) in toegang.SCHRIJFT, thread
        for antwoord in Antwoord.objects.select_related("vraag__thread__groep", "schrijver"):
            assert toegang.rol_in(antwoord.groep, antwoord.schrijver) in toegang.SCHRIJFT, antwoord

    def test_everyone_who_read_voted_thanked_or_follows_may_read_there(self):
        lezers = {
            groep.pk: set(toegang.lezers(groep).values_list("pk", flat=True)) for groep in Groep.objects.all()
        }
        for model in (Gelezen, Stem, Bedankje, Volger):
            for groep, wie in model.objects.values_list("thread__groep", "gebruiker").distinct():
                assert wie in lezers[groep], (model, groep, wie)

    def test_nobody_thanks_or_helps_themselves(self):
        for bedankje in Bedankje.objects.all():
            assert bedankje.gebruiker_id != bedankje.ontvanger_id
        schrijvers = set(Antwoord.objects.values_list("vraag", "schrijver"))
        schrijvers |= set(Thread.objects.values_list("pk", "steller"))
        geholpen = Gelezen.objects.filter(geholpen_op__isnull=False).values_list("thread", "gebruiker")
        assert not schrijvers & set(geholpen)

    def test_nobody_checks_their_own_answer(self):
        gecontroleerd = Antwoord.objects.exclude(gecontroleerd_op=None)
        assert not gecontroleerd.filter(schrijver=F("gecontroleerd_door")).exists()

    def test_it_happened_in_the_past_in_order_and_in_working_hours(self):
        nu = timezone.now()
        for thread in Thread.objects.all():
            plaatselijk = timezone.localtime(thread.gestart_op)
            assert is_werkdag(plaatselijk.date()), thread
            assert klok.OPEN <= plaatselijk.hour <= klok.DICHT, (thread, plaatselijk)
            assert thread.gestart_op <= thread.laatst_actief_op <= nu
        for antwoord in Antwoord.objects.select_related("vraag__thread", "vraag__oplossing"):
            assert antwoord.vraag.thread.gestart_op < antwoord.gegeven_op <= nu
            assert is_werkdag(timezone.localtime(antwoord.gegeven_op).date())
        for vraag in Vraag.objects.exclude(oplossing=None).select_related("oplossing"):
            assert vraag.oplossing.gegeven_op <= vraag.opgelost_op <= nu
        for reactie in Reactie.objects.exclude(antwoord=None).select_related("antwoord"):
            assert reactie.antwoord.gegeven_op < reactie.gegeven_op <= nu

    def test_no_claim_runs_out_before_tomorrow(self):
        assert Vraag.objects.exclude(behandelaar=None).filter(thread__is_onopgelost=True).count() > 20
        assert Vraag.laat_stille_los() == 0

    def test_every_groep_has_an_eigenaar_who_works_there(self):
        for groep in Groep.objects.all():
            eigenaren = groep.lidmaatschappen.filter(rol=toegang.EIGENAAR).select_related(
                "gebruiker__organisatie"
            )
            assert eigenaren, groep
            assert all(toegang.is_eigen(groep, lid.gebruiker) for lid in eigenaren)

    # --- The people with a story ------------------------------------------------------------------

    def test_anna_bram_and_chris_are_who_the_pictures_expect(self):
        anna, bram, chris = self.mens("anna"), self.mens("bram"), self.mens("chris")
        soorten = {
            wie: set(wie.lidmaatschappen.values_list("groep__soort", flat=True))
            for wie in (anna, bram, chris)
        }
        assert soorten[anna] == {"open", "besloten", "verborgen"}
        assert soorten[bram] == {"open"}
        assert chris.is_gast
        slugs = set(chris.lidmaatschappen.values_list("groep__slug", flat=True))
        assert slugs == {"nieuwbouw-gemeentehuis", "aanbesteding-wegen"}
        assert Groep.objects.get(slug="handhaving-boa").verzoeken.get(besloten_op=None).gebruiker == bram

    def test_the_question_of_the_design_is_told_as_drawn(self):
        vraag = Vraag.objects.get(thread__titel__startswith="Mag een marktkoopman op koopzondag")
        assert vraag.steller == self.mens("sanne")
        assert vraag.oplossing.schrijver == vraag.behandelaar == self.mens("fatima")
        assert (vraag.thread.aantal_geholpen, vraag.aantal_overdrachten) == (37, 1)
        schrijvers = [antwoord.schrijver.voornaam for antwoord in vraag.antwoorden.order_by("pk")]
        assert {"Bram", "Annelies", "Ruud"} <= set(schrijvers)

    def test_everyone_has_a_confirmed_address(self):
        from allauth.account.models import EmailAddress

        bevestigd = EmailAddress.objects.filter(verified=True, primary=True).values_list("email", flat=True)
        assert set(bevestigd) == set(Gebruiker.objects.values_list("email", flat=True))

    def test_the_administrator_and_the_communitymanager_have_their_rights(self):
        assert self.mens("beheer").is_superuser
        assert self.mens("saskia").is_communitymanager
        assert Gebruiker.objects.filter(is_staff=True).count() == 1

    # --- The source ---------------------------------------------------------------------------------

    def test_what_comes_from_rijksoverheid_says_so(self):
        for een in vac.lees():
            assert een["license"] == "CC0 1.0 Universal"
            vraag = Vraag.objects.get(thread__titel=een["title"])
            assert een["url"] in vraag.oplossing.inhoud
            assert "CC0 1.0" in vraag.oplossing.inhoud
            assert "<li></li>" not in vraag.oplossing.inhoud

    # --- Again --------------------------------------------------------------------------------------

    def test_a_second_build_is_the_same(self):
        tweede = vingerafdruk()
        for deel, waarden in self.eerste.items():
            assert waarden == tweede[deel], deel

    @override_settings(DEMO_TOEGESTAAN=True)
    def test_running_it_again_changes_nothing(self):
        # Built past the command, so there is no index of it yet.
        assert roep().startswith("De demo staat er al.\nAlles is te vinden, in ")
        assert len(Ingebouwd().standen(aantal=5000)) > 1500
        with self.assertNumQueries(2):
            assert roep() == "De demo staat er al.\n"

    # --- Who may ------------------------------------------------------------------------------------

    @override_settings(DEMO_TOEGESTAAN=True)
    def test_toon_tells_who_can_log_in(self):
        uit = json.loads(roep("--toon"))
        assert uit == json.loads(json.dumps(demo.toon()))
        assert [mens["email"] for mens in uit["mensen"][:3]] == [
            "anna@zandmeer.example",
            "bram@zandmeer.example",
            "chris@vanelk.example",
        ]
        assert len(uit["mensen"]) == Gebruiker.objects.count()
        assert {"slug": "kcc-telefoon", "naam": "KCC en telefoon", "soort": "open"} in uit["groepen"]
        assert {"slug": "aanbesteding-wegen", "rol": "lid"} in uit["mensen"][2]["groepen"]
        for held in demo.helden():
            wie = authenticate(None, email=held["email"], password=held["wachtwoord"])
            assert wie is not None, held
            assert wie.naam == held["naam"]

    @override_settings(DEMO_TOEGESTAAN=False)
    def test_without_debug_the_password_opens_nothing(self):
        for held in demo.helden():
            assert authenticate(None, email=held["email"], password=held["wachtwoord"]) is None
        for opties in ([], ["--toon"], ["--omvang", "S"], ["--sessies", "3", "/nergens"]):
            with pytest.raises(CommandError, match="DEMO_TOEGESTAAN"):
                roep(*opties)


@pytest.mark.django_db
def test_toon_without_a_demo_says_what_to_do(settings):
    settings.DEMO_TOEGESTAAN = True
    with pytest.raises(CommandError, match="Draai eerst"):
        roep("--toon")


def test_every_content_file_is_used_and_fits():
    inhoud = waar.lees()
    assert inhoud.keys() == waar.BEZETTING.keys()
    for slug, een in inhoud.items():
        onderwerpen = set(een["groep"]["onderwerpen"])
        for vraag in een["vraag"]:
            assert set(vraag["onderwerpen"]) <= onderwerpen, (slug, vraag["titel"])
            assert sum(bool(antwoord.get("oplossing")) for antwoord in vraag.get("antwoord", [])) <= 1
            if vraag["status"] == "opgelost":
                assert any(antwoord.get("oplossing") for antwoord in vraag["antwoord"]), vraag["titel"]


@pytest.mark.parametrize(
    "nu",
    [
        "2026-11-22T03:00",  # a Sunday night
        "2026-11-23T07:59",  # a Monday, just before opening
        "2026-11-23T08:20",
        "2026-11-25T16:58",
        "2026-12-25T12:00",  # Christmas
    ],
)
def test_whenever_it_is_built_nothing_lies_in_the_future(nu):
    nu = timezone.make_aware(timezone.datetime.fromisoformat(nu))
    lot = _lot("proef")
    for dagen in (0, 0, 0, 1, 2, 5, 30):
        op = klok.moment(nu, dagen, lot)
        assert op < nu
        assert is_werkdag(timezone.localtime(op).date())
        vorige = op
        for later in klok.reeks(op, [1, 1, 2, 30, 80], nu, lot):
            assert vorige <= later < nu + timedelta(seconds=1)
            vorige = later
