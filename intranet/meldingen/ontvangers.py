"""Who hears of what: an Event becomes Meldingen, one statement per reason, for ten people or ten thousand.

Recipients are those a reason names ∩ ``toegang.lezers`` of the Groep − the actor, as far as their level there
lets it through. The reasons are asked in order and the first that holds wins, because a person gets one
Melding of an Event. Running twice makes nothing twice.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection, models, transaction
from django.db.models import Case, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce

from groepen import toegang
from groepen.models import Antwoord, Gelezen, Groep, Reactie, Thread, Volger, Vraag
from intranet.events.models import Event
from intranet.meldingen import bereik, vermeldingen
from intranet.meldingen.models import Mailmoment, Melding, Niveau, Plein, Reden, Telefoon
from intranet.meldingen.models.instelling import STANDAARD_JIJ


@dataclass(slots=True)
class Zaak:
    """What an Event is about, loaded once. ``ding`` is the text itself; None when it is gone."""

    event: Event
    groep: Groep | None
    thread: Thread | None = None
    vraag: Vraag | None = None
    antwoord: Antwoord | None = None
    reactie: Reactie | None = None

    @property
    def ding(self) -> Any:
        return self.reactie or self.antwoord or self.vraag


@dataclass(frozen=True, slots=True)
class Regel:
    """One reason: who, from which level on, and by which channels it may go further."""

    reden: Reden
    wie: Callable[[Zaak], Q | None]
    vanaf: Plein
    # About the person themselves: the levels of "Alles over jou" decide on mail and phone.
    over_jou: bool = False
    mailt: bool = True


# --- Who ------------------------------------------------------------------------------------------


def _iemand(pk: int | None) -> Q | None:
    return None if pk is None else Q(pk=pk)


def _steller(zaak: Zaak) -> Q | None:
    return _iemand(zaak.thread.steller_id if zaak.thread else None)


def _contact_en_steller(zaak: Zaak) -> Q | None:
    """The asker, and who speaks with them."""
    wie = [zaak.thread.steller_id if zaak.thread else None, zaak.vraag and zaak.vraag.contactpersoon_id]
    return Q(pk__in=[pk for pk in wie if pk])


def _behandelaar(zaak: Zaak) -> Q | None:
    return _iemand(zaak.vraag.behandelaar_id if zaak.vraag else None)


def _schrijver(zaak: Zaak) -> Q | None:
    """Who wrote the Antwoord that it is about, or that was reacted on."""
    antwoord = zaak.antwoord or (zaak.reactie.antwoord if zaak.reactie else None)
    return _iemand(antwoord.schrijver_id if antwoord else None)


def _volgers(zaak: Zaak) -> Q | None:
    return Q(pk__in=zaak.thread.volgers.filter(is_uit=False).values("gebruiker")) if zaak.thread else None


def _van(zaak: Zaak) -> Q | None:
    return _iemand(zaak.event.feiten.get("van"))


def _naar(zaak: Zaak) -> Q | None:
    return _iemand(zaak.event.feiten.get("naar"))


def _het_ding(zaak: Zaak) -> Q | None:
    """The Event is about a person: ``groep.overgedragen``, ``kennis.aanbevolen``."""
    return _iemand(zaak.event.ding_id)


def _lid(zaak: Zaak) -> Q | None:
    """Who came in or got another rol; a new eigenaar hears it by ``groep.overgedragen``."""
    return None if zaak.event.feiten.get("rol") == toegang.EIGENAAR else _het_ding(zaak)


def _bedankte(zaak: Zaak) -> Q | None:
    return _iemand(zaak.antwoord.schrijver_id) if zaak.antwoord else _steller(zaak)


def _beheer(zaak: Zaak) -> Q | None:
    if zaak.groep is None:
        return None
    leden = zaak.groep.lidmaatschappen.filter(toegang.lopend(), rol__in=toegang.BEHEERT)
    return Q(pk__in=leden.values("gebruiker"))


def _beheer_zonder_behandelaar(zaak: Zaak) -> Q | None:
    return _beheer(zaak) if zaak.vraag is None or zaak.vraag.behandelaar_id is None else None


def _volgt_groep(niveau: Plein) -> Callable[[Zaak], Q | None]:
    """Who chose to hear of everything (or every question) here."""

    def wie(zaak: Zaak) -> Q | None:
        kiezen = Niveau.objects.filter(groep=zaak.groep, plein__gte=niveau)
        return Q(pk__in=kiezen.values("gebruiker"))

    return wie


JOUW_VRAAG = Regel(Reden.JOUW_VRAAG, _contact_en_steller, Plein.AANGAAT, over_jou=True)
JOUW_ANTWOORD = Regel(Reden.JOUW_ANTWOORD, _schrijver, Plein.AANGAAT, over_jou=True)
BEHANDELT = Regel(Reden.BEHANDELT, _behandelaar, Plein.AANGAAT, over_jou=True)
VOLGT = Regel(Reden.VOLGT, _volgers, Plein.AANGAAT)
ALLES_HIER = Regel(Reden.GROEP, _volgt_groep(Plein.ALLES), Plein.ALLES)
VRAGEN_HIER = Regel(Reden.GROEP, _volgt_groep(Plein.VRAGEN), Plein.VRAGEN)
WACHT_BEHANDELAAR = Regel(Reden.WACHT, _behandelaar, Plein.NOEMT, over_jou=True)
WACHT_BEHEER = Regel(Reden.WACHT, _beheer, Plein.NOEMT, over_jou=True)

#: soort of Event -> the reasons, strongest first. What is named in the text comes before all of these.
REGELS: dict[str, tuple[Regel, ...]] = {
    "vraag.gesteld": (VRAGEN_HIER,),
    "antwoord.gegeven": (BEHANDELT, JOUW_VRAAG, VOLGT, ALLES_HIER),
    "reactie.gegeven": (JOUW_ANTWOORD, BEHANDELT, JOUW_VRAAG, VOLGT, ALLES_HIER),
    "vraag.bewerkt": (),
    "antwoord.bewerkt": (),
    "reactie.bewerkt": (),
    "oplossing.gekozen": (JOUW_ANTWOORD, JOUW_VRAAG, VOLGT, ALLES_HIER),
    "oplossing.ingetrokken": (BEHANDELT, VOLGT),
    "vraag.opgepakt": (JOUW_VRAAG, VOLGT),
    "vraag.overgedragen": (Regel(Reden.WACHT, _naar, Plein.NOEMT, over_jou=True), JOUW_VRAAG),
    "vraag.verlopen": (Regel(Reden.BEHANDELT, _van, Plein.AANGAAT, over_jou=True),),
    "vraag.informatie_gevraagd": (Regel(Reden.WACHT, _contact_en_steller, Plein.NOEMT, over_jou=True),),
    "vraag.informatie_gegeven": (BEHANDELT,),
    "norm.nadert": (WACHT_BEHANDELAAR, WACHT_BEHEER),
    "stilte.gemerkt": (WACHT_BEHANDELAAR, Regel(Reden.WACHT, _beheer_zonder_behandelaar, Plein.NOEMT, True)),
    # No asker hears nothing for ten days: also who only wants to hear what names them.
    "stilte.uitgelegd": (Regel(Reden.JOUW_VRAAG, _contact_en_steller, Plein.NOEMT, over_jou=True),),
    "vraag.gesloten": (JOUW_VRAAG, VOLGT),
    "vraag.heropend": (BEHANDELT, VOLGT),
    "thread.verplaatst": (JOUW_VRAAG, VOLGT),
    "kennisartikel.gepubliceerd": (VOLGT, VRAGEN_HIER),
    "bedankt": (Regel(Reden.JIJ, _bedankte, Plein.AANGAAT, over_jou=True, mailt=False),),
    # Letters about these go out already (``outlet.BRIEVEN``).
    "toegang.gevraagd": (Regel(Reden.WACHT, _beheer, Plein.NOEMT, over_jou=True, mailt=False),),
    "groep.overgedragen": (Regel(Reden.JIJ, _het_ding, Plein.NIETS, over_jou=True, mailt=False),),
    # However they came in: asked for and let in, invited, brought back. Who walked in is the actor.
    "lidmaatschap.begonnen": (Regel(Reden.JIJ, _lid, Plein.NIETS, over_jou=True, mailt=False),),
    "lidmaatschap.gewijzigd": (Regel(Reden.JIJ, _lid, Plein.NIETS, over_jou=True, mailt=False),),
    "kennis.aanbevolen": (Regel(Reden.JIJ, _het_ding, Plein.AANGAAT, over_jou=True, mailt=False),),
}


# --- Making Meldingen -----------------------------------------------------------------------------


def meld(event: Event) -> int:
    """Make the Meldingen of ``event``; how many people hear of it now for the first time."""
    if event.soort not in REGELS:
        return 0
    zaak = _zaak(event)
    if zaak is None:
        return 0
    with transaction.atomic():
        _een_tegelijk(zaak.thread)
        aantal = 0
        for regel in (*_genoemd(zaak), *REGELS[event.soort]):
            wie = regel.wie(zaak)
            if wie is not None:
                aantal += _voeg_in(zaak, regel, wie)
        if aantal:
            _oudere_niet_laatste(zaak)
            Event.record("melding.gemaakt", groep=zaak.groep, thread=zaak.thread, bij=event.pk)
    return aantal


def _zaak(event: Event) -> Zaak | None:
    """Load what ``event`` is about; None when there is nothing (any more) to tell about."""
    if event.thread_id is not None:
        thread = Thread.objects.select_related("groep").filter(pk=event.thread_id, verwijderd_op=None).first()
        if thread is None:
            return None
        zaak = Zaak(event, thread.groep, thread)
        with suppress(Vraag.DoesNotExist):
            zaak.vraag = thread.vraag
            zaak.vraag.thread = thread
    elif event.groep_id is not None:
        groep = Groep.objects.filter(pk=event.groep_id).first()
        if groep is None:
            return None
        zaak = Zaak(event, groep)
    else:
        zaak = Zaak(event, None)
    if event.ding_soort == "antwoord":
        zaak.antwoord = Antwoord.objects.filter(pk=event.ding_id or 0, verwijderd_op=None).first()
        return zaak if zaak.antwoord else None
    if event.ding_soort == "reactie":
        reacties = Reactie.objects.select_related("antwoord").filter(verwijderd_op=None)
        zaak.reactie = reacties.filter(pk=event.ding_id or 0).first()
        return zaak if zaak.reactie else None
    return zaak


def _genoemd(zaak: Zaak) -> Iterator[Regel]:
    """A reason for each kind of name that stands newly in the text."""
    schrijft = zaak.event.soort.endswith((".gesteld", ".gegeven", ".bewerkt"))
    groep = zaak.groep
    if not schrijft or groep is None or zaak.thread is None or zaak.ding is None:
        return
    nieuw = vermeldingen.noteer(zaak.thread, zaak.ding, zaak.event.actor_id)
    mensen = [een.gebruiker_id for een in nieuw if een.gebruiker_id]
    if mensen:
        yield Regel(Reden.NOEMT, lambda zaak: Q(pk__in=mensen), Plein.NOEMT, over_jou=True)
    for een in nieuw:
        # As conditions, not as a list within a list: a planner that takes ten thousand people for ten then
        # makes a plan of the square of them, not of the cube. ``_voeg_in`` asks who may read.
        if een.onderwerp is not None:
            kenners = bereik.deskundigen(een.onderwerp, groep, zaak.event.op)
            yield Regel(Reden.DESKUNDIG, _alleen(Q(pk__in=kenners.values("pk"))), Plein.NOEMT, over_jou=True)
        elif een.groep is not None:
            yield Regel(Reden.NOEMT_GROEP, _alleen(bereik.is_lid(een.groep)), Plein.NOEMT)
        elif een.afdeling is not None:
            yield Regel(Reden.NOEMT_GROEP, _alleen(bereik.werkt_bij(een.afdeling)), Plein.NOEMT)


def _alleen(wie: Q) -> Callable[[Zaak], Q]:
    return lambda zaak: wie


def _een_tegelijk(thread: Thread | None) -> None:
    """One worker at a time per Thread, or two could each leave a "newest" behind; SQLite does so itself."""
    if thread is not None and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_SLOT, thread.pk % 2**31])


_SLOT = 0x6D656C64  # "meld"


def _voeg_in(zaak: Zaak, regel: Regel, wie: Q) -> int:
    """INSERT … SELECT for everyone this reason names; how many rows."""
    event, thread = zaak.event, zaak.thread
    ontvangers = toegang.lezers(zaak.groep) if zaak.groep else _actief()
    ontvangers = ontvangers.filter(wie)
    if event.actor_id is not None:
        ontvangers = ontvangers.exclude(pk=event.actor_id)
    # Two statements' worth of levels: of this Groep, and of what is about the person.
    hier, jij = _niveau(zaak.groep), _niveau(None)
    ontvangers = ontvangers.filter(_laat_door(zaak.groep, regel))
    if thread is not None and regel.reden in Reden.dempbaar():
        uit = Volger.objects.filter(thread=thread, gebruiker=OuterRef("pk"), is_uit=True)
        ontvangers = ontvangers.filter(~Exists(uit))
    keuze = jij if regel.over_jou else hier
    standaard = STANDAARD_JIJ if regel.over_jou else {}
    mail: Any = Value("")
    if regel.mailt:
        mail = Coalesce(
            Subquery(keuze.values("mail")[:1]), Value(standaard.get("mail", Mailmoment.OVERZICHT))
        )
        if regel.over_jou:  # "nooit" for this Groep holds for what is about me here too
            mail = Case(
                When(Exists(hier.filter(mail=Mailmoment.NOOIT)), then=Value(Mailmoment.NOOIT)), default=mail
            )
    telefoon = Coalesce(Subquery(keuze.values("telefoon")[:1]), Value(int(Telefoon.NOEMT)))
    nodig = Telefoon.NOEMT if regel.over_jou and regel.mailt else Telefoon.ALLES
    gelezen: Any = _leeg(models.DateTimeField())
    if thread is not None:
        # Who has read the Thread since it happened (the Event was late) need not hear of it again.
        al = Gelezen.objects.filter(thread=thread, gebruiker=OuterRef("pk"), gelezen_op__gt=event.op)
        gelezen = Subquery(al.values("gelezen_op")[:1])
    kolommen = {
        "gebruiker_id": models.F("pk"),
        "event_id": _vast(event.pk),
        "soort": _vast(event.soort, models.CharField()),
        "reden": _vast(regel.reden.value, models.CharField()),
        "groep_id": _vast(zaak.groep.pk if zaak.groep else None),
        "thread_id": _vast(thread.pk if thread else None),
        "antwoord_id": _vast(_antwoord_van(zaak)),
        "reactie_id": _vast(zaak.reactie.pk if zaak.reactie else None),
        "door_id": _vast(event.actor_id),
        "op": _vast(event.op, models.DateTimeField()),
        "gelezen_op": gelezen,
        "is_laatste": _vast(True, models.BooleanField()),
        "mail": Cast(mail, models.CharField(max_length=1)),
        "gemaild_op": _leeg(models.DateTimeField()),
        "naar_telefoon": Case(
            When(Q(_telefoon__gte=int(nodig)), then=Value(True)),
            default=Value(False),
            output_field=models.BooleanField(),
        ),
        "geduwd_op": _leeg(models.DateTimeField()),
    }
    namen = {f"k_{naam}": uitdrukking for naam, uitdrukking in kolommen.items()}
    ontvangers = ontvangers.order_by().annotate(_telefoon=telefoon).annotate(**namen)
    sql, waarden = ontvangers.values_list(*namen).query.sql_with_params()
    with connection.cursor() as cursor:
        # Built by Django from a QuerySet; names of columns are our own.
        cursor.execute(
            f"INSERT INTO {Melding._meta.db_table} ({', '.join(kolommen)}) {sql} ON CONFLICT DO NOTHING",
            waarden,
        )
        return cursor.rowcount


def _laat_door(groep: Groep | None, regel: Regel) -> Q:
    """Whether the level of a recipient lets this reason through: here, and for what is about them."""
    hier = _niveau(groep)
    if regel.vanaf > Plein.AANGAAT:
        return Q(Exists(hier.filter(plein__gte=regel.vanaf)))  # more than the default: somebody chose it
    laat_door = ~Q(Exists(hier.filter(plein__lt=regel.vanaf)))
    if regel.over_jou:
        laat_door &= ~Q(Exists(_niveau(None).filter(plein__lt=regel.vanaf)))
    return laat_door


def _niveau(groep: Groep | None) -> models.QuerySet:
    return Niveau.objects.filter(gebruiker=OuterRef("pk"), groep=groep)


def _antwoord_van(zaak: Zaak) -> int | None:
    if zaak.antwoord is not None:
        return zaak.antwoord.pk
    return zaak.reactie.antwoord_id if zaak.reactie is not None else None


def _actief() -> models.QuerySet:
    return get_user_model()._default_manager.filter(is_active=True)


def _vast(waarde: Any, veld: models.Field | None = None) -> Any:
    veld = veld or models.BigIntegerField()
    return _leeg(veld) if waarde is None else Cast(Value(waarde, output_field=veld), veld)


def _leeg(veld: models.Field) -> Any:
    return Cast(Value(None, output_field=veld), veld)


def _oudere_niet_laatste(zaak: Zaak) -> None:
    """Of everyone who now hears, what they heard before about this Thread is no longer the newest."""
    if zaak.thread is None:
        return
    nu = Melding.objects.filter(event_id=zaak.event.pk)
    ouder = Melding.objects.filter(thread=zaak.thread, is_laatste=True).exclude(event_id=zaak.event.pk)
    ouder.filter(gebruiker__in=nu.values("gebruiker")).update(is_laatste=False)
