"""Who sees whom: Medewerkers of deelnemers see each other; everyone else sees those who share a Groep.

The second half is knowledge of groepen, which lies above: groepen registers it here at start
(``registreer_kring``), so that arrows keep pointing down. So is what proves a Deskundigheid
(``registreer_bewijs``): it counts only as far as the reader may read it.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Q

MEDEWERKERS = "m"

_kring: Callable[[Any], Any] | None = None
_bewijs: "Bewijsbron | None" = None


class Bewijs(NamedTuple):
    """What proves a Deskundigheid to one reader: so many solutions, which helped so many colleagues."""

    oplossingen: int
    geholpen: int


class Bewijsbron(NamedTuple):
    """Where proof comes from."""

    # (reader) -> condition on a Deskundigheid: enough of what proves it may be read by them.
    genoeg: Callable[[Any], Any]
    # (reader, pk of a Gebruiker) -> Onderwerp -> Bewijs, as far as the reader may read it.
    tel: Callable[[Any, int], dict[int, Bewijs]]


def registreer_kring(functie: Callable[[Any], Any]) -> None:
    """``functie(gebruiker)`` gives the pks of the Gebruikers who share a Groep with them, as a subquery."""
    global _kring
    _kring = functie


def registreer_bewijs(bron: Bewijsbron) -> None:
    """What proves a Deskundigheid, from the part that holds the solutions."""
    global _bewijs
    _bewijs = bron


def tel_bewijs(kijker, gebruiker_id: int) -> dict[int, Bewijs]:
    """Onderwerp -> what ``kijker`` may read that proves this person knows about it."""
    return _bewijs.tel(kijker, gebruiker_id) if _bewijs is not None else {}


def is_actief(gebruiker) -> bool:
    """Whether any rule at all may pass: someone who is logged in and neither blocked nor ended."""
    return bool(gebruiker.is_authenticated and gebruiker.is_active)


def _regel(gebruiker, pad: str = "") -> Q:
    if not is_actief(gebruiker):
        return Q(pk__in=[])
    regel = Q(**{f"{pad}pk": gebruiker.pk})
    # In this order: who shares a Groep with me is only looked up when there are others than colleagues.
    if gebruiker.is_medewerker:
        regel |= Q(**{f"{pad}organisatie__deelname": "deelnemer"})
    if _kring is not None:
        regel |= Q(**{f"{pad}pk__in": _kring(gebruiker)})
    return regel & Q(**{f"{pad}is_active": True})


class GebruikerQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        """The people whose Profiel ``gebruiker`` may open."""
        return self.filter(_regel(gebruiker))

    def actief(self):
        return self.filter(is_active=True)

    def medewerkers(self):
        return self.filter(organisatie__deelname="deelnemer")


class ProfielQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        return self.filter(_regel(gebruiker, "gebruiker__"))


class DeskundigheidQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        """Of the Profielen that ``gebruiker`` may open, what is told them there."""
        return self.filter(_regel(gebruiker, "profiel__gebruiker__")).te_tonen_aan(gebruiker)

    def te_tonen_aan(self, gebruiker):
        """Of Profielen that passed the rule already: nothing hidden, nothing without proof they may read.

        Their own they see whole: it is there that they hide it.
        """
        bewijs = _bewijs.genoeg(gebruiker) if _bewijs is not None else Q(pk__in=[])
        te_zien = Q(verborgen_op=None) & (~Q(soort="bewezen") | Q(bewijs))
        return self.filter(Q(profiel=gebruiker.pk) | te_zien)

    def voor_iedereen(self):
        """What a Profiel tells whoever may open it. What is proven depends on who reads."""
        return self.filter(verborgen_op=None).exclude(soort="bewezen")


class AanbevelingQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        """Those by colleagues whom ``gebruiker`` may see."""
        return self.filter(_regel(gebruiker, "door__"))


def mag_profiel_zien(kijker, gebruiker) -> bool:
    """The list, asked about one: derived, never written again."""
    return type(gebruiker)._default_manager.zichtbaar_voor(kijker).filter(pk=gebruiker.pk).exists()
