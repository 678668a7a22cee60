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
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from groepen import toegang
from groepen.bereik import Bereik, bereik
from groepen.models import (
    Antwoord,
    Bedankje,
    Gelezen,
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
from groepen.wachten import Wacht, wacht
from intranet.concepten.models import Concept

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
        """A new one for each form on the page."""
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
    organisaties = toegang.onthoud_organisaties(groep)
    if bij is not None and not vanaf:
        vanaf = _blad_met(vraag, bij)
    antwoorden, volgende = _antwoorden(vraag, vanaf)
    oplossing = vraag.oplossing
    getoond = [oplossing, *antwoorden] if oplossing else antwoorden
    reacties = _reacties(vraag, getoond)
    overdrachten = list(vraag.overdrachten.all()) if vraag.heeft_overdrachten else []
    gedaan = mijn(vraag, gebruiker)
    eigen = {organisatie.pk for organisatie in organisaties if organisatie.is_deelnemer}
    mensen = _mensen(vraag, getoond, reacties, overdrachten, gebruiker, eigen)
    _zet_mensen(vraag, getoond, reacties, overdrachten, mensen)
    for antwoord in getoond:
        antwoord.is_bedankt = antwoord.pk in gedaan.bedankte_antwoorden
    wacht_nog = thread.is_onopgelost and not thread.aantal_antwoorden and vraag.status == Vraag.Status.OPEN
    return Vraagpagina(
        vraag=vraag,
        thread=thread,
        groep=groep,
        mag=Rechten(vraag, gebruiker),
        mijn=gedaan,
        oplossing=oplossing,
        antwoorden=antwoorden,
        volgende=volgende,
        vanaf=vanaf,
        reacties=[reactie for reactie in reacties if reactie.antwoord_id is None],
        onderwerpen=list(vraag.onderwerpen.values_list("naam", "slug")),
        overdrachten=overdrachten,
        eigenaar=mensen.get(vraag.eigenaar_id),
        bereik=bereik(groep),
        wacht=wacht(thread.gestart_op, groep.norm_werkdagen) if wacht_nog else None,
        gelezen_door=gebruiker,
    )


def noteer_gelezen(pagina: Vraagpagina) -> None:
    """Remember that the reader saw this, and whether it helped them. Writes nothing when nothing is new."""
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


def _vraag(pk: int, gebruiker) -> Vraag:
    eigenaar = Lidmaatschap.objects.filter(
        toegang.lopend(), groep=OuterRef("thread__groep"), rol=toegang.EIGENAAR
    ).order_by("begonnen_op")
    gevonden = (
        Vraag.objects.zichtbaar_voor(gebruiker)
        .filter(pk=pk)
        .select_related("thread__groep", "oplossing")
        .defer("thread__groep__hoort_wel", "thread__groep__hoort_niet")
        .annotate(
            eigenaar_id=Subquery(eigenaar.values("gebruiker")[:1]),
            heeft_overdrachten=Exists(Overdracht.objects.filter(vraag=OuterRef("pk"))),
        )
        .first()
    )
    if gevonden is None:
        raise Http404
    if gevonden.oplossing is not None:
        gevonden.oplossing.vraag = gevonden
    return gevonden


def _antwoorden(vraag: Vraag, vanaf: int) -> tuple[list[Antwoord], int | None]:
    andere = Antwoord.objects.filter(vraag=vraag, pk__gt=vanaf).exclude(pk=vraag.oplossing_id)
    gevonden = list(andere.order_by("pk")[: PER_BLAD + 1])
    meer = len(gevonden) > PER_BLAD
    gevonden = gevonden[:PER_BLAD]
    return gevonden, gevonden[-1].pk if meer else None


def _blad_met(vraag: Vraag, bij: int) -> int:
    """The cursor of a page that shows answer ``bij``: the first one when it stands there."""
    andere = Antwoord.objects.filter(vraag=vraag).exclude(pk=vraag.oplossing_id)
    eerder = andere.filter(pk__lt=bij).order_by("pk").values_list("pk", flat=True)[:PER_BLAD]
    return 0 if len(eerder) < PER_BLAD or bij == vraag.oplossing_id else bij - 1


def _reacties(vraag: Vraag, antwoorden: list[Antwoord]) -> list[Reactie]:
    """All under the question and under these answers; each answer gets its own as ``zijn_reacties``."""
    per_antwoord: dict[int | None, list[Reactie]] = {antwoord.pk: [] for antwoord in antwoorden}
    per_antwoord[None] = []
    gevonden = list(
        Reactie.objects.filter(Q(antwoord=None) | Q(antwoord__in=antwoorden), thread=vraag.pk).order_by("pk")
    )
    for reactie in gevonden:
        per_antwoord[reactie.antwoord_id].append(reactie)
    for antwoord in antwoorden:
        antwoord.zijn_reacties = per_antwoord[antwoord.pk]
    return gevonden


_MIJN = """
select 'bedankt', antwoord_id from {bedankje} where thread_id = %s and gebruiker_id = %s
union all select 'gestemd', null from {stem} where thread_id = %s and gebruiker_id = %s
union all select 'volgt', null from {volger} where thread_id = %s and gebruiker_id = %s
union all select 'geholpen', null from {gelezen}
    where thread_id = %s and gebruiker_id = %s and geholpen_op is not null
union all select 'is_bij', null from {gelezen} g join {thread} t on t.id = g.thread_id
    join {vraag} v on v.thread_id = t.id
    where g.thread_id = %s and g.gebruiker_id = %s and g.gelezen_op >= t.laatst_actief_op
    and (v.opgelost_op is null or g.gelezen_op >= v.opgelost_op)
union all select 'heeft_concept', null from {concept} where plek = %s and gebruiker_id = %s
"""
_tabellen = {
    naam: connection.ops.quote_name(model._meta.db_table)
    for naam, model in {
        "bedankje": Bedankje,
        "stem": Stem,
        "volger": Volger,
        "gelezen": Gelezen,
        "thread": Thread,
        "vraag": Vraag,
        "concept": Concept,
    }.items()
}
_MIJN_SQL = _MIJN.format(**_tabellen)


def plek_van_antwoord(pk: int) -> str:
    """Where the Concept of an answer to this question is kept."""
    return f"vraag:{pk}:antwoord"


def mijn(vraag: Vraag, gebruiker) -> Mijn:
    """What ``gebruiker`` did with ``vraag`` before: six small questions in one statement."""
    gedaan = Mijn()
    params = [vraag.pk, gebruiker.pk] * 5 + [plek_van_antwoord(vraag.pk), gebruiker.pk]
    with connection.cursor() as cursor:
        cursor.execute(_MIJN_SQL, params)
        for wat, antwoord in cursor.fetchall():
            if antwoord is not None:
                gedaan.bedankte_antwoorden.add(antwoord)
            else:
                setattr(gedaan, wat, True)
    return gedaan


def _mensen(vraag, antwoorden, reacties, overdrachten, kijker, eigen: set[int]) -> dict[int, Any]:
    """Everyone named on the page, ready to show: see ``maak_toonbaar``."""
    pks = {
        vraag.thread.steller_id,
        vraag.behandelaar_id,
        vraag.contactpersoon_id,
        vraag.opgelost_door_id,
        vraag.eigenaar_id,
    }
    for antwoord in antwoorden:
        pks.add(antwoord.schrijver_id)
        pks.add(antwoord.gecontroleerd_door_id)
    pks.update(reactie.schrijver_id for reactie in reacties)
    for overdracht in overdrachten:
        pks.update((overdracht.van_id, overdracht.naar_id, overdracht.door_id))
    pks.discard(None)
    mensen = {mens.pk: mens for mens in met_functie(get_user_model().objects.filter(pk__in=pks))}
    for mens in mensen.values():
        maak_toonbaar(mens, kijker, eigen)
    return mensen


def met_functie(gebruikers):
    """``gebruikers`` with what ``maak_toonbaar`` needs, in the same query."""
    return (
        gebruikers.select_related("profiel")
        .annotate(organisatie_naam=F("organisatie__naam"), afdeling_naam=F("profiel__afdeling__naam"))
        .only(
            "voornaam",
            "tussenvoegsel",
            "achternaam",
            "email",
            "organisatie",
            "is_active",
            "profiel__functie",
            "profiel__foto",
        )
    )


def maak_toonbaar(mens, kijker, eigen: set[int]) -> None:
    """Give ``mens`` what stands beside the name; ``eigen`` are the deelnemers that the Groep is of."""
    is_gast = mens.organisatie_id not in eigen
    mens.gast_van = (mens.organisatie_naam or "") if is_gast else ""
    mens.is_gast_hier = is_gast
    # Where someone works says nothing new to a direct colleague, and for a Gast the label says it.
    elders = mens.organisatie_id != kijker.organisatie_id and not is_gast
    plek = mens.organisatie_naam if elders else mens.afdeling_naam
    mens.regel = ", ".join(deel for deel in (mens.profiel.functie, plek) if deel)
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
