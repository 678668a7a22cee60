"""People by what they know: found by votes of what they wrote that the reader may see, and by their Profiel.

The questions and articles that fit a query vote for who answered, solved or wrote them. A vote is as heavy as
the question fits, and each next one of the same person counts less, so that ten half-fitting answers do not
beat the two that hit. What the Profiel says counts too. Nobody is ranked beside a query: without words there
are no people here.

Each comes with the reason, in words, and it counts nothing but what this reader may open::

    for gevonden in mensen.vind("parkeervergunning mantelzorg", sleutels, request.user):
        gevonden.nummer, gevonden.score, gevonden.reden   # 15, 7.2, "Gaf 2 oplossingen over parkeren"
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from django.db.models import BigIntegerField, CharField, DateTimeField, F, Q, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groepen.models import Thread
from groepen.voorbereid import Voor
from intranet.prepared import plan_cursor
from intranet.zoeken.analyse import STOPWOORDEN, Zoekvraag, stam, vraag, woorden
from intranet.zoeken.motor import Filters, Motor, Opdracht, Treffer, motor
from profielen.models import Gebruiker
from profielen.toegang import is_actief

VRAAG, ARTIKEL, MENS = "vraag", "artikel", "mens"
IS_ARTIKEL = -1
# So many questions and articles vote, and so many Profielen stand beside them.
STEMMERS, PROFIELEN = 100, 40
# What a question counts for: an answer, more when it solved it, more when somebody vouched for it.
ANTWOORD, OPLOSSING, GECONTROLEERD, GESCHREVEN = 1.0, 1.6, 0.3, 1.4
# Where more people answered than this, an answer says little about who gave it: what solved it, or what
# somebody vouched for, still does.
VEEL_ANTWOORDEN = 25
# Each next vote for the same person counts for so much of the one before it.
VOLGENDE = 0.6
# Somebody asked for the very Onderwerp that a question was filed under.
ONDERWERP = 4.0
# A Profiel that fits as well as the best question weighs as much as so many answers to it.
PROFIEL = 5.0
# A reason counts what fits at least half as well as the best.
STERK = 0.5
# So many of a list of all kinds are people who stand there only by their votes, from this place on.
IN_LIJST, VANAF_PLEK = 2, 2


class _Stem:
    """One thing that somebody wrote.

    Attributes:
        past: how well it fits, the best of all 1.
        is_gevraagd: filed under an Onderwerp that was asked for.
        over: the Onderwerpen that it is filed under.
    """

    # Some hundreds of them are made for a page.
    __slots__ = ("gewicht", "is_artikel", "is_gevraagd", "is_oplossing", "is_sterk", "over", "past")

    def __init__(self, past: float) -> None:
        self.past, self.is_sterk = past, past >= STERK
        self.gewicht = 0.0
        self.is_oplossing = self.is_artikel = self.is_gevraagd = False
        self.over: tuple[str, ...] = ()


@dataclass(slots=True)
class Gevonden:
    """A Gebruiker (``nummer`` is the key) with the reason why they were found."""

    nummer: int
    score: float
    stemmen: list[_Stem] = field(default_factory=list, repr=False)
    in_profiel: float = 0.0
    gezocht: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def reden(self) -> str:
        """In words; written when it is asked for, because many are found and few are shown."""
        return _reden(self.stemmen, self.in_profiel, self.gezocht)


def vind(
    tekst: str | Zoekvraag,
    sleutels: Iterable[str],
    gebruiker: Gebruiker,
    aantal: int = 10,
    *,
    zoekmachine: Motor | None = None,
) -> list[Gevonden]:
    """Who knows most about this, best first. Two questions to the engine and one to the database."""
    if isinstance(tekst, str):
        tekst = vraag(tekst)
    zoekmachine, sleutels = zoekmachine or motor(), frozenset(sleutels)

    def treffers(soorten: tuple[str, ...], hoeveel: int) -> list[Treffer]:
        opdracht = Opdracht(tekst, sleutels, Filters(soorten=soorten), aantal=hoeveel)
        return zoekmachine.zoek(opdracht).treffers

    gevonden = treffers((VRAAG, ARTIKEL), STEMMERS) + treffers((MENS,), PROFIELEN)
    return stem(tekst, gevonden, gebruiker, aantal)


def stem(
    zoekvraag: Zoekvraag, treffers: Sequence[Treffer], gebruiker: Gebruiker, aantal: int = 10
) -> list[Gevonden]:
    """The people behind these hits of ``zoekvraag``, best first; one query."""
    if not is_actief(gebruiker) or not treffers:
        return []
    gezocht = frozenset(term.token for term in zoekvraag.termen if term.soort != "synoniem")
    stemmen = _stemmen(treffers, gebruiker, gezocht)
    profielen = [treffer for treffer in treffers if treffer.soort == MENS]
    top = max(treffer.score for treffer in treffers) or 1.0
    in_profiel = {treffer.nummer: PROFIEL * (treffer.score / top) for treffer in profielen}
    punten = {wie: _som(van_wie) + in_profiel.get(wie, 0.0) for wie, van_wie in stemmen.items()}
    punten |= {wie: score for wie, score in in_profiel.items() if wie not in punten}
    beste = sorted(punten, key=lambda wie: (-punten[wie], wie))[:aantal]
    return [
        Gevonden(wie, punten[wie], stemmen.get(wie, []), in_profiel.get(wie, 0.0), gezocht) for wie in beste
    ]


def meng(treffers: Sequence[Treffer], gevonden: Sequence[Gevonden]) -> list[Treffer]:
    """A first page of all kinds, with the best of the people in it who only stand there by their votes.

    People who were hits already stay where they are; the page gets longer by at most ``IN_LIJST``.
    """
    uit = list(treffers)
    staat_er = {treffer.nummer for treffer in treffers if treffer.soort == MENS}
    erbij = [mens for mens in gevonden[: IN_LIJST + len(staat_er)] if mens.nummer not in staat_er][:IN_LIJST]
    for mens in reversed(erbij):
        uit.insert(VANAF_PLEK, Treffer(f"{MENS}:{mens.nummer}", MENS, mens.nummer, mens.score))
    return uit


# --- Votes ----------------------------------------------------------------------------------------


def _antwoorden_bij(ik, pks):
    """Asked from the questions: looked up once each, however many answers they have."""
    telt = Q(aantal_antwoorden__lte=VEEL_ANTWOORDEN) | Q(vraag__oplossing=F("vraag__antwoorden"))
    telt |= Q(vraag__antwoorden__gecontroleerd_op__isnull=False)
    return (
        Thread.objects.zichtbaar_voor(ik)
        .levend()
        .filter(telt, pk__in=pks, vraag__antwoorden__isnull=False, vraag__antwoorden__verwijderd_op=None)
        .order_by()
        .values_list(
            "vraag__antwoorden__schrijver",
            "pk",
            "vraag__oplossing",
            "vraag__antwoorden__pk",
            "vraag__antwoorden__gecontroleerd_op",
            "vraag__onderwerpen__naam",
            "vraag__onderwerpen",
        )
    )


def _artikelen(ik, pks):
    """In the columns of ``_antwoorden_bij``; where an Oplossing would stand, that it is an article."""
    return (
        Thread.objects.zichtbaar_voor(ik)
        .levend()
        .filter(pk__in=pks, soort=Thread.Soort.ARTIKEL, artikel__live=True)
        .order_by()
        .annotate(
            is_artikel=Value(IS_ARTIKEL, BigIntegerField()),
            antwoord=Value(0, BigIntegerField()),
            gecontroleerd=Cast(Value(None), DateTimeField()),
            over=Cast(Value(None), CharField()),
            onderwerp=Cast(Value(None), BigIntegerField()),
        )
        .values_list("steller", "pk", "is_artikel", "antwoord", "gecontroleerd", "over", "onderwerp")
    )


def _bijdragen_bij(ik, vragen=None, artikelen=None):
    """Of what was found; seldom both."""
    if vragen is None:
        return _artikelen(ik, artikelen)
    antwoorden = _antwoorden_bij(ik, vragen)
    return antwoorden if artikelen is None else antwoorden.union(_artikelen(ik, artikelen), all=True)


_zoek_bijdragen = Voor(_bijdragen_bij)
# What somebody does not want to be known for says nothing about them here either.
_VERBORGEN = (
    "select 1 from profielen_deskundigheid d"
    " where d.profiel_id = b.wie and d.onderwerp_id = b.onderwerp and d.verborgen_op is not null"
)
# Whom of them the reader may see is asked once of each, not of everything that they wrote.
_WIE = RawSQL("select distinct wie from bijdrage", [])
_schrijvers = Voor(
    lambda ik: Gebruiker.objects.zichtbaar_voor(ik).filter(pk__eerst_in=_WIE).order_by().values("pk")
)


def _stemmen(
    treffers: Sequence[Treffer], gebruiker: Gebruiker, gezocht: frozenset[str]
) -> dict[int, list[_Stem]]:
    """Gebruiker → what they wrote; of several answers to one question the best."""
    top = max(treffer.score for treffer in treffers) or 1.0
    past = {treffer.nummer: treffer.score / top for treffer in treffers if treffer.soort in (VRAAG, ARTIKEL)}
    uit: dict[tuple[int, int], _Stem] = {}
    for wie, thread, oplossing, pk, is_gecontroleerd, over in _bijdragen(treffers, gebruiker):
        een = uit.get((wie, thread))
        if een is None:
            een = uit[wie, thread] = _Stem(past[thread])
        is_artikel, is_oplossing = oplossing == IS_ARTIKEL, oplossing == pk
        if is_artikel:
            waarde = GESCHREVEN
        else:
            waarde = (OPLOSSING if is_oplossing else ANTWOORD) + (GECONTROLEERD if is_gecontroleerd else 0.0)
        gewicht = waarde * een.past * (ONDERWERP if een.is_gevraagd else 1.0)
        if gewicht > een.gewicht:
            een.gewicht, een.is_oplossing, een.is_artikel = gewicht, is_oplossing, is_artikel
        if over is not None and over not in een.over:
            een.over += (over,)
            if not een.is_gevraagd and _tokens(over) <= gezocht:
                een.is_gevraagd = een.is_sterk = True
                een.gewicht *= ONDERWERP
    per_mens: dict[int, list[_Stem]] = {}
    for (wie, _thread), een in uit.items():
        per_mens.setdefault(wie, []).append(een)
    return per_mens


def _bijdragen(treffers: Sequence[Treffer], gebruiker: Gebruiker) -> list[tuple]:
    """Who wrote what in these questions and articles."""
    vragen = [treffer.nummer for treffer in treffers if treffer.soort == VRAAG]
    artikelen = [treffer.nummer for treffer in treffers if treffer.soort == ARTIKEL]
    van = {naam: pks for naam, pks in (("vragen", vragen), ("artikelen", artikelen)) if pks}
    if not van:
        return []
    bijdragen, van_bijdragen = _zoek_bijdragen.sql(gebruiker, **van)
    schrijvers, van_schrijvers = _schrijvers.sql(gebruiker)
    with plan_cursor() as cursor:
        cursor.execute(
            "with bijdrage(wie, thread, oplossing, antwoord, gecontroleerd_op, over, onderwerp)"  # noqa: S608
            f" as materialized ({bijdragen})"
            " select wie, thread, oplossing, antwoord, gecontroleerd_op is not null, over"
            f" from bijdrage b where wie in ({schrijvers}) and not exists ({_VERBORGEN})",
            van_bijdragen + van_schrijvers,
        )
        return cursor.fetchall()


def _som(stemmen: list[_Stem]) -> float:
    if len(stemmen) == 1:
        return stemmen[0].gewicht
    zwaarste = sorted((een.gewicht for een in stemmen), reverse=True)
    return sum(gewicht * VOLGENDE**plek for plek, gewicht in enumerate(zwaarste))


# --- Reasons --------------------------------------------------------------------------------------


def _reden(stemmen: list[_Stem], in_profiel: float, gezocht: frozenset[str]) -> str:
    """In words why somebody was found; nobody is a he or a she in it."""
    sterk = [een for een in stemmen if een.is_sterk]
    if not sterk:
        if in_profiel >= _som(stemmen):
            # Perhaps only a part of a compound: not that it stands there.
            return _("Het profiel past hierbij")
        return _("Schreef mee bij vragen die hierop lijken")
    over = _over(sterk, gezocht)
    if over:
        sterk = [een for een in sterk if over in een.over]
    oplossingen = sum(een.is_oplossing for een in sterk)
    antwoorden = sum(not een.is_artikel for een in sterk)
    artikelen = len(sterk) - antwoorden
    n, waarover = oplossingen or antwoorden or artikelen, {"onderwerp": _klein(over)}
    if over and oplossingen:
        zin = ngettext(
            "Gaf %(n)s oplossing over %(onderwerp)s", "Gaf %(n)s oplossingen over %(onderwerp)s", n
        )
    elif over:
        zin = ngettext(
            "Beantwoordde %(n)s vraag over %(onderwerp)s", "Beantwoordde %(n)s vragen over %(onderwerp)s", n
        )
    elif oplossingen:
        zin = ngettext(
            "Gaf de oplossing bij %(n)s vraag die hierop lijkt",
            "Gaf de oplossing bij %(n)s vragen die hierop lijken",
            n,
        )
    elif antwoorden:
        zin = ngettext(
            "Beantwoordde %(n)s vraag die hierop lijkt", "Beantwoordde %(n)s vragen die hierop lijken", n
        )
    else:
        zin = ngettext("Schreef hier %(n)s kennisartikel over", "Schreef hier %(n)s kennisartikelen over", n)
    return zin % {"n": n, **waarover}


def _over(stemmen: list[_Stem], gezocht: frozenset[str]) -> str:
    """The Onderwerp that says best what these are about: one that was asked for, else one of most of them."""
    gewicht: dict[str, float] = {}
    for een in stemmen:
        for naam in een.over:
            gewicht[naam] = gewicht.get(naam, 0.0) + een.gewicht
    if not gewicht:
        return ""
    genoemd = [naam for naam in gewicht if not gezocht.isdisjoint(_tokens(naam))]
    beste = max(genoemd or gewicht, key=lambda naam: (gewicht[naam], naam))
    erover = sum(beste in een.over for een in stemmen)
    # One question says little about what somebody is asked for.
    return beste if genoemd or (erover > 1 and erover * 3 >= len(stemmen) * 2) else ""


@lru_cache(maxsize=4096)
def _tokens(naam: str) -> frozenset[str]:
    """Of the name of an Onderwerp."""
    return frozenset(stam(woord) for _van, _tot, woord in woorden(naam) if woord not in STOPWOORDEN)


def _klein(naam: str) -> str:
    """As it stands within a sentence: "Verhuizen" small, "BRP-uittreksel" as it is."""
    return naam[0].lower() + naam[1:] if naam[1:].islower() else naam
