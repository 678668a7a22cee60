"""The rows of each table, made from the ``plan`` one at a time, and the order they go in."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from groepen.models import (
    Antwoord,
    Bedankje,
    Groep,
    Lidmaatschap,
    Overdracht,
    Stem,
    Thread,
    Volger,
    Vraag,
)
from groepen.models.thread import FRAGMENT_MAX
from groepen.toegang import BEHEERDER, BESLOTEN, EIGENAAR, LID, OPEN
from intranet import text
from profielen.models import Afdeling, Gebruiker, Onderwerp, Organisatie, OrganisatieDomein, Profiel
from profielen.namen import vouw

from .. import namen
from . import DOMEIN, Meld, Omvang, adres
from .laden import laad, maak_planner_wijs, moment, snel, volgende, zet_tellers_van_nummers
from .plan import DAG, NIEMAND, OPGELOST, OPGEPAKT, Plan, lot
from .woorden import Woorden

STATUS = [
    Vraag.Status.OPEN.value,
    Vraag.Status.OPGEPAKT.value,
    Vraag.Status.MEER_INFORMATIE.value,
    Vraag.Status.OPGELOST.value,
    Vraag.Status.GESLOTEN.value,
]
KANALEN = ("zelf", "zelf", "zelf", "telefoon", "balie", "mail")
ONDERWERPEN, ONDERWERPEN_PER_GROEP = 60, 5
AFDELINGEN = (
    "Klantcontact",
    "Burgerzaken",
    "Vergunningen",
    "Buitendienst",
    "ICT",
    "Communicatie",
    "Financiën",
)


def _niets(_wat: str, _rijen: int) -> None:
    """Nobody watches."""


def vul(plan: Plan, meld: Meld = _niets) -> None:
    """Fill the database with everything in ``plan``, or with nothing when it is broken off."""
    with snel():
        Vulling(plan, meld).draai()
    maak_planner_wijs()


def maak_plan(omvang: Omvang) -> Plan:
    return Plan(omvang, int(timezone.now().timestamp()))


class Vulling:
    """One filling: the plan, the text and the numbers that people, questions and answers start from."""

    def __init__(self, plan: Plan, meld: Meld):
        self.plan, self.meld = plan, meld
        self.woorden = Woorden(lot("woorden"))
        self.mens, self.vraag, self.antwoord = volgende(Gebruiker), volgende(Thread), volgende(Antwoord)

    def draai(self) -> None:
        self.maak_organisaties()
        self.laad_mensen()
        self.maak_groepen()
        self.laad_leden()
        self.laad_vragen()
        self.laad_antwoorden()
        self.laad_wat_volgt()
        zet_tellers_van_nummers(Gebruiker, Thread, Antwoord)

    # --- Few: through the models ----------------------------------------------------------------

    def maak_organisaties(self) -> None:
        aantal = range(1, self.plan.omvang.organisaties + 1)
        self.organisaties = Organisatie.objects.bulk_create(
            Organisatie(naam=f"Gemeente {nummer}", sorteernaam=f"gemeente {nummer:02d}", deelname="deelnemer")
            for nummer in aantal
        )
        OrganisatieDomein.objects.create(organisatie=self.organisaties[0], domein=DOMEIN)
        self.afdelingen = Afdeling.objects.bulk_create(
            Afdeling(organisatie=organisatie, naam=naam, sorteernaam=vouw(naam))
            for organisatie in self.organisaties
            for naam in AFDELINGEN
        )
        self.onderwerpen = Onderwerp.objects.bulk_create(
            Onderwerp(naam=naam, slug=f"onderwerp-{nummer}", sorteernaam=vouw(naam))
            for nummer in range(1, ONDERWERPEN + 1)
            for naam in [f"Onderwerp {nummer}"]
        )

    def maak_groepen(self) -> None:
        plan, rnd = self.plan, lot("kaders")
        self.groepen = Groep.objects.bulk_create(
            Groep(
                naam=f"Groep {nummer + 1}",
                slug=f"groep-{nummer + 1}",
                sorteernaam=f"groep {nummer + 1:04d}",
                soort=BESLOTEN if plan.besloten[nummer] else OPEN,
                tint=nummer % 8 + 1,
                doel=self.woorden.paragrafen[nummer][:300],
                gemaakt_op=_moment(plan.nu - 1_001 * DAG),
                laatst_actief_op=_moment(plan.groep_actief[nummer]) if plan.groep_actief[nummer] else None,
                aantal_leden=len(plan.leden[nummer]),
                aantal_gasten=plan.aantal_gasten[nummer],
                aantal_vragen=plan.aantal_vragen[nummer],
                aantal_onbeantwoord=plan.aantal_onbeantwoord[nummer],
                aantal_onopgelost=plan.aantal_onopgelost[nummer],
            )
            for nummer in range(plan.omvang.groepen)
        )
        van = Groep.organisaties.through
        van.objects.bulk_create(
            van(groep=groep, organisatie=self.organisaties[nummer])
            for groep, nummers in zip(self.groepen, plan.organisaties, strict=True)
            for nummer in nummers
        )
        self.onderwerpen_van = [rnd.sample(self.onderwerpen, ONDERWERPEN_PER_GROEP) for _ in self.groepen]
        over = Groep.onderwerpen.through
        over.objects.bulk_create(
            over(groep=groep, onderwerp=onderwerp)
            for groep, onderwerpen in zip(self.groepen, self.onderwerpen_van, strict=True)
            for onderwerp in onderwerpen
        )

    # --- Many: row by row -------------------------------------------------------------------------

    def laad_mensen(self) -> None:
        plan, aantal = self.plan, self.plan.omvang.mensen
        wie = namen.namen(lot("namen"), min(aantal, 2_000), set())

        def gebruikers() -> Iterator[tuple]:
            for nummer in range(aantal):
                naam = wie[nummer % len(wie)]
                organisatie = self.organisaties[plan.organisatie_van(nummer)]
                yield (
                    self.mens + nummer,
                    adres(nummer + 1),
                    naam.voornaam,
                    naam.tussenvoegsel,
                    naam.achternaam,
                    vouw(f"{naam.achternaam} {naam.voornaam}"),
                    organisatie.pk,
                )

        def profielen() -> Iterator[tuple]:
            for nummer in range(aantal):
                organisatie = plan.organisatie_van(nummer)
                afdeling = self.afdelingen[organisatie * len(AFDELINGEN) + nummer % len(AFDELINGEN)]
                yield self.mens + nummer, f"Medewerker {afdeling.naam.lower()}", afdeling.pk

        laad(
            Gebruiker,
            ("id", "email", "voornaam", "tussenvoegsel", "achternaam", "sorteernaam", "organisatie_id"),
            gebruikers(),
            self.meld,
            password=make_password(None),  # nobody logs in as these: see sessies
            aangemeld_op=_moment(plan.nu - 1_100 * DAG),
        )
        laad(Profiel, ("gebruiker_id", "functie", "afdeling_id"), profielen(), self.meld)

    def laad_leden(self) -> None:
        plan, rnd = self.plan, lot("bezoek")

        def leden() -> Iterator[tuple]:
            for groep, mensen in zip(self.groepen, plan.leden, strict=True):
                nummer = groep.pk - self.groepen[0].pk
                eigenaar, beheerders = plan.eigenaar(nummer), 2
                for mens in mensen:
                    rol = LID
                    if mens == eigenaar:
                        rol = EIGENAAR
                    elif beheerders:
                        rol, beheerders = BEHEERDER, beheerders - 1
                    bezocht = plan.nu - int(60 * DAG * rnd.random() ** 2)
                    yield groep.pk, self.mens + mens, rol, moment(bezocht)

        laad(
            Lidmaatschap,
            ("groep_id", "gebruiker_id", "rol", "bezocht_op"),
            leden(),
            self.meld,
            begonnen_op=_moment(plan.nu - 1_000 * DAG),
        )

    def laad_vragen(self) -> None:
        laad(
            Thread,
            (
                "id", "groep_id", "titel", "fragment", "steller_id", "gestart_op", "laatst_actief_op",
                "is_onopgelost", "opgelost_op", "aantal_antwoorden", "aantal_stemmen",
            ),
            self._threads(),
            self.meld,
            soort=Thread.Soort.VRAAG,
        )  # fmt: skip
        laad(
            Vraag,
            (
                "thread_id", "inhoud", "kanaal", "status", "behandelaar_id", "behandelaar_actief_op",
                "contactpersoon_id", "oplossing_id", "opgelost_op", "opgelost_door_id", "eerste_antwoord_op",
            ),
            self._vragen(),
            self.meld,
        )  # fmt: skip
        laad(Vraag.onderwerpen.through, ("vraag_id", "onderwerp_id"), self._onderwerpen(), self.meld)

    def _inhoud(self, vraag: int) -> str:
        return self.woorden.inhoud(self.plan.eerste[vraag], self.plan.tweede[vraag])

    def _inhoud_van_antwoord(self, antwoord: int) -> str:
        return self.woorden.inhoud(self.plan.a_eerste[antwoord], self.plan.a_tweede[antwoord])

    def _threads(self) -> Iterator[tuple]:
        plan = self.plan
        for vraag, groep in enumerate(plan.groep):
            oplossing = plan.oplossing[vraag]
            kort = self._inhoud(vraag) if oplossing == NIEMAND else self._inhoud_van_antwoord(oplossing)
            yield (
                self.vraag + vraag,
                self.groepen[groep].pk,
                self.woorden.titels[plan.titel[vraag]],
                text.snippet(kort, FRAGMENT_MAX - 10),
                self.mens + plan.steller[vraag],
                moment(plan.gesteld(vraag)),
                moment(plan.laatst_actief(vraag)),
                plan.is_onopgelost(vraag),
                moment(plan.laatst_actief(vraag)) if plan.status[vraag] == OPGELOST else None,
                plan.aantal[vraag],
                plan.stemmen[vraag],
            )

    def _vragen(self) -> Iterator[tuple]:
        plan = self.plan
        for vraag, status in enumerate(plan.status):
            steller = self.mens + plan.steller[vraag]
            kanaal = KANALEN[vraag % len(KANALEN)]
            is_opgelost, eerste = status == OPGELOST, plan.eerste_antwoord[vraag]
            is_opgepakt = status == OPGEPAKT
            yield (
                self.vraag + vraag,
                self._inhoud(vraag),
                kanaal,
                STATUS[status],
                self.mens + plan.behandelaar(vraag) if is_opgepakt else None,
                moment(plan.laatst_actief(vraag)) if is_opgepakt else None,
                None if kanaal == "zelf" else steller,
                self.antwoord + plan.oplossing[vraag] if is_opgelost else None,
                moment(plan.laatst_actief(vraag)) if is_opgelost else None,
                steller if is_opgelost else None,
                None if eerste == NIEMAND else moment(plan.gegeven(eerste)),
            )

    def _onderwerpen(self) -> Iterator[tuple]:
        for vraag, groep in enumerate(self.plan.groep):
            yield self.vraag + vraag, self.onderwerpen_van[groep][vraag % ONDERWERPEN_PER_GROEP].pk

    def laad_antwoorden(self) -> None:
        plan = self.plan

        def antwoorden() -> Iterator[tuple]:
            for antwoord, vraag in enumerate(plan.bij):
                yield (
                    self.antwoord + antwoord,
                    self.vraag + vraag,
                    self.mens + plan.schrijver[antwoord],
                    self._inhoud_van_antwoord(antwoord),
                    moment(plan.gegeven(antwoord)),
                    plan.dank[antwoord],
                )

        laad(
            Antwoord,
            ("id", "vraag_id", "schrijver_id", "inhoud", "gegeven_op", "aantal_bedankjes"),
            antwoorden(),
            self.meld,
        )

    def laad_wat_volgt(self) -> None:
        """Votes, followers, thanks and claims."""
        laad(Stem, ("thread_id", "gebruiker_id", "gegeven_op"), self._stemmen(), self.meld)
        laad(Volger, ("thread_id", "gebruiker_id", "sinds"), self._volgers(), self.meld, is_automatisch=True)
        laad(
            Bedankje,
            ("thread_id", "antwoord_id", "gebruiker_id", "ontvanger_id", "gegeven_op"),
            self._bedankjes(),
            self.meld,
        )
        laad(
            Overdracht,
            ("vraag_id", "naar_id", "door_id", "op"),
            self._overdrachten(),
            self.meld,
            rol=Overdracht.Rol.BEHANDELAAR,
            reden=Overdracht.Reden.OPGEPAKT,
        )

    def _stemmen(self) -> Iterator[tuple]:
        for vraag in range(self.plan.omvang.vragen):
            op = moment(self.plan.gesteld(vraag) + 30)
            for mens in self.plan.stemmers(vraag):
                yield self.vraag + vraag, self.mens + mens, op

    def _volgers(self) -> Iterator[tuple]:
        plan = self.plan
        for vraag, antwoorden in plan.per_vraag():
            wie = {plan.steller[vraag]: None}
            wie |= dict.fromkeys(plan.schrijver[antwoord] for antwoord in antwoorden)
            wie |= dict.fromkeys(plan.stemmers(vraag))
            if plan.status[vraag] == OPGEPAKT:
                wie[plan.behandelaar(vraag)] = None
            op = moment(plan.gesteld(vraag))
            for mens in wie:
                yield self.vraag + vraag, self.mens + mens, op

    def _bedankjes(self) -> Iterator[tuple]:
        plan = self.plan
        for antwoord, vraag in enumerate(plan.bij):
            op = moment(plan.gegeven(antwoord) + 20)
            ontvanger = self.mens + plan.schrijver[antwoord]
            for mens in plan.dankers(antwoord):
                yield self.vraag + vraag, self.antwoord + antwoord, self.mens + mens, ontvanger, op

    def _overdrachten(self) -> Iterator[tuple]:
        plan = self.plan
        for vraag, status in enumerate(plan.status):
            if status == OPGEPAKT:
                mens = self.mens + plan.behandelaar(vraag)
                yield self.vraag + vraag, mens, mens, moment(plan.laatst_actief(vraag))


def _moment(seconden: int) -> datetime:
    return datetime.fromtimestamp(0, UTC) + timedelta(seconds=seconden)
