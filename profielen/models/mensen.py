"""Lists of people: filters that read as adjectives. Who may see whom stands in ``profielen.toegang``."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, When

from intranet.werkdagen import is_werkdag
from profielen.dagdelen import dag_masker, dagdeel_bit
from profielen.namen import vouw
from profielen.toegang import GebruikerQuerySet

# So many words at most: a first name, what stands in between, a last name.
LANGSTE_NAAM = 8


class MensenQuerySet(GebruikerQuerySet):
    def met_naam(self, tekst: str):
        """Those whose name or e-mail address holds every word of ``tekst``, folded."""
        return self.filter(_elk_woord(tekst, _naam))

    def die_heten(self, teksten: Iterable[str]) -> set[str]:
        """Which of these texts are somebody's name, in full; one query."""
        gezocht = {tekst: vouw(tekst).split() for tekst in teksten}
        # The tussenvoegsel is not part of the sorteernaam: what stands in between may be left out.
        kan = {
            " ".join([*woorden[vanaf:], *woorden[:begin]])
            for woorden in gezocht.values()
            if len(woorden) <= LANGSTE_NAAM
            for begin in range(1, len(woorden))
            for vanaf in range(begin, len(woorden))
        }
        mensen: Iterable[Any] = self.filter(sorteernaam__in=kan)
        heten = {vouw(mens.naam) for mens in mensen}
        return {tekst for tekst, woorden in gezocht.items() if " ".join(woorden) in heten}

    def op_begin(self, tekst: str):
        """First those of whom a name begins with each word: who types Henk means Henk, not Tkachenko."""

        def vooraan(woord: str) -> Q:
            return Q(sorteernaam__startswith=woord) | Q(sorteernaam__contains=f" {woord}")

        begint = _elk_woord(tekst, vooraan)
        return self.order_by(Case(When(begint, then=0), default=1), "sorteernaam", "pk")

    def zoek(self, tekst: str, kijker):
        """Like ``met_naam``; a word may also stand in the functie or in an Onderwerp they know about.

        Of what they know, only what ``kijker`` is told on their Profiel.
        """
        from .deskundigheid import Deskundigheid

        def ergens(woord: str) -> Q:
            weet = Deskundigheid.objects.te_tonen_aan(kijker).filter(
                profiel=OuterRef("pk"), onderwerp__sorteernaam__contains=woord
            )
            return _naam(woord) | Q(profiel__functie__icontains=woord) | Q(Exists(weet))

        return self.filter(_elk_woord(tekst, ergens))

    def werkt_op(self, dag: date, dagdeel: int | None = None):
        """Those who work on ``dag`` (in ``dagdeel``) and are not absent; nobody on a holiday."""
        if not is_werkdag(dag):
            return self.none()
        bits = dag_masker(dag.weekday()) if dagdeel is None else dagdeel_bit(dag.weekday(), dagdeel)
        return self.annotate(_dagdelen=F("profiel__dagdelen").bitand(bits)).filter(
            ~afwezig_op(dag, "profiel__"), _dagdelen__gt=0
        )

    def deskundig(self, kijker, onderwerp=None, soorten=()):
        """Those with a Deskundigheid that ``kijker`` is told of: about ``onderwerp`` or anything, of these
        ``soorten`` or any."""
        from .deskundigheid import Deskundigheid

        weet = Deskundigheid.objects.te_tonen_aan(kijker).filter(profiel=OuterRef("pk"))
        if onderwerp is not None:
            weet = weet.filter(onderwerp=onderwerp)
        if soorten:
            weet = weet.filter(soort__in=soorten)
        return self.filter(Exists(weet))


def afwezig_op(dag: date, pad: str = "") -> Q:
    """``Profiel.is_afwezig`` as a condition; a period without an end (or a beginning) goes on."""
    begonnen = Q(**{f"{pad}afwezig_van__lte": dag}) | Q(**{f"{pad}afwezig_van": None})
    niet_voorbij = Q(**{f"{pad}afwezig_tot__gte": dag}) | Q(**{f"{pad}afwezig_tot": None})
    geen = Q(**{f"{pad}afwezig_van": None, f"{pad}afwezig_tot": None})
    return begonnen & niet_voorbij & ~geen


def _naam(woord: str) -> Q:
    # The tussenvoegsel is not part of the sorteernaam ("idrissi fatima").
    return Q(sorteernaam__contains=woord) | Q(tussenvoegsel__icontains=woord) | Q(email__contains=woord)


def _elk_woord(tekst: str, waar) -> Q:
    regel = Q()
    for woord in vouw(tekst).split():
        regel &= waar(woord)
    return regel
