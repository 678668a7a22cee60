"""Who sees whom: Medewerkers of deelnemers see each other; everyone else sees those who share a Groep.

The second half is knowledge of groepen, which lies above: groepen registers it here at start
(``registreer_kring``), so that arrows keep pointing down.
"""

from collections.abc import Callable
from typing import Any

from django.db import models
from django.db.models import Q

MEDEWERKERS = "m"

_kring: Callable[[Any], Any] | None = None


def registreer_kring(functie: Callable[[Any], Any]) -> None:
    """``functie(gebruiker)`` gives the pks of the Gebruikers who share a Groep with them, as a subquery."""
    global _kring
    _kring = functie


def is_actief(gebruiker) -> bool:
    """Whether any rule at all may pass: someone who is logged in and neither blocked nor ended."""
    return bool(gebruiker.is_authenticated and gebruiker.is_active)


def _regel(gebruiker, pad: str = "") -> Q:
    if not is_actief(gebruiker):
        return Q(pk__in=[])
    regel = Q(**{f"{pad}pk": gebruiker.pk})
    if _kring is not None:
        regel |= Q(**{f"{pad}pk__in": _kring(gebruiker)})
    if gebruiker.is_medewerker:
        regel |= Q(**{f"{pad}organisatie__deelname": "deelnemer"})
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


def mag_profiel_zien(kijker, gebruiker) -> bool:
    """The list, asked about one: derived, never written again."""
    return type(gebruiker)._default_manager.zichtbaar_voor(kijker).filter(pk=gebruiker.pk).exists()
