"""Lists of Vragen: which ones, in what order, page by page, and each as a row that is ready to show.

A list is made in three steps, each usable by itself::

    vragen = lijsten.gefilterd(Vraag.objects.zichtbaar_voor(kijker).levend(), kijker, "onbeantwoord")
    blad = lijsten.blad(vragen, kijker, "actief", request.GET.get("na"))   # one query

    {% from "groepen/_vraagrij.html" import vragenlijst %}
    {{ vragenlijst(blad.rijen, toon_groep=true) }}

Pages go by keyset: the next one starts after the last row of this one, so page 200 costs what page 1 costs
and a row that comes in meanwhile moves nothing. Whoever chooses rows in another way (a feed) takes
``met_alles_voor_rij`` and ``rijen``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import F, FilteredRelation, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groepen import toegang
from groepen.models import Groep, Vraag
from groepen.voorbereid import Voor
from groepen.wachten import Wacht, wacht
from intranet.tijd import geleden
from profielen.models import Profiel

PER_BLAD = 25
# What nobody opened for two weeks is no news any more, even when it was never read.
NIEUWS_DAGEN = timedelta(days=14)
BIJGEWERKT_NA = timedelta(hours=1)
_BEGIN = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECONDE = timedelta(microseconds=1)

FILTERS = {
    "alle": _("Alle"),
    "onbeantwoord": _("Zonder antwoord"),
    "onopgelost": _("Onopgelost"),
    "mijn": _("Van mij"),
}


class Volgorde(NamedTuple):
    """An order of Vragen: by one field and then by number, both up or both down."""

    naam: Any
    veld: str
    aflopend: bool = True


VOLGORDES = {
    "actief": Volgorde(_("Laatste activiteit"), "laatst_actief_op"),
    "stemmen": Volgorde(_("Meeste stemmen"), "aantal_stemmen"),
    # Holds only what waits.
    "wacht": Volgorde(_("Langst wachtend"), "gestart_op", aflopend=False),
}


# --- Which ones ---------------------------------------------------------------------------------


def gefilterd(vragen, kijker, naam: str = "alle", onderwerp=None):
    """``vragen`` narrowed to one of FILTERS and to one Onderwerp."""
    if naam == "onbeantwoord":
        vragen = vragen.onbeantwoord()
    elif naam == "onopgelost":
        vragen = vragen.onopgelost()
    elif naam == "mijn":
        vragen = vragen.filter(thread__steller=kijker)
    if onderwerp is not None:
        vragen = vragen.filter(onderwerpen=onderwerp)
    return vragen


# --- Page by page -------------------------------------------------------------------------------


@dataclass(slots=True)
class Blad:
    """One page of a list; ``volgende`` is the ``na`` of the next one, None on the last."""

    rijen: list["Rij"]
    volgende: str | None
    is_eerste: bool


def blad(
    vragen,
    kijker,
    volgorde: str = "actief",
    na: str | None = None,
    per: int = PER_BLAD,
    groep: Groep | None = None,
) -> Blad:
    """The page of ``vragen`` after the cursor ``na``; an unreadable cursor gives the first page.

    ``groep`` when all are of that one: it is not loaded again for each row.
    """
    plek = lees_plek(na, VOLGORDES[volgorde].veld)
    gevonden = list(met_alles_voor_rij(_op_volgorde(vragen, volgorde, plek), kijker, groep)[: per + 1])
    return _maak_blad(gevonden, kijker, volgorde, plek, per, groep)


def blad_van_groep(
    groep: Groep, kijker, naam: str = "alle", onderwerp=None, volgorde: str = "actief", na: str | None = None
) -> Blad:
    """``blad`` of the questions in ``groep``, which ``kijker`` may read: the list that is opened most."""
    plek = lees_plek(na, VOLGORDES[volgorde].veld)
    waarden = {} if plek is None else {"waarde": plek[0], "na": plek[1]}
    if onderwerp is not None:
        waarden["onderwerp"] = onderwerp.pk
    gevonden = _in_groep(kijker, naam, volgorde, groep=groep.pk, **waarden)
    return _maak_blad(gevonden, kijker, volgorde, plek, PER_BLAD, groep)


def _bouw_in_groep(ik, naam, volgorde, groep, onderwerp=None, waarde=None, na=None):
    vragen = gefilterd(Vraag.objects.in_groep(groep).levend(), ik, naam, onderwerp)
    plek = None if waarde is None else (waarde, na)
    blad = _op_volgorde(vragen, volgorde, plek)[: PER_BLAD + 1]
    # The page first, then all that is joined to it: else PostgreSQL finds the plan it keeps dearer in a small
    # Groep than in a large one, and plans six joins anew for each request.
    hier = Vraag.objects.in_groep(groep).filter(thread__pk__eerst_in=blad.values("pk"))
    return _op_volgorde(met_alles_voor_rij(hier, ik, groep), volgorde, None)


_in_groep = Voor(_bouw_in_groep)


def _op_volgorde(vragen, volgorde: str, plek: tuple[Any, Any] | None):
    """``vragen`` in this order, after ``plek``."""
    orde = VOLGORDES[volgorde]
    if volgorde == "wacht":
        vragen = vragen.onopgelost()
    veld, min_teken, na_teken = f"thread__{orde.veld}", *(("-", "lt") if orde.aflopend else ("", "gt"))
    if plek is not None:
        waarde, pk = plek
        # The first condition is what an index can follow; the second takes the ties apart.
        vragen = vragen.filter(
            Q(**{f"{veld}__{na_teken}e": waarde}),
            Q(**{f"{veld}__{na_teken}": waarde}) | Q(**{f"thread_id__{na_teken}": pk}),
        )
    return vragen.order_by(f"{min_teken}{veld}", f"{min_teken}thread_id")


def _maak_blad(gevonden: list, kijker, volgorde: str, plek, per: int, groep: Groep | None) -> Blad:
    """The page of what was found: one more than ``per`` tells that there is a next one."""
    meer = len(gevonden) > per
    gevonden = gevonden[:per]
    volgende = schrijf_plek(gevonden[-1].thread, VOLGORDES[volgorde].veld) if meer else None
    return Blad(rijen(gevonden, kijker, groep), volgende, plek is None)


def schrijf_plek(thread, veld: str) -> str:
    """The cursor of the page after the row of ``thread``."""
    waarde = getattr(thread, veld)
    if isinstance(waarde, datetime):
        waarde = (waarde - _BEGIN) // _MICROSECONDE
    return f"{waarde}-{thread.pk}"


def lees_plek(na: str | None, veld: str) -> tuple[Any, int] | None:
    """(value of ``veld``, pk) of a cursor; None without one, or with one that nobody wrote."""
    links, streep, rechts = (na or "").partition("-")
    # isascii: "²".isdigit() holds, int("²") does not; and no number that overflows a date or a column.
    if not (streep and links.isascii() and rechts.isascii() and links.isdigit() and rechts.isdigit()):
        return None
    if max(len(links), len(rechts)) > 16:
        return None
    waarde, pk = int(links), int(rechts)
    if veld.endswith("_op"):
        return _BEGIN + waarde * _MICROSECONDE, pk
    return (waarde, pk) if waarde < 2**31 else None


# --- Rows ---------------------------------------------------------------------------------------


@dataclass(slots=True)
class Rij:
    """A Vraag as ``_vraagrij.html`` shows it: nothing left to look up or to work out."""

    vraag: Vraag
    thread: Any
    steller: Any
    is_van_mij: bool
    # The organisatie of the steller, when it is not that of the reader.
    organisatie: str
    is_gast: bool
    is_nieuw: bool
    # How long it waits; None once somebody answered, or when the asker is the one to say more.
    wacht: Wacht | None
    # Whether to say when something last happened, not when it was asked: else a list looks out of order.
    is_bijgewerkt: bool


def met_alles_voor_rij(vragen, kijker, groep=None):
    """``vragen`` with all that a Rij shows, and nothing more, in the same query.

    With a ``groep`` nothing of the Groep comes along: all are of that one.

    One value of another table comes as a value: an object for it, 25 times a page, costs more than the query.
    """
    vragen = (
        vragen.select_related("thread__steller")
        .annotate(
            mijn_lezing=FilteredRelation(
                "thread__gelezen_door", condition=Q(thread__gelezen_door__gebruiker=kijker.pk)
            ),
            gelezen_op=F("mijn_lezing__gelezen_op"),
            organisatie=F("thread__steller__organisatie__naam"),
            foto=F("thread__steller__profiel__foto"),
        )
        .only(*_VELDEN)
    )
    if groep is not None:
        return vragen
    koppeling = Groep.organisaties.through.objects.filter(
        groep=OuterRef("thread__groep"),
        organisatie=OuterRef("thread__steller__organisatie"),
        organisatie__deelname="deelnemer",
    )
    return (
        vragen.select_related("thread__groep", "thread__steller")
        # Not Exists: of that PostgreSQL makes a table of all organisaties of all Groepen, for these few rows.
        .annotate(is_eigen=Subquery(koppeling.values("pk")[:1]))
        .only(*_VELDEN, *_VELDEN_GROEP)
    )


_VELDEN = (
    "status",
    "thread__titel",
    "thread__fragment",
    "thread__groep_id",
    "thread__gestart_op",
    "thread__laatst_actief_op",
    "thread__is_onopgelost",
    "thread__heeft_gecontroleerd",
    "thread__aantal_antwoorden",
    "thread__aantal_stemmen",
    "thread__steller__voornaam",
    "thread__steller__tussenvoegsel",
    "thread__steller__achternaam",
    "thread__steller__email",
    "thread__steller__organisatie_id",
)
_VELDEN_GROEP = tuple(
    f"thread__groep__{veld}" for veld in ("naam", "slug", "icoon", "tint", "norm_werkdagen", "gesloten_op")
)
_WACHT = {Vraag.Status.OPEN.value, Vraag.Status.OPGEPAKT.value}


def rijen(vragen: Iterable[Any], kijker, groep: Groep | None = None) -> list[Rij]:
    """The rows of ``vragen`` (from ``met_alles_voor_rij``) as ``kijker`` sees them, in the same order."""
    nu = timezone.localtime()
    oudste_nieuws = nu - NIEUWS_DAGEN
    # Only in one's own Groepen is anything new, and only since one is there.
    sinds = {
        lid.groep_id: max(lid.begonnen_op, oudste_nieuws) for lid in toegang.onthoud_lidmaatschappen(kijker)
    }
    eigen = {o.pk for o in toegang.onthoud_organisaties(groep) if o.is_deelnemer} if groep else set()
    uit = []
    for vraag in vragen:
        thread = vraag.thread
        steller = thread.steller
        if groep is not None:
            thread.groep = groep
        if vraag.foto:
            steller.profiel = Profiel(gebruiker_id=steller.pk, foto=vraag.foto)
        vanaf = sinds.get(thread.groep_id)
        wachtend = (
            thread.is_onopgelost
            and not thread.aantal_antwoorden
            and vraag.status in _WACHT
            and not thread.groep.is_gesloten
        )
        uit.append(
            Rij(
                vraag,
                thread,
                steller,
                steller.pk == kijker.pk,
                vraag.organisatie or "" if steller.organisatie_id != kijker.organisatie_id else "",
                steller.organisatie_id not in eigen if groep is not None else not vraag.is_eigen,
                vanaf is not None and thread.laatst_actief_op > (vraag.gelezen_op or vanaf),
                wacht(thread.gestart_op, thread.groep.norm_werkdagen, nu) if wachtend else None,
                _later(thread.gestart_op, thread.laatst_actief_op, nu),
            )
        )
    return uit


def _later(begin: datetime, laatst: datetime, nu: datetime) -> bool:
    """Whether ``laatst`` is a while after ``begin``, and called otherwise at ``nu``: not "maart" twice."""
    if laatst - begin < BIJGEWERKT_NA:
        return False
    return geleden(begin.astimezone(nu.tzinfo), nu) != geleden(laatst.astimezone(nu.tzinfo), nu)
