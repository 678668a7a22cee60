"""What the start page answers, in this order: what waits for me, what is new, what did we learn this week."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from groepen import feed, lijsten, toegang
from groepen.models import Bedankje, Groep, Toetredingsverzoek, Vraag
from groepen.voorbereid import Voor
from groepen.wachten import Wacht, wacht
from intranet.werkdagen import min_werkdagen
from profielen.models import Deskundigheid

RIJEN = 12
GELEERD_DAGEN = 7
DANK_DAGEN = 14

TONEN = {
    "": gettext_lazy("Alles"),
    "onbeantwoord": gettext_lazy("Zonder antwoord"),
    "gevolgd": gettext_lazy("Gevolgd"),
}


@dataclass(slots=True)
class Taak:
    """One thing that waits for me: an icon with a kind, a link, one line, and a badge or a button."""

    soort: str  # "", goed, let, laat
    icoon: str
    adres: str
    titel: str
    uitleg: str
    sinds: datetime | None = None
    wacht: Wacht | None = None
    knop: str = ""


def taken(gebruiker) -> list[Taak]:
    """What waits for ``gebruiker``, in at most four queries.

    Their claims, their own questions with answers, requests to join the Groepen they beheren, and what stands
    unanswered beyond the norm in their Groepen.
    """
    nu = timezone.now()
    leden = toegang.onthoud_lidmaatschappen(gebruiker)
    uit = [
        Taak(
            "let", "hourglass", vraag.get_absolute_url(), vraag.titel,
            _("Jij pakte dit op in %(groep)s.") % {"groep": vraag.groep.naam},
            wacht=None if vraag.thread.aantal_antwoorden else _wacht(vraag, nu),
        )
        for vraag in _opgepakt(gebruiker)
    ]  # fmt: skip
    for vraag in _van_mij(gebruiker):
        aantal = vraag.thread.aantal_antwoorden
        uit.append(
            Taak(
                "goed", "circle-check", vraag.get_absolute_url(), vraag.titel,
                ngettext(
                    "Jij vroeg dit. Er is %d antwoord: kies het als het werkte.",
                    "Jij vroeg dit. Er zijn %d antwoorden: kies wat werkte.",
                    aantal,
                ) % aantal,
                knop=_("Kies"),
            )
        )  # fmt: skip
    uit += _verzoeken(gebruiker, leden)
    uit += _te_laat(gebruiker, leden, nu)
    return uit


def _levend(ik):
    return Vraag.objects.zichtbaar_voor(ik).levend()


def _te_doen(ik):
    """In a closed Groep nothing waits for anybody."""
    return _levend(ik).filter(thread__groep__gesloten_op=None)


def _als_taak(vragen):
    """With what a Taak shows, and nothing more."""
    return vragen.select_related("thread__groep").only(
        "status",
        "behandelaar_actief_op",
        "thread__titel",
        "thread__gestart_op",
        "thread__aantal_antwoorden",
        "thread__groep__naam",
        "thread__groep__norm_werkdagen",
    )


_opgepakt = Voor(lambda ik: _als_taak(_te_doen(ik).opgepakt_door(ik)).order_by("thread__gestart_op")[:5])
_van_mij = Voor(
    lambda ik: (
        _als_taak(_te_doen(ik).onopgelost())
        .filter(thread__steller=ik, thread__aantal_antwoorden__gt=0)
        .exclude(behandelaar=ik)  # stands above already
        .order_by("-thread__laatst_actief_op", "-thread_id")[:3]
    )
)


def _wacht(vraag, nu) -> Wacht:
    """As a badge of its own, without a meter beside it: on the first day it says what is left."""
    hoe = wacht(vraag.thread.gestart_op, vraag.groep.norm_werkdagen, nu)
    return hoe._replace(icoon="clock", woorden=hoe.onder.capitalize()) if hoe.soort == "open" else hoe


def _verzoeken(gebruiker, leden) -> list[Taak]:
    if not any(lid.rol in toegang.BEHEERT for lid in leden):
        return []
    return [
        Taak(
            "", "users-plus", f"/groepen/{verzoek.groep.slug}/leden/",
            _("%(naam)s wil bij %(groep)s") % {"naam": verzoek.gebruiker.naam, "groep": verzoek.groep.naam},
            verzoek.motivatie or _("Laat weten of dat kan."),
            sinds=verzoek.gedaan_op,
            knop=_("Bekijk"),
        )
        for verzoek in _open_verzoeken(gebruiker)
    ]  # fmt: skip


_open_verzoeken = Voor(
    lambda ik: (
        Toetredingsverzoek.objects.zichtbaar_voor(ik)
        .filter(groep__in=toegang.lid_van(ik, rol__in=toegang.BEHEERT), besloten_op=None)
        .select_related("groep", "gebruiker")
        .order_by("gedaan_op")[:5]
    )
)


def _te_laat(gebruiker, leden, nu) -> list[Taak]:
    """Unanswered beyond the norm: each norm has its own border, counted in working days."""
    per_norm: dict[int, list[int]] = {}
    for lid in leden:
        if lid.rol in toegang.SCHRIJFT and not lid.groep.is_gesloten:
            per_norm.setdefault(lid.groep.norm_werkdagen, []).append(lid.groep_id)
    if not per_norm:
        return []
    waarden: dict[str, Any] = {}
    for nummer, norm in enumerate(sorted(per_norm)):
        waarden |= {f"groepen{nummer}": per_norm[norm], f"grens{nummer}": min_werkdagen(nu, norm)}
    return [
        Taak(
            "laat", "clock-exclamation", vraag.get_absolute_url(), vraag.titel,
            _("Nog geen antwoord in %(groep)s.") % {"groep": vraag.groep.naam},
            wacht=_wacht(vraag, nu),
        )
        for vraag in _over_de_norm(gebruiker, len(per_norm), **waarden)
    ]  # fmt: skip


def _bouw_over_de_norm(ik, aantal, **waarden):
    te_lang = (
        Q(thread__groep__in=waarden[f"groepen{nummer}"], thread__gestart_op__lt=waarden[f"grens{nummer}"])
        for nummer in range(aantal)
    )
    vragen = _levend(ik).onbeantwoord().filter(reduce(or_, te_lang), behandelaar=None)
    return _als_taak(vragen).order_by("-thread__gestart_op")[:3]


_over_de_norm = Voor(_bouw_over_de_norm)


def _mijn_groepen(gebruiker) -> list[int]:
    return [lid.groep_id for lid in toegang.onthoud_lidmaatschappen(gebruiker)]


def nieuw(gebruiker, toon: str = "") -> list[lijsten.Rij]:
    """The rows of "Nieuw in jouw groepen": one query."""
    groepen = _mijn_groepen(gebruiker)
    if toon == "gevolgd":
        gevolgd = _levend(gebruiker).gevolgd_door(gebruiker)
        gevolgd = gevolgd.order_by("-thread__laatst_actief_op", "-thread_id")
        return lijsten.rijen(lijsten.met_alles_voor_rij(gevolgd, gebruiker)[:RIJEN], gebruiker)
    stand = "onbeantwoord" if toon == "onbeantwoord" else ""
    return lijsten.rijen(feed.nieuwste(gebruiker, RIJEN, alleen_groepen=groepen, stand=stand), gebruiker)


def geleerd(gebruiker) -> list[Vraag]:
    """The solutions of this week in my Groepen that helped most colleagues: one query."""
    nu = timezone.now()
    sinds = nu - timedelta(days=GELEERD_DAGEN)
    return _geleerd(gebruiker, groepen=_mijn_groepen(gebruiker), sinds=sinds, tot=nu)


_geleerd = Voor(
    # With an end: without one PostgreSQL expects a third of all there is, and plans it anew each time.
    lambda ik, groepen, sinds, tot: (
        _levend(ik)
        .filter(thread__groep__in=groepen, thread__opgelost_op__range=(sinds, tot))
        .select_related("thread")
        .only("thread__titel", "thread__fragment", "thread__aantal_geholpen")
        .order_by("-thread__aantal_geholpen", "-thread__opgelost_op")[:3]
    )
)


def helpen(gebruiker) -> list[Vraag]:
    """Unanswered questions on the Onderwerpen that my Profiel names: one query."""
    return _helpen(gebruiker)


# By way of what still waits in the Groepen one may read: on an Onderwerp much more was ever asked.
_helpen = Voor(
    lambda ik: (
        _levend(ik)
        .onbeantwoord()
        .filter(
            Exists(Deskundigheid.objects.filter(profiel=ik)),  # most people name none, and are done here
            Exists(
                Vraag.onderwerpen.through.objects.filter(
                    vraag=OuterRef("pk"),
                    onderwerp__in=Deskundigheid.objects.filter(profiel=ik).values("onderwerp"),
                )
            ),
            thread__groep__pk__eerst_in=Groep.objects.zichtbaar_voor(ik).order_by().values("pk"),
        )
        .exclude(thread__steller=ik)
        .select_related("thread__groep")
        .only("status", "thread__titel", "thread__gestart_op", "thread__groep__norm_werkdagen")
        .order_by("-thread_id")[:3]
    )
)


# With an end, like _geleerd.
_bedankjes = Voor(
    lambda ik, sinds, tot: (
        Bedankje.objects.zichtbaar_voor(ik)
        .filter(ontvanger=ik, gegeven_op__range=(sinds, tot), thread__verwijderd_op=None)
        .select_related("gebruiker__profiel", "thread")
        .only(
            "thread__titel",
            "thread__soort",
            "gebruiker__voornaam",
            "gebruiker__tussenvoegsel",
            "gebruiker__achternaam",
            "gebruiker__email",
            "gebruiker__profiel__foto",
        )
        .order_by("-gegeven_op", "-pk")[:12]
    )
)


def bedankt(gebruiker) -> list[dict[str, Any]]:
    """Who thanked me lately, and for what, as far as I may still read it: one query."""
    nu = timezone.now()
    per_thread: dict[int, dict[str, Any]] = {}
    for bedankje in _bedankjes(gebruiker, sinds=nu - timedelta(days=DANK_DAGEN), tot=nu):
        groepje = per_thread.setdefault(
            bedankje.thread_id, {"wie": bedankje.gebruiker, "thread": bedankje.thread, "anderen": -1}
        )
        groepje["anderen"] += 1
    return list(per_thread.values())[:3]
