"""The Meldingen of one person as the page shows them: per Thread, newest first, in words."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, Case, Exists, OuterRef, Q, Subquery, TextField, Value, When
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from markupsafe import Markup

from groepen.models import Groep
from groepen.models.antwoord import op_blad
from groepen.voorbereid import Voor
from intranet.events.models import Event
from intranet.meldingen import gebeurd
from intranet.meldingen.bel import MEEST
from intranet.meldingen.gebeurd import vet, zin
from intranet.meldingen.models import Melding, Reden
from intranet.prepared import Prepared
from intranet.tijd import datum
from profielen.models import Onderwerp

PER_BLAD = 20
# What is told of one Thread is worked out from no more than this; a storm stays one line.
MEEST_PER_BLAD = 400
# And in no more sentences than this, beside names and thanks.
ZINNEN = 2

FILTERS = {
    "": gettext_lazy("Alles"),
    "nieuw": gettext_lazy("Nieuw"),
    "noemt": gettext_lazy("Noemt jou"),
    "wacht": gettext_lazy("Wacht op jou"),
    "jouw": gettext_lazy("Jouw vragen"),
    "gevolgd": gettext_lazy("Gevolgd"),
}
_REDENEN = {
    "noemt": (Reden.NOEMT, Reden.NOEMT_GROEP, Reden.DESKUNDIG),
    "wacht": (Reden.WACHT,),
    # Asked or taken up.
    "jouw": (Reden.JOUW_VRAAG, Reden.BEHANDELT),
    "gevolgd": (Reden.VOLGT, Reden.GROEP),
}


class Teken(NamedTuple):
    """The sign before a line; ``soort``: "", goed or let."""

    icoon: str
    soort: str = ""


ANDERS, NOEMT = Teken(icoon="bell"), Teken(icoon="at")
# By soort of Event.
_TEKENS = {
    "antwoord.gegeven": Teken(icoon="message-2"),
    "reactie.gegeven": Teken(icoon="message-2"),
    "vraag.gesteld": Teken(icoon="message-circle-question"),
    "oplossing.gekozen": Teken(icoon="circle-check", soort="goed"),
    "vraag.opgepakt": Teken(icoon="user-check"),
    "vraag.overgedragen": Teken(icoon="arrows-exchange"),
    "vraag.informatie_gevraagd": Teken(icoon="help-circle", soort="let"),
    "norm.nadert": Teken(icoon="hourglass", soort="let"),
    "stilte.gemerkt": Teken(icoon="hourglass", soort="let"),
    "stilte.uitgelegd": Teken(icoon="user-check"),
    "kennisartikel.gepubliceerd": Teken(icoon="book-2", soort="goed"),
    "bedankt": Teken(icoon="heart", soort="goed"),
    "toegang.gevraagd": Teken(icoon="users-plus"),
    "lidmaatschap.begonnen": Teken(icoon="user-plus"),
    "lidmaatschap.gewijzigd": Teken(icoon="user-check"),
    "groep.overgedragen": Teken(icoon="users-group"),
    "kennis.aanbevolen": Teken(icoon="circle-check", soort="goed"),
}


@dataclass(slots=True)
class Rij:
    """One line: about a Thread, or about something else that is about me."""

    pk: int
    is_nieuw: bool
    adres: str
    titel: str
    wat: Markup
    waarom: str
    groep: str
    op: datetime
    teken: Teken


@dataclass(slots=True)
class Dag:
    kop: str
    rijen: list[Rij]


@dataclass(slots=True)
class Blad:
    dagen: list[Dag]
    # The ``na`` of the next page; None on the last.
    volgende: int | None
    # Unread, without a Thread that would be opened: seen by being shown here.
    los: list[int]


def _bouw(ik: Any, toon: str, aantal: int, na: Any = None) -> Any:
    mijn = Melding.objects.zichtbaar_voor(ik).filter(gebruiker=ik)
    laatste = mijn.laatste().exclude(thread__verwijderd_op__isnull=False)
    if toon == "nieuw":
        laatste = laatste.ongelezen()
    elif toon in _REDENEN:
        zelfde = Melding.objects.filter(
            thread=OuterRef("thread"), gebruiker=OuterRef("gebruiker"), reden__in=_REDENEN[toon]
        )
        laatste = laatste.filter(Q(reden__in=_REDENEN[toon]) | Exists(zelfde))
    if na is not None:
        laatste = laatste.filter(pk__lt=na)
    laatste = laatste.select_related("thread__groep", "thread__artikel", "groep")
    return _met_wie(laatste).annotate(feit=_feit()).order_by("-pk")[:aantal]


def _feit() -> Case:
    """What the Event keeps for ``gebeurd.waarover``; empty when there is nothing, or no Event any more."""

    def uit_event(feit: str, *, plek: Any) -> Any:
        return Event.objects.filter(pk=plek).values(waarde=KT(f"feiten__{feit}"))

    nummer = Subquery(uit_event("onderwerp", plek=OuterRef(OuterRef("event_id"))))
    onderwerp = Onderwerp.objects.filter(pk=Cast(nummer, BigIntegerField()))
    return Case(
        When(soort="kennis.aanbevolen", then=Subquery(onderwerp.values("naam"))),
        When(soort="lidmaatschap.gewijzigd", then=Subquery(uit_event("rol", plek=OuterRef("event_id")))),
        default=Value(""),
        output_field=TextField(),
    )


# The newest of each Thread, and what is unread in some of those.
_laatste = Voor(_bouw)
_ongelezen = Prepared(
    lambda ik, threads: _met_wie(
        Melding.objects.filter(gebruiker=ik, thread__in=threads).ongelezen()
    ).order_by("-pk")[:MEEST_PER_BLAD]
)


def blad(gebruiker: Any, toon: str = "", na: int | None = None) -> Blad:
    """One page, in two statements however many Meldingen there are."""
    vanaf = {} if na is None else {"na": na}
    gevonden = _laatste(gebruiker, toon, PER_BLAD + 1, **vanaf)
    volgende = gevonden[PER_BLAD - 1].pk if len(gevonden) > PER_BLAD else None
    gevonden = gevonden[:PER_BLAD]
    bij = _wat_er_bij_hoort(gebruiker, gevonden)
    dagen: dict[date, Dag] = {}
    for melding in gevonden:
        dag = timezone.localdate(melding.op)
        dagen.setdefault(dag, Dag(_dagkop(dag), [])).rijen.append(_rij(melding, bij[melding.pk]))
    los = [melding.pk for melding in gevonden if melding.thread_id is None and melding.gelezen_op is None]
    return Blad(list(dagen.values()), volgende, los)


def _bouw_genoemd(ik: Any) -> Any:
    nieuw = Melding.objects.zichtbaar_voor(ik).filter(gebruiker=ik).laatste().ongelezen()
    nieuw = nieuw.exclude(thread__verwijderd_op__isnull=False).order_by("-pk")[:MEEST]
    noemt = Q(reden__in=_REDENEN["noemt"])
    ook = Melding.objects.filter(
        noemt, thread=OuterRef("thread"), gebruiker=OuterRef("gebruiker"), gelezen_op=None
    )
    return Melding.objects.filter(noemt | Exists(ook), pk__in=nieuw.values("pk")).order_by().only("pk")


_genoemd = Voor(_bouw_genoemd)


def aantal_genoemd(gebruiker: Any) -> int:
    """In how many of the new things (the newest ``bel.MEEST``, as the bell counts) this person is named."""
    return len(_genoemd(gebruiker))


def _wat_er_bij_hoort(gebruiker: Any, gevonden: list[Melding]) -> dict[int, list[Melding]]:
    """Per newest Melding all that is told with it: the unread ones of its Thread, oldest first. One query."""
    van_thread = {melding.thread_id: melding.pk for melding in gevonden if melding.thread_id}
    bij: dict[int, list[Melding]] = defaultdict(list)
    if van_thread:
        for melding in _ongelezen(ik=gebruiker.pk, threads=list(van_thread)):
            bij[van_thread[melding.thread_id]].append(melding)
    for melding in gevonden:
        alle = bij[melding.pk]
        if melding not in alle:
            alle.insert(0, melding)
        alle.reverse()
    return bij


def _rij(melding: Any, alle: list[Melding]) -> Rij:
    thread = melding.thread
    reden = gebeurd.sterkste(een.reden for een in alle)
    teken = NOEMT if reden in _REDENEN["noemt"] else _TEKENS.get(melding.soort, ANDERS)
    return Rij(
        pk=melding.pk,
        is_nieuw=melding.gelezen_op is None,
        adres=_adres(alle[0] if melding.gelezen_op is None else melding, melding),
        titel=thread.titel if thread else _titel_los(melding),
        wat=_wat(melding, alle),
        waarom=str(Reden(reden).label),
        groep=thread.groep.naam if thread else melding.groep.naam if melding.groep else "",
        op=melding.op,
        teken=teken,
    )


def _adres(eerste: Melding, melding: Melding) -> str:
    """Where it can be read: the first thing of the Thread that is new."""
    thread = melding.thread
    if thread is None:
        return _adres_los(melding)
    adres = thread.get_absolute_url()
    if eerste.antwoord_id and eerste.soort != "oplossing.gekozen":
        return f"{adres}{op_blad(thread, eerste.antwoord_id)}#antwoord-{eerste.antwoord_id}"
    return f"{adres}#reactie-{eerste.reactie_id}" if eerste.reactie_id else adres


def _adres_los(melding: Melding) -> str:
    if melding.soort == "toegang.gevraagd" and melding.groep:
        return reverse("groepen:leden", args=[melding.groep.slug])
    if melding.groep:
        return reverse("groepen:groep", args=[melding.groep.slug])
    return reverse("profielen:mens", args=[melding.gebruiker_id])


def _titel_los(melding: Melding) -> str:
    return melding.groep.naam if melding.groep else _("Jouw profiel")


def _met_wie(meldingen: Any) -> Any:
    """With who did it, and whether they work for an organisatie of the Groep (``is_van_hier``)."""
    koppeling = Groep.organisaties.through._default_manager
    van_hier = koppeling.filter(
        groep=OuterRef("groep"), organisatie=OuterRef("door__organisatie"), organisatie__deelname="deelnemer"
    )
    return meldingen.select_related("door__organisatie").annotate(is_van_hier=Exists(van_hier))


def _naam(melding: Any) -> str:
    """Who did it, as the Groep knows them: "Ruud Scholten (gast)"; empty for nobody."""
    wie = melding.door
    if wie is None:
        return ""
    is_gast = wie.is_gast if melding.groep_id is None else not melding.is_van_hier
    return _("%(naam)s (gast)") % {"naam": wie.naam} if is_gast else wie.naam


def _wat(melding: Any, alle: list[Melding]) -> Markup:
    """All that happened in a Thread in one or two sentences; thanks are counted at the end."""
    noemt = [een for een in alle if een.reden in _REDENEN["noemt"]]
    dank = [een for een in alle if een.soort == "bedankt"]
    rest = [een for een in alle if een not in noemt and een not in dank]
    zinnen = []
    if noemt:
        zinnen.append(_zin_noemt(noemt))
    per_soort: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for een in rest:
        per_soort[een.soort].append((een.soort, _naam(een)))
    over = gebeurd.waarover(melding.soort, melding.feit or "")
    # What came last is told; a Thread in which all happened at once is opened anyway.
    zinnen += [gebeurd.daden(van_soort, vet, over) for van_soort in list(per_soort.values())[-ZINNEN:]]
    if dank:
        namen = {een.door_id: _naam(een) for een in dank}
        zinnen.append(gebeurd.dank(list(namen.values()), _waarvoor(dank, melding.thread), vet))
    return Markup(". ").join(zinnen) + "."


def _waarvoor(dank: list[Melding], thread: Any) -> str:
    """For what of theirs all these thanks are, where that is one thing."""
    antwoorden = {een.antwoord_id for een in dank}
    if len(antwoorden) > 1:
        return ""
    return "antwoord" if None not in antwoorden else "vraag" if thread and thread.soort == "vraag" else ""


def _zin_noemt(noemt: list[Melding]) -> str:
    namen = list(dict.fromkeys(_naam(een) for een in noemt))
    if len(namen) > 1:
        return ngettext("%d collega noemt je", "%d collega’s noemen je", len(namen)) % len(namen)
    reden = noemt[-1].reden
    naam = vet(namen[0] or _("Iemand"))
    if reden == Reden.DESKUNDIG:
        return zin(_("%(naam)s vraagt of jij dit weet"), naam=naam)
    if reden == Reden.NOEMT_GROEP:
        return zin(_("%(naam)s noemt je groep of afdeling"), naam=naam)
    return zin(_("%(naam)s noemt jou"), naam=naam)


def _dagkop(dag: date) -> str:
    vandaag = timezone.localdate()
    verschil = (vandaag - dag).days
    if verschil == 0:
        return _("Vandaag")
    if verschil == 1:
        return _("Gisteren")
    woorden = datum(dag, "dag" if dag.year == vandaag.year else "lang")
    return woorden[:1].upper() + woorden[1:]
