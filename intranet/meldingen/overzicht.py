"""The overview: once a day or a week, at the time each chose, what they did not read since the last one.

Made for everyone who is due at once: eight statements for ten or for fifteen thousand people, with the rule
inside (``toegang.leest``). A row about a Thread is rendered once and shared by all who get it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from groepen import toegang
from groepen.models import Gelezen, Groep, Lidmaatschap, Thread
from groepen.voorbereid import Voor
from intranet.meldingen import overzichtmail, rust
from intranet.meldingen.beurt import zet_klaar
from intranet.meldingen.bezorgen import Niet, Post, Weg, bezorg
from intranet.meldingen.models import Mailmoment, Melding, Niveau, Plein, Reden, Zending
from intranet.meldingen.overzichtmail import Regel
from intranet.meldingen.wachtrij import grepen
from intranet.prepared import plan_cursor
from profielen.models import Gebruiker

# Nobody needs to hear by mail of what is older.
TERUG = timedelta(days=14)
# Of one Groep, and of all together.
PER_GROEP, HOOGSTENS = 5, {"helpen": 3, "opgelost": 3}
WACHT, NIEUW = 5, 10
# One claim holds everyone of a large municipality.
ALLEN = 25_000
SECONDEN = 45


def verwerk(seconden: float = SECONDEN) -> int:
    """Whose time has come gets an overview; how many were handled."""
    zet_klaar(timezone.now())
    aantal = 0
    with Weg() as weg:
        for greep in grepen(Zending.Soort.OVERZICHT, ALLEN, seconden):
            aantal += len(greep.zendingen)
            samen = Samenstelling(greep.token, timezone.now())
            if not bezorg(greep, weg, samen.brief, vers=seconden):
                break
    return aantal


# --- Who reads it ---------------------------------------------------------------------------------


@dataclass(slots=True)
class Lezer:
    """Someone who gets an overview: what the rule and the mail ask of a Gebruiker, and no more."""

    pk: int
    email: str
    voornaam: str
    taal: str
    organisatie_id: int | None
    is_medewerker: bool
    zonder_tekst: bool
    hoe: str
    sinds: datetime
    regels: dict[str, list[Regel]] = field(default_factory=dict)
    # The Meldingen it tells of, and how many of those have no row of their own.
    meldingen: list[int] = field(default_factory=list)
    meer: int = 0

    is_authenticated = is_active = True


class Draad(NamedTuple):
    """A Thread as the overview shows it."""

    pk: int
    titel: str
    soort: str
    fragment: str
    groep_id: int
    groep: str
    norm: int
    gestart_op: datetime
    steller_id: int
    artikel_id: int | None


_DRAAD = (
    "pk", "titel", "soort", "fragment", "groep_id", "groep__naam", "groep__norm_werkdagen", "gestart_op",
    "steller_id", "artikel__pk",
)  # fmt: skip


# gebruiker -> thread -> (soort, reden, door) of each Melding, oldest first.
Gemeld = dict[int, dict[int, list[tuple[str, str, int | None]]]]
# groep -> (thread, when), the first few.
PerGroep = dict[int, list[tuple[int, datetime]]]


class Samenstelling:
    """The overviews of all Zendingen of one claim."""

    def __init__(self, token: str, nu: datetime):
        self.nu, self.dag = nu, timezone.localdate(nu)
        self.zendingen = Zending.objects.filter(geclaimd_door=token, soort=Zending.Soort.OVERZICHT)
        self.lezers = self._lezers()
        self.schrijver = overzichtmail.Schrijver(nu)
        nieuws = {"helpen": _nieuwe_vragen(nu), "opgelost": _oplossingen(nu)}
        gemeld = self._gemeld()
        draden = {pk for per_groep in nieuws.values() for rijen in per_groep.values() for pk, _op in rijen}
        self.draden = _draden(draden.union(*gemeld.values()))
        self._wat_gemeld_is(gemeld)
        self._uit_groepen(nieuws, draden)

    def _van_lezers(self) -> QuerySet:
        return self.zendingen.values("gebruiker")

    def _lezers(self) -> dict[int, Lezer]:
        vorige = (
            Zending.objects.filter(gebruiker=OuterRef("pk"), soort=Zending.Soort.OVERZICHT)
            .exclude(klaar_op=None)
            .order_by()
            .values("gebruiker")
            .annotate(op=Max("gemaakt_op"))
            .values("op")
        )
        mensen = (
            Gebruiker.objects.filter(rust.te_storen(self.nu), pk__in=self._van_lezers(), is_active=True)
            .annotate(vorige=Subquery(vorige))
            .order_by()
            .values_list(
                "pk", "email", "voornaam", "taal", "organisatie_id", "organisatie__deelname",
                "meldinstelling__zonder_tekst", "meldinstelling__overzicht", "vorige",
            )
        )  # fmt: skip
        uit = {}
        for pk, email, voornaam, taal, organisatie, deelname, stil, hoe, vorige_op in mensen.iterator():
            eerste = self.nu - timedelta(days=7 if hoe == "week" else 1)
            sinds = max(vorige_op or eerste, self.nu - TERUG)
            uit[pk] = Lezer(
                pk,
                email,
                voornaam,
                taal,
                organisatie,
                deelname == "deelnemer",
                bool(stil),
                hoe or "dag",
                sinds,
            )
        return uit

    # --- What they were told of -------------------------------------------------------------------

    def _gemeld(self) -> Gemeld:
        uit: Gemeld = defaultdict(lambda: defaultdict(list))
        for ik, pk, thread, soort, reden, door in _te_melden(self._van_lezers(), self.nu):
            lezer = self.lezers.get(ik)
            if lezer is not None:
                lezer.meldingen.append(pk)
                uit[ik][thread].append((soort, reden, door))
        return uit

    def _wat_gemeld_is(self, gemeld: Gemeld) -> None:
        namen = _namen(
            {door for threads in gemeld.values() for rijen in threads.values() for *_, door in rijen}
        )
        for ik, threads in gemeld.items():
            lezer = self.lezers[ik]
            wacht: list[Regel] = []
            nieuw: list[Regel] = []
            # What happened last stands first.
            for thread, rijen in reversed(threads.items()):
                draad = self.draden.get(thread)
                if draad is None:
                    continue
                waar = wacht if any(reden == Reden.WACHT for _soort, reden, _door in rijen) else nieuw
                if len(waar) >= (WACHT if waar is wacht else NIEUW):
                    lezer.meer += 1
                    continue
                wat = tuple((soort, namen.get(door, "")) for soort, _reden, door in rijen)
                waar.append(Regel("wacht" if waar is wacht else "nieuw", draad, wat))
            lezer.regels |= {"wacht": wacht, "nieuw": nieuw}

    # --- What is new in their Groepen -------------------------------------------------------------

    def _uit_groepen(self, nieuws: dict[str, PerGroep], draden: set[int]) -> None:
        gelezen = _gelezen(draden, self._van_lezers())
        mijn: dict[int, list[int]] = defaultdict(list)
        for ik, groep in _groepen_van(
            self._van_lezers(), {groep for waar in nieuws.values() for groep in waar}
        ):
            mijn[ik].append(groep)
        for ik, groepen in mijn.items():
            lezer = self.lezers.get(ik)
            if lezer is None:
                continue
            al = {regel.draad.pk for regels in lezer.regels.values() for regel in regels}
            al |= gelezen.get(ik, set())
            for deel, per_groep in nieuws.items():
                kandidaten = [
                    (op, pk)
                    for groep in groepen
                    for pk, op in per_groep.get(groep, ())
                    if op > lezer.sinds and pk not in al and self.draden[pk].steller_id != ik
                ]
                kandidaten.sort(reverse=True)
                lezer.regels[deel] = [
                    Regel(deel, self.draden[pk]) for _op, pk in kandidaten[: HOOGSTENS[deel]]
                ]

    # --- At leaving -------------------------------------------------------------------------------

    def brief(self, zending: Zending) -> Post | Niet:
        """The letter of one Zending, as far as its reader may read it at this moment."""
        lezer = self.lezers.get(zending.gebruiker_id)
        if timezone.localdate(zending.gemaakt_op) != self.dag:
            return Niet("te laat")
        if lezer is None:
            return Niet("werkt niet")
        if not any(lezer.regels.values()):
            return Niet("leeg")
        groepen = {regel.draad.groep_id for regels in lezer.regels.values() for regel in regels}
        leesbaar = _nog_leesbaar(lezer, groepen)
        if leesbaar != groepen:
            lezer.regels = {
                naam: [regel for regel in regels if regel.draad.groep_id in leesbaar]
                for naam, regels in lezer.regels.items()
            }
            if not any(lezer.regels.values()):
                return Niet("leeg")
        bericht = self.schrijver.brief(lezer, zending.sleutel)
        return Post(bericht, lambda: _gemaild(lezer.meldingen))


_te_lezen = Voor(
    lambda ik, pks: (
        Groep.objects.zichtbaar_voor(ik)
        .filter(Exists(Gebruiker.objects.filter(pk=ik, is_active=True)), pk__in=pks)
        .order_by()
        .values("pk")
    )
)


def _nog_leesbaar(lezer: Lezer, groepen: set[int]) -> set[int]:
    """Of these Groepen, which this person may read now."""
    with plan_cursor() as cursor:
        cursor.execute(*_te_lezen.sql(lezer, pks=sorted(groepen)))
        return {pk for (pk,) in cursor.fetchall()}


def _gemaild(meldingen: list[int]) -> None:
    if meldingen:
        Melding.objects.filter(pk__in=meldingen).update(gemaild_op=timezone.now())


# --- The statements -------------------------------------------------------------------------------


def _te_melden(lezers: QuerySet, nu: datetime) -> Iterable[tuple]:
    """(gebruiker, melding, thread, soort, reden, door) of what these people did not read yet."""
    dicht = Niveau.objects.filter(
        gebruiker=OuterRef("gebruiker"), groep=OuterRef("thread__groep"), mail=Mailmoment.NOOIT
    )
    return (
        Melding.objects.nog_gewenst()
        .filter(
            toegang.leest("gebruiker", "thread__groep"),
            Q(antwoord=None) | Q(antwoord__verwijderd_op=None),
            Q(reactie=None) | Q(reactie__verwijderd_op=None),
            ~Exists(dicht),
            gebruiker__in=lezers,
            mail__in=(Mailmoment.OVERZICHT, Mailmoment.METEEN),
            gelezen_op=None,
            gemaild_op=None,
            op__gte=nu - TERUG,
            thread__verwijderd_op=None,
        )
        .order_by("pk")
        .values_list("gebruiker_id", "pk", "thread_id", "soort", "reden", "door_id")
        .iterator()
    )


def _namen(pks: set[int | None]) -> dict[int | None, str]:
    mensen = Gebruiker.objects.filter(pk__in=[pk for pk in pks if pk]).order_by()
    return {mens.pk: mens.naam for mens in mensen.only("voornaam", "tussenvoegsel", "achternaam", "email")}


def _draden(pks: set[int]) -> dict[int, Draad]:
    threads = Thread.objects.filter(pk__in=pks, verwijderd_op=None).order_by()
    return {rij[0]: Draad(*rij) for rij in threads.values_list(*_DRAAD)}


def _per_groep(threads: QuerySet, moment: str, *volgorde: Any) -> PerGroep:
    """groep -> [(thread, when)], the first few of each."""
    plek = Window(RowNumber(), partition_by="groep", order_by=volgorde)
    uit: PerGroep = defaultdict(list)
    rijen = threads.filter(verwijderd_op=None).annotate(plek=plek).filter(plek__lte=PER_GROEP).order_by()
    for groep, pk, op in rijen.values_list("groep_id", "pk", moment):
        uit[groep].append((pk, op))
    return uit


def _nieuwe_vragen(nu: datetime) -> PerGroep:
    """Nobody answered yet, nobody has it."""
    vragen = Thread.objects.filter(
        soort=Thread.Soort.VRAAG,
        is_onopgelost=True,
        aantal_antwoorden=0,
        gestart_op__gt=nu - TERUG,
        vraag__behandelaar=None,
        groep__gesloten_op=None,
    )
    return _per_groep(vragen, "gestart_op", F("gestart_op").desc())


def _oplossingen(nu: datetime) -> PerGroep:
    """Those that helped most people first."""
    opgelost = Thread.objects.filter(opgelost_op__gt=nu - TERUG)
    return _per_groep(opgelost, "opgelost_op", F("aantal_geholpen").desc(), F("opgelost_op").desc())


def _groepen_van(lezers: QuerySet, groepen: Iterable[int]) -> Iterable[tuple[int, int]]:
    """(gebruiker, groep) of the Groepen among these that they belong to and want to hear of."""
    zwijgt = Niveau.objects.filter(
        Q(plein=Plein.NIETS) | Q(mail=Mailmoment.NOOIT),
        gebruiker=OuterRef("gebruiker"),
        groep=OuterRef("groep"),
    )
    return (
        Lidmaatschap.objects.lopend()
        .filter(
            toegang.leest("gebruiker", "groep"),
            ~Exists(zwijgt),
            gebruiker__in=lezers,
            groep__in=list(groepen),
        )
        .order_by()
        .values_list("gebruiker_id", "groep_id")
        .iterator()
    )


def _gelezen(draden: Iterable[int], lezers: QuerySet) -> dict[int, set[int]]:
    uit: dict[int, set[int]] = defaultdict(set)
    rijen = Gelezen.objects.filter(thread__in=list(draden), gebruiker__in=lezers).order_by()
    for ik, thread in rijen.values_list("gebruiker_id", "thread_id").iterator():
        uit[ik].add(thread)
    return uit
