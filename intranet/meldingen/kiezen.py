"""Who and what to offer while somebody types ``@ja``: people first, best first, then groups and topics.

People come through the rule: whom the writer may see, and of those who may read in the Groep. Behind them,
told apart, a few who may not: naming them reaches nobody. A fixed number of statements, however many people
there are.
"""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup, escape

from groepen import toegang
from groepen.models import Antwoord, Groep, Reactie, Thread
from intranet.meldingen.tekenen import te_kennen_afdelingen
from profielen.aanwezigheid import aanwezigheid
from profielen.models import Afdeling, Deskundigheid, Gebruiker, Onderwerp
from profielen.namen import vouw

MENSEN, GROEPEN, AFDELINGEN, ONDERWERPEN = 7, 3, 3, 3
# Of those who cannot read here.
BUITEN = 3
LANGSTE = 60

_HIER, _LID, _COLLEGA, _LEEST, _LEEST_NIET = range(5)


@dataclass(slots=True)
class Optie:
    """One to choose: ``doel`` is what is stored ("gebruiker:12"), ``naam`` what the writer then reads."""

    doel: str
    naam: str
    # With what was typed in <b>.
    getekend: Markup
    uitleg: str
    ding: Any
    leest: bool = True


@dataclass(slots=True)
class Keuze:
    mensen: list[Optie] = field(default_factory=list)
    buiten: list[Optie] = field(default_factory=list)
    groepen: list[Optie] = field(default_factory=list)
    onderwerpen: list[Optie] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.mensen) + len(self.buiten) + len(self.groepen) + len(self.onderwerpen)


def kies(schrijver: Any, tekst: str, groep: Groep | None = None, thread: Thread | None = None) -> Keuze:
    """What to offer for ``tekst``; without it (a bare @) the people of this Thread.

    Without ``groep`` (nobody said yet where it will be asked) all people whom the writer may see.
    """
    gevouwen = vouw(tekst.replace("\0", "")[:LANGSTE])
    if not gevouwen and thread is None:
        return Keuze()
    mensen = _mensen(schrijver, gevouwen, groep, thread)
    keuze = Keuze(
        [optie for optie in mensen if optie.leest], [optie for optie in mensen if not optie.leest][:BUITEN]
    )
    if gevouwen:
        hier = _bij_het_woord(schrijver, gevouwen, groep)
        rest = _groepen(schrijver, gevouwen) + _afdelingen(schrijver, gevouwen, groep)
        al = {optie.doel for optie in hier}
        keuze.groepen = hier + [optie for optie in rest if optie.doel not in al]
        keuze.onderwerpen = _onderwerpen(schrijver, gevouwen, groep)
    return keuze


# --- People ---------------------------------------------------------------------------------------


def _mensen(schrijver: Any, tekst: str, groep: Groep | None, thread: Thread | None) -> list[Optie]:
    mensen = Gebruiker.objects.zichtbaar_voor(schrijver).exclude(pk=schrijver.pk)
    for woord in tekst.split():
        # The tussenvoegsel is not part of the sorteernaam ("idrissi fatima").
        mensen = mensen.filter(begint(woord) | Q(tussenvoegsel__icontains=woord))
    rangen = _rangen(schrijver, groep, thread)
    if not tekst:
        mensen = mensen.filter(rangen[0].condition)
    anders = _LEEST if groep is None else _LEEST_NIET
    gevonden = (
        mensen.annotate(rang=Case(*rangen, default=Value(anders), output_field=IntegerField()))
        .select_related("organisatie", "profiel__afdeling")
        .only(
            *("voornaam", "tussenvoegsel", "achternaam", "email", "sorteernaam", "organisatie__naam"),
            *("profiel__functie", "profiel__foto", "profiel__afdeling__naam", "profiel__dagdelen"),
            *("profiel__afwezig_van", "profiel__afwezig_tot"),
        )
        .order_by("rang", "sorteernaam", "pk")
    )
    return [
        Optie(
            f"gebruiker:{mens.pk}",
            mens.naam,
            markeer(mens.naam, tekst),
            _over(mens, schrijver),
            mens,
            mens.rang != _LEEST_NIET,
        )
        for mens in gevonden[:MENSEN]
    ]


def _rangen(schrijver: Any, groep: Groep | None, thread: Thread | None) -> list[When]:
    """The nearest first; who may not read in ``groep`` comes last, however near."""
    uit = []
    leest = Q() if groep is None else Q(pk__in=toegang.lezers(groep).order_by().values("pk"))
    if thread is not None:
        antwoorden = Antwoord.objects.filter(vraag=thread.pk, verwijderd_op=None)
        reacties = Reactie.objects.filter(thread=thread.pk, verwijderd_op=None)
        hier = (
            Q(pk=thread.steller_id)
            | Q(pk__in=antwoorden.values("schrijver"))
            | Q(pk__in=reacties.values("schrijver"))
        )
        uit.append(When(hier & leest, then=Value(_HIER)))
    if groep is not None:
        leden = groep.lidmaatschappen.filter(toegang.lopend()).values("gebruiker")
        uit.append(When(Q(pk__in=leden) & leest, then=Value(_LID)))
    if schrijver.profiel.afdeling_id:
        collega = Q(profiel__afdeling=schrijver.profiel.afdeling_id)
        uit.append(When(collega & leest, then=Value(_COLLEGA)))
    if groep is not None:
        uit.append(When(leest, then=Value(_LEEST)))
    return uit


def _over(mens: Any, schrijver: Any) -> str:
    """What tells two people of one name apart: "Marktmeester, Zandmeer. Terug op 30 november"."""
    plek = mens.profiel.afdeling.naam if mens.profiel.afdeling else ""
    if mens.organisatie_id != schrijver.organisatie_id:
        plek = mens.organisatie.naam if mens.organisatie else ""
    regel = ", ".join(deel for deel in (mens.profiel.functie, plek) if deel)
    return ". ".join(deel for deel in (regel, aanwezigheid(mens.profiel).tekst) if deel)


# --- Groups, departments, topics ------------------------------------------------------------------


def _bij_het_woord(schrijver: Any, tekst: str, groep: Groep | None) -> list[Optie]:
    """Who types the word @groep (or @iedereen) means this one, who types @afdeling their own."""
    uit = []
    if groep is not None and len(tekst) > 1 and _is_begin(tekst, _("groep"), _("iedereen")):
        uitleg = _("Deze groep, %(leden)s") % {"leden": _leden(groep.aantal_leden).partition(", ")[2]}
        uit.append(Optie(f"groep:{groep.pk}", groep.naam, escape(groep.naam), uitleg, groep))
    afdeling = schrijver.profiel.afdeling if len(tekst) > 1 and _is_begin(tekst, _("afdeling")) else None
    if afdeling is not None:
        uit.append(
            Optie(f"afdeling:{afdeling.pk}", afdeling.naam, escape(afdeling.naam), _("Jouw afdeling"), None)
        )
    return uit


def _is_begin(tekst: str, *woorden: str) -> bool:
    return any(vouw(woord).startswith(tekst) for woord in woorden)


def _groepen(schrijver: Any, tekst: str) -> list[Optie]:
    """Those whose card the writer may see; their own first."""
    mijn = {lid.groep_id for lid in toegang.onthoud_lidmaatschappen(schrijver)}
    gevonden = (
        _met_naam(Groep.objects.vindbaar_voor(schrijver).lopend(), tekst)
        .annotate(rang=Case(When(pk__in=mijn, then=Value(0)), default=Value(1)))
        .only("naam", "icoon", "tint", "aantal_leden")
        .order_by("rang", "sorteernaam", "pk")
    )
    return [
        Optie(f"groep:{groep.pk}", groep.naam, markeer(groep.naam, tekst), _leden(groep.aantal_leden), groep)
        for groep in gevonden[:GROEPEN]
    ]


def _leden(aantal: int) -> str:
    return ngettext("Groep, %(num)s lid", "Groep, %(num)s leden", aantal) % {"num": aantal}


def _afdelingen(schrijver: Any, tekst: str, groep: Groep | None) -> list[Optie]:
    """Of the own organisatie first, then of those that the Groep is of."""
    waar = Q(organisatie=schrijver.organisatie_id)
    if groep is not None:
        waar |= Q(organisatie__in=groep.organisaties.values("pk"))
    gevonden: QuerySet[Afdeling] = (
        _met_naam(te_kennen_afdelingen(schrijver).filter(waar), tekst)
        .annotate(rang=Case(When(organisatie=schrijver.organisatie_id, then=Value(0)), default=Value(1)))
        .select_related("organisatie")
        .order_by("rang", "sorteernaam", "pk")
    )
    return [
        Optie(
            f"afdeling:{afdeling.pk}",
            afdeling.naam,
            markeer(afdeling.naam, tekst),
            _("Afdeling van %(organisatie)s") % {"organisatie": afdeling.organisatie.naam},
            None,
        )
        for afdeling in gevonden[:AFDELINGEN]
    ]


def _onderwerpen(schrijver: Any, tekst: str, groep: Groep | None) -> list[Optie]:
    """Those that somebody knows about come first, and of these what begins with what was typed."""
    soorten = (Deskundigheid.Soort.OPGEGEVEN, Deskundigheid.Soort.BEWEZEN)
    # As far as the writer is told: what proves it may stand where they cannot read.
    kenners = Deskundigheid.objects.zichtbaar_voor(schrijver).filter(soort__in=soorten, verborgen_op=None)
    if groep is not None:
        kenners = kenners.filter(profiel__in=toegang.lezers(groep).order_by().values("pk"))
    bekend = Case(When(pk__in=kenners.order_by().values("onderwerp"), then=Value(0)), default=Value(1))
    vooraan = Case(When(sorteernaam__startswith=tekst, then=Value(0)), default=Value(1))
    gevonden = list(
        _met_naam(Onderwerp.objects.all(), tekst).order_by(bekend, vooraan, "sorteernaam")[:ONDERWERPEN]
    )
    if not gevonden:
        return []
    aantallen = dict(
        kenners.filter(onderwerp__in=gevonden)
        .order_by()
        .values_list("onderwerp")
        .annotate(aantal=Count("profiel", distinct=True))
    )
    return [
        Optie(
            f"onderwerp:{onderwerp.pk}",
            onderwerp.naam,
            markeer(onderwerp.naam, tekst),
            _kenners(aantallen.get(onderwerp.pk, 0)),
            None,
        )
        for onderwerp in gevonden
    ]


def _kenners(aantal: int) -> str:
    if not aantal:
        return _("Nog niemand weet hier veel van")
    zin = ngettext("%(num)s mens weet hier veel van", "%(num)s mensen weten hier veel van", aantal)
    return zin % {"num": aantal}


# --- Words ----------------------------------------------------------------------------------------


def begint(woord: str) -> Q:
    """A word of the folded name begins so; names are written with hyphens and quotes too."""
    waar = Q(sorteernaam__startswith=woord)
    for ervoor in " -'’(":
        waar |= Q(sorteernaam__contains=f"{ervoor}{woord}")
    return waar


def _met_naam(dingen: QuerySet, tekst: str) -> QuerySet:
    for woord in tekst.split():
        dingen = dingen.filter(begint(woord))
    return dingen


def markeer(naam: str, tekst: str) -> Markup:
    """``naam`` with the beginnings of words that were typed in bold."""
    getypt = sorted(tekst.split(), key=len, reverse=True)
    delen = []
    for woord in naam.split(" "):
        begin = next((len(w) for w in getypt if vouw(woord[: len(w)]) == w), 0)
        delen.append(Markup("<b>{}</b>{}").format(woord[:begin], woord[begin:]) if begin else escape(woord))
    return Markup(" ").join(delen)
