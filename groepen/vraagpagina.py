"""All that the question page shows, in a fixed number of queries: the same for 1 answer and for 500.

Everyone named on the page (askers, answerers, who reacted, who has it in hand) is fetched once, in one query;
so are all reacties, and all that the reader did here before (thanked, voted, follows, read, is drafting).
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Q
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from groepen import haken, toegang
from groepen.bereik import Bereik, bereik
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
    Volger,
    Vraag,
)
from groepen.models.antwoord import PER_BLAD
from groepen.rechten import Rechten
from groepen.voorbereid import Voor
from groepen.wachten import Wacht, wacht
from groepen.woorden import Woorden, woorden
from intranet.concepten.models import Concept
from intranet.prepared import plan_cursor
from profielen.models import Afdeling, Onderwerp, Organisatie, Profiel
from profielen.namen import vouw

KANALEN = {
    "balie": gettext_lazy("gesteld aan de balie"),
    "telefoon": gettext_lazy("gesteld via de telefoon"),
    "mail": gettext_lazy("gesteld per mail"),
    "web": gettext_lazy("gesteld via de website"),
    "namens": gettext_lazy("namens een collega"),
}


@dataclass(slots=True)
class Mijn:
    """What the reader did here before."""

    bedankt: bool = False
    gestemd: bool = False
    volgt: bool = False
    geholpen: bool = False
    # Nothing happened here since the reader last looked.
    is_bij: bool = False
    heeft_concept: bool = False
    heeft_reactieconcept: bool = False
    # What the reader was writing in the boxes for a reactie, by number of the answer (0: the question).
    reacties: dict[int, str] = field(default_factory=dict)
    bedankte_antwoorden: set[int] = field(default_factory=set)


@dataclass(slots=True)
class Vraagpagina:
    vraag: Vraag
    thread: Thread
    groep: Any
    mag: Rechten
    mijn: Mijn
    oplossing: Antwoord | None
    antwoorden: list[Antwoord]
    # The cursor of the next page; None when all are shown. ``vanaf`` is the cursor that led here.
    volgende: int | None
    vanaf: int
    reacties: list[Reactie]
    onderwerpen: list[tuple[str, str]]
    overdrachten: list[Overdracht]
    eigenaar: Any
    bereik: Bereik
    wacht: Wacht | None
    gelezen_door: Any
    woorden: Woorden

    @property
    def aantal_andere(self) -> int:
        return self.thread.aantal_antwoorden - (self.oplossing is not None)

    @property
    def kanaal(self) -> str:
        """How the question came in: "gesteld aan de balie"; empty when somebody asks for themselves."""
        if self.vraag.kanaal == Vraag.Kanaal.NAMENS and self.vraag.namens and self.mag.namens_zien:
            return _("namens %(naam)s") % {"naam": self.vraag.namens}
        return str(KANALEN.get(self.vraag.kanaal, ""))

    @staticmethod
    def sleutel() -> str:
        """For the forms of this page; new each time it is shown."""
        return str(uuid4())

    @property
    def beantwoord_binnen(self) -> str:
        """ "Binnen 5 uur beantwoord"; empty before anyone answered."""
        op = self.vraag.eerste_antwoord_op
        return "" if op is None else _binnen(self.thread.gestart_op, op)


def laad(pk: int, gebruiker, *, vanaf: int = 0, bij: int | None = None) -> Vraagpagina:
    """The page of question ``pk`` for ``gebruiker``, with the answers after number ``vanaf``.

    With ``bij`` the page starts at that answer when it is not on the first one. Raises Http404 when the
    question is not there, or not for this reader.
    """
    toegang.onthoud_lidmaatschappen(gebruiker)
    vraag = _vraag(pk, gebruiker)
    thread, groep = vraag.thread, vraag.thread.groep
    rondom = _rondom(vraag, gebruiker)
    toegang.onthoud_organisaties(groep, rondom.organisaties)
    if bij is not None and not vanaf:
        vanaf = _blad_met(vraag, bij)
    antwoorden, volgende = _antwoorden(vraag, vanaf)
    oplossing = vraag.oplossing
    getoond = [oplossing, *antwoorden] if oplossing else antwoorden
    reacties = _reacties(vraag, getoond) if rondom.heeft_reacties else []
    overdrachten = list(vraag.overdrachten.all()) if rondom.heeft_overdrachten else []
    mensen = _mensen(vraag, getoond, reacties, overdrachten, rondom.eigenaar)
    eigen = {organisatie.pk for organisatie in rondom.organisaties if organisatie.is_deelnemer}
    for mens in mensen.values():
        maak_toonbaar(mens, gebruiker, eigen)
    _zet_mensen(vraag, getoond, reacties, overdrachten, mensen)
    _zet_reacties(getoond, reacties)
    w = woorden()
    for antwoord in getoond:
        schrijver = mensen[antwoord.schrijver_id]
        kop = w.antwoord_van_gast if schrijver.is_gast_hier else w.antwoord_van
        antwoord.kop = kop.format(schrijver.naam)
        antwoord.bij = w.op_antwoord_van.format(schrijver.naam)
        antwoord.is_bedankt = antwoord.pk in rondom.mijn.bedankte_antwoorden
    # In a closed Groep nobody can answer: nothing waits there.
    wacht_nog = (
        thread.is_onopgelost
        and not thread.aantal_antwoorden
        and vraag.status == Vraag.Status.OPEN
        and not groep.is_gesloten
    )
    return Vraagpagina(
        vraag=vraag,
        thread=thread,
        groep=groep,
        mag=Rechten(vraag, gebruiker),
        mijn=rondom.mijn,
        oplossing=oplossing,
        antwoorden=antwoorden,
        volgende=volgende,
        vanaf=vanaf,
        reacties=[reactie for reactie in reacties if reactie.antwoord_id is None],
        onderwerpen=rondom.onderwerpen,
        overdrachten=overdrachten,
        eigenaar=None if rondom.eigenaar is None else mensen.get(rondom.eigenaar),
        bereik=bereik(groep),
        wacht=wacht(thread.gestart_op, groep.norm_werkdagen) if wacht_nog else None,
        gelezen_door=gebruiker,
        woorden=w,
    )


def noteer_gelezen(pagina: Vraagpagina) -> None:
    """Remember that the reader saw this, and whether it helped them. Writes nothing when nothing is new."""
    for zag in haken.bij_lezen:
        zag(pagina.gelezen_door, pagina.thread)
    if pagina.mijn.is_bij:
        return
    thread, gebruiker = pagina.thread, pagina.gelezen_door
    geholpen = (
        pagina.vraag.is_opgelost
        and thread.steller_id != gebruiker.pk
        and not Antwoord.objects.filter(vraag=pagina.vraag, schrijver=gebruiker).exists()
    )
    Gelezen.noteer(thread, gebruiker, geholpen=geholpen)
    pagina.mijn.geholpen = pagina.mijn.geholpen or geholpen


# --- The queries --------------------------------------------------------------------------------


_TABELLEN = {
    str(model._meta.model_name): connection.ops.quote_name(model._meta.db_table)
    for model in (
        get_user_model(),
        Afdeling,
        Antwoord,
        Bedankje,
        Concept,
        Gelezen,
        Lidmaatschap,
        Onderwerp,
        Organisatie,
        Overdracht,
        Profiel,
        Reactie,
        Stem,
        Thread,
        Volger,
        Vraag,
        Vraag.onderwerpen.through,
        Groep.organisaties.through,
    )
}


_te_lezen = Voor(
    lambda ik, pk: (
        Vraag.objects.zichtbaar_voor(ik)
        .filter(pk=pk)
        .select_related("thread__groep", "oplossing")
        .defer("thread__groep__hoort_wel", "thread__groep__hoort_niet")
    )
)


def _vraag(pk: int, gebruiker) -> Vraag:
    gevonden = _te_lezen(gebruiker, pk=pk)
    if not gevonden:
        raise Http404
    (vraag,) = gevonden
    if vraag.oplossing is not None:
        vraag.oplossing.vraag = vraag
    return vraag


# Written out, because the ORM takes longer to write these two than the database to answer them.
_ANTWOORDEN_SQL = """
select id, vraag_id, schrijver_id, inhoud, namens, gegeven_op, versie, verwijderd_op, gecontroleerd_op,
    gecontroleerd_door_id, aantal_bedankjes
from {antwoord} where vraag_id = %s and id > %s and id <> %s order by id limit %s
"""
_MENSEN_SQL = """
select g.id, g.email, g.voornaam, g.tussenvoegsel, g.achternaam, g.organisatie_id, g.is_active,
    o.naam as organisatie_naam, p.functie, p.foto, a.naam as afdeling_naam
from {gebruiker} g
    join {profiel} p on p.gebruiker_id = g.id
    left join {afdeling} a on a.id = p.afdeling_id
    left join {organisatie} o on o.id = g.organisatie_id
where g.id in ({pks})
"""


def _antwoorden(vraag: Vraag, vanaf: int) -> tuple[list[Antwoord], int | None]:
    sql = _ANTWOORDEN_SQL.format(**_TABELLEN)
    gevonden = list(Antwoord.objects.raw(sql, [vraag.pk, vanaf, vraag.oplossing_id or 0, PER_BLAD + 1]))
    meer = len(gevonden) > PER_BLAD
    gevonden = gevonden[:PER_BLAD]
    return gevonden, gevonden[-1].pk if meer else None


def _blad_met(vraag: Vraag, bij: int) -> int:
    """The cursor of a page that shows answer ``bij``: the first one when it stands there."""
    andere = Antwoord.objects.filter(vraag=vraag)
    if vraag.oplossing_id is not None:
        andere = andere.exclude(pk=vraag.oplossing_id)
    eerder = andere.filter(pk__lt=bij).order_by("pk").values_list("pk", flat=True)[:PER_BLAD]
    return 0 if len(eerder) < PER_BLAD or bij == vraag.oplossing_id else bij - 1


def _reacties(vraag: Vraag, antwoorden: list[Antwoord]) -> list[Reactie]:
    """All under the question itself and under these answers."""
    hier = Q(antwoord=None) | Q(antwoord__in=[antwoord.pk for antwoord in antwoorden])
    return list(Reactie.objects.filter(hier, thread=vraag.pk).order_by("pk"))


def _zet_reacties(antwoorden: list[Antwoord], reacties: list[Reactie]) -> None:
    """Each answer gets its own as ``zijn_reacties``."""
    per_antwoord: dict[int | None, list[Reactie]] = {}
    for reactie in reacties:
        per_antwoord.setdefault(reactie.antwoord_id, []).append(reactie)
    for antwoord in antwoorden:
        antwoord.zijn_reacties = per_antwoord.get(antwoord.pk, ())


# Many small facts in one statement: as queries of their own they cost more than the rest of the page.
# (what, number, name, second name); %(plek)s names the Concept of an answer here.
_FEITEN = """
select 'bedankt', antwoord_id, null, null from {bedankje}
    where thread_id = %(vraag)s and gebruiker_id = %(ik)s
union all select 'gestemd', null, null, null from {stem} where thread_id = %(vraag)s and gebruiker_id = %(ik)s
union all select 'volgt', null, null, null from {volger}
    where thread_id = %(vraag)s and gebruiker_id = %(ik)s and not is_uit
union all select 'geholpen', null, null, null from {gelezen}
    where thread_id = %(vraag)s and gebruiker_id = %(ik)s and geholpen_op is not null
union all select 'is_bij', null, null, null
    from {gelezen} g join {thread} t on t.id = g.thread_id join {vraag} v on v.thread_id = t.id
    where g.thread_id = %(vraag)s and g.gebruiker_id = %(ik)s and g.gelezen_op >= t.laatst_actief_op
    and (v.opgelost_op is null or g.gelezen_op >= v.opgelost_op)
union all select 'heeft_concept', null, null, null from {concept}
    where plek = %(plek)s and gebruiker_id = %(ik)s
union all select 'heeft_reactieconcept', null, null, null from {concept}
    where plek = %(reacties)s and gebruiker_id = %(ik)s
"""
_FEITEN_VAN_DE_PAGINA = """
union all select 'heeft_overdrachten', null, null, null
    where exists (select 1 from {overdracht} where vraag_id = %(vraag)s)
union all select 'heeft_reacties', null, null, null
    where exists (select 1 from {reactie} where thread_id = %(vraag)s)
union all select 'eigenaar', gebruiker_id, null, null from {lidmaatschap} where id =
    (select min(id) from {lidmaatschap}
    where groep_id = %(groep)s and rol = 'eigenaar' and eindigt_op is null)
union all select 'onderwerp', o.id, o.naam, o.slug from {onderwerp} o
    join {vraag_onderwerpen} k on k.onderwerp_id = o.id where k.vraag_id = %(vraag)s
union all select 'organisatie', o.id, o.naam, o.deelname from {organisatie} o
    join {groep_organisaties} k on k.organisatie_id = o.id where k.groep_id = %(groep)s
"""
_MIJN_SQL = _FEITEN.format(**_TABELLEN)
_ALLES_SQL = (_FEITEN + _FEITEN_VAN_DE_PAGINA).format(**_TABELLEN)


def plek_van_antwoord(pk: int) -> str:
    """Where the Concept of an answer to this question is kept."""
    return f"vraag:{pk}:antwoord"


def plek_van_reacties(pk: int) -> str:
    """Where the Concept of all boxes for a reactie on this page is kept: they are one form."""
    return f"vraag:{pk}:reacties"


def _feiten(sql: str, vraag: Vraag, gebruiker) -> list[tuple[str, Any, str, str]]:
    params = {
        "vraag": vraag.pk,
        "ik": gebruiker.pk,
        "plek": plek_van_antwoord(vraag.pk),
        "reacties": plek_van_reacties(vraag.pk),
        "groep": vraag.thread.groep_id,
    }
    with plan_cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def mijn(vraag: Vraag, gebruiker) -> Mijn:
    """What ``gebruiker`` did with ``vraag`` before. One query."""
    return _mijn(_feiten(_MIJN_SQL, vraag, gebruiker))


def _mijn(feiten) -> Mijn:
    gedaan = Mijn()
    for wat, nummer, _naam, _ook in feiten:
        if wat == "bedankt" and nummer is not None:
            gedaan.bedankte_antwoorden.add(nummer)
        elif wat in Mijn.__slots__:
            setattr(gedaan, wat, True)
    return gedaan


@dataclass(slots=True)
class _Rondom:
    """What stands around the question."""

    mijn: Mijn
    eigenaar: int | None = None
    heeft_overdrachten: bool = False
    heeft_reacties: bool = False
    onderwerpen: list[tuple[str, str]] = field(default_factory=list)
    organisaties: list[Organisatie] = field(default_factory=list)


def _rondom(vraag: Vraag, gebruiker) -> _Rondom:
    feiten = _feiten(_ALLES_SQL, vraag, gebruiker)
    rondom = _Rondom(_mijn(feiten))
    for wat, nummer, naam, ook in feiten:
        if wat == "onderwerp":
            rondom.onderwerpen.append((naam, ook))
        elif wat == "organisatie":
            rondom.organisaties.append(Organisatie(pk=nummer, naam=naam, deelname=ook))
        elif wat == "eigenaar":
            rondom.eigenaar = nummer
        elif wat in ("heeft_overdrachten", "heeft_reacties"):
            setattr(rondom, wat, True)
    rondom.onderwerpen.sort(key=lambda onderwerp: vouw(onderwerp[0]))
    rondom.organisaties.sort(key=lambda organisatie: vouw(organisatie.naam))
    return rondom


def _mensen(vraag, antwoorden, reacties, overdrachten, eigenaar: int | None) -> dict[int, Any]:
    """Everyone named on the page."""
    pks = {
        vraag.thread.steller_id,
        vraag.behandelaar_id,
        vraag.contactpersoon_id,
        vraag.opgelost_door_id,
        eigenaar,
    }
    for antwoord in antwoorden:
        pks.add(antwoord.schrijver_id)
        pks.add(antwoord.gecontroleerd_door_id)
    pks.update(reactie.schrijver_id for reactie in reacties)
    for overdracht in overdrachten:
        pks.update((overdracht.van_id, overdracht.naar_id, overdracht.door_id))
    pks.discard(None)
    sql = _MENSEN_SQL.format(**_TABELLEN, pks=", ".join(["%s"] * len(pks)))
    mensen = {mens.pk: mens for mens in get_user_model().objects.raw(sql, list(pks))}
    for mens in mensen.values():
        # Where ``gezicht`` looks for the photo.
        mens.profiel = Profiel(pk=mens.pk, functie=mens.functie, foto=mens.foto)
    return mensen


def maak_toonbaar(mens, kijker, eigen: set[int]) -> None:
    """Give ``mens`` what stands beside the name; ``eigen`` are the deelnemers that the Groep is of."""
    is_gast = mens.organisatie_id not in eigen
    mens.gast_van = (mens.organisatie_naam or "") if is_gast else ""
    mens.is_gast_hier = is_gast
    # Where someone works says nothing new to a direct colleague, and for a Gast the label says it.
    elders = mens.organisatie_id != kijker.organisatie_id and not is_gast
    plek = mens.organisatie_naam if elders else mens.afdeling_naam
    mens.regel = ", ".join(deel for deel in (mens.functie, plek) if deel)
    mens.is_jij = mens.pk == kijker.pk


def _zet_mensen(vraag, antwoorden, reacties, overdrachten, mensen) -> None:
    vraag.thread.steller = mensen[vraag.thread.steller_id]
    for naam in ("behandelaar", "contactpersoon", "opgelost_door"):
        setattr(vraag, naam, mensen.get(getattr(vraag, f"{naam}_id")))
    for antwoord in antwoorden:
        antwoord.schrijver = mensen[antwoord.schrijver_id]
        antwoord.gecontroleerd_door = mensen.get(antwoord.gecontroleerd_door_id)
    for reactie in reacties:
        reactie.schrijver = mensen[reactie.schrijver_id]
    for overdracht in overdrachten:
        for naam in ("van", "naar", "door"):
            setattr(overdracht, naam, mensen.get(getattr(overdracht, f"{naam}_id")))
        overdracht.zin = _zin(overdracht)


def _zin(overdracht: Overdracht) -> str:
    """What happened, as a sentence."""
    oud_collega = _("een oud-collega")
    namen = {
        rol: getattr(overdracht, rol).naam if getattr(overdracht, rol) else oud_collega
        for rol in ("van", "naar", "door")
    }
    if overdracht.rol == Overdracht.Rol.CONTACTPERSOON:
        if overdracht.van is None:
            return _("%(door)s maakte %(naar)s contactpersoon.") % namen
        return _("%(door)s maakte %(naar)s contactpersoon in plaats van %(van)s.") % namen
    if overdracht.reden == Overdracht.Reden.OPGEPAKT:
        return _("%(naar)s pakte de vraag op.") % namen
    if overdracht.reden == Overdracht.Reden.VERLOPEN:
        return _("De vraag kwam weer vrij: %(van)s liet twee werkdagen niets weten.") % namen
    if overdracht.reden == Overdracht.Reden.LOSGELATEN:
        if overdracht.door_id == overdracht.van_id:
            return _("%(van)s liet de vraag los.") % namen
        return _("%(door)s haalde %(van)s weg als behandelaar.") % namen
    if overdracht.van is None:
        return _("%(door)s gaf de vraag aan %(naar)s.") % namen
    return _("%(door)s droeg de vraag over van %(van)s aan %(naar)s.") % namen


def _binnen(van: datetime, tot: datetime) -> str:
    minuten = max(1, -(-int((tot - van).total_seconds()) // 60))
    if minuten < 60:
        return ngettext("Binnen %d minuut beantwoord", "Binnen %d minuten beantwoord", minuten) % minuten
    uren = -(-minuten // 60)
    if uren < 24:
        return ngettext("Binnen %d uur beantwoord", "Binnen %d uur beantwoord", uren) % uren
    dagen = (timezone.localdate(tot) - timezone.localdate(van)).days
    return ngettext("Na %d dag beantwoord", "Na %d dagen beantwoord", dagen) % dagen
