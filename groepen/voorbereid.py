"""Queries about what a Gebruiker may see, written once (``intranet.prepared``).

The rule stays where it is: the QuerySet is made with ``zichtbaar_voor``, for an ``Iemand`` who is filled in
when it runs::

    te_lezen = Voor(lambda ik, pk: Vraag.objects.zichtbaar_voor(ik).filter(pk=pk))
    te_lezen(request.user, pk=12)     # a list
"""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone

from intranet.prepared import Param, Prepared
from profielen.toegang import is_actief


class Iemand(Param):
    """Stands for an active Gebruiker: what the rule asks of one, with places for the values.

    Of two kinds, because the rule writes another query for a Gast than for a Medewerker. Itself the place of
    the primary key, so that it goes wherever a Gebruiker goes in a filter.
    """

    is_authenticated = is_active = True

    def __init__(self, is_medewerker: bool):
        super().__init__("ik")
        self.is_medewerker = is_medewerker
        self.organisatie_id = Param("organisatie")
        self.nu = Param("nu", models.DateTimeField())

    @property
    def pk(self) -> "Iemand":
        return self

    @property
    def lidmaatschappen(self) -> models.QuerySet:
        return apps.get_model("groepen", "Lidmaatschap")._default_manager.filter(gebruiker=self)


class EenGroep(Param):
    """Stands for a Groep of this ``soort``: what ``toegang.lezers`` asks of one, with places for values."""

    def __init__(self, soort: str, nu: Param):
        super().__init__("groep")
        self.soort, self.nu = soort, nu

    @property
    def lidmaatschappen(self) -> models.QuerySet:
        return apps.get_model("groepen", "Lidmaatschap")._default_manager.filter(groep=self)

    @property
    def organisaties(self) -> models.QuerySet:
        return apps.get_model("profielen", "Organisatie")._default_manager.filter(groepen=self)


class Voor:
    """A ``Prepared`` for whoever asks: ``bouw(iemand, *vorm, **params)``.

    Who is not logged in, or no longer active, gets nothing.
    """

    def __init__(self, bouw: Callable[..., models.QuerySet]):
        def voor(
            is_medewerker: bool, *vorm: Any, ik: Any, nu: Any, organisatie: Any = None, **params: Any
        ) -> Any:
            return bouw(Iemand(is_medewerker), *vorm, **params)

        self._vraag = Prepared(voor)

    def __call__(self, gebruiker: Any, *vorm: Any, **waarden: Any) -> list[Any]:
        if not is_actief(gebruiker):
            return []
        return self._vraag(*self._wie(gebruiker, vorm), **self._waarden(gebruiker, waarden))

    def sql(self, gebruiker: Any, *vorm: Any, **waarden: Any) -> tuple[str, list[Any]]:
        """(SQL, values) for use inside a statement of one's own; of an active Gebruiker only."""
        return self._vraag.sql(*self._wie(gebruiker, vorm), **self._waarden(gebruiker, waarden))

    @staticmethod
    def _wie(gebruiker: Any, vorm: tuple) -> tuple:
        return bool(gebruiker.is_medewerker), *vorm

    @staticmethod
    def _waarden(gebruiker: Any, waarden: dict[str, Any]) -> dict[str, Any]:
        vast = {"ik": gebruiker.pk, "nu": timezone.now()}
        if gebruiker.is_medewerker:
            vast["organisatie"] = gebruiker.organisatie_id
        return vast | waarden
