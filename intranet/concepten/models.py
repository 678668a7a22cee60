"""What people are writing and have not posted yet, kept on the server while they type.

A closed tab, a lost session or a server error then costs nothing, and nothing stays in the browser of a
shared desk. Nobody but the writer ever reads a Concept.
"""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.text import from_plain, is_leeg

BEWAARTERMIJN = timedelta(days=90)
MAX_TEKENS = 250_000
MAX_VELDEN = 50
#: More open drafts than this one person has not; the oldest makes room.
MAX_PER_GEBRUIKER = 100

#: A field of rich text tells in a field beside it whether it holds text as typed, or HTML.
OPMAAK = "_opmaak"
# A new sleutel for each opened form: a draft with the old one would be taken for what was posted before.
_NIET_BEWAREN = frozenset({"csrfmiddlewaretoken", "concept", "sleutel", "next"})
_GEHEIM = ("password", "wachtwoord")
_VELDNAAM = re.compile(r"[A-Za-z][\w-]{0,79}", re.ASCII)


class ConceptGeweigerd(ValueError):
    """It cannot be kept; the message says why, in words for the writer."""


class Velden(dict[str, Any]):
    """The fields of a form, ready to be its ``initial``; empty (and false) when there is no draft."""

    plek = ""
    bijgewerkt_op: datetime | None = None


class Concept(models.Model):
    """The fields of one form at one place ("groep:12:vraag", "antwoord:9:bewerk") of one Gebruiker."""

    gebruiker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="concepten"
    )
    plek = models.CharField(max_length=120)
    velden = models.JSONField(default=dict)
    bijgewerkt_op = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = "concept"
        verbose_name_plural = "concepten"
        constraints = [models.UniqueConstraint(fields=["gebruiker", "plek"], name="een_concept_per_plek")]

    def __str__(self) -> str:
        return self.plek

    @classmethod
    def voor(cls, gebruiker: Any, plek: str) -> Velden:
        """What this Gebruiker was writing here: ``form = VraagForm(initial=Concept.voor(user, plek))``."""
        rij = (
            cls.objects.filter(gebruiker=gebruiker, plek=plek).values_list("velden", "bijgewerkt_op").first()
        )
        velden = Velden(rij[0] if rij else {})
        velden.plek = plek
        velden.bijgewerkt_op = rij[1] if rij else None
        return velden

    @classmethod
    def weg(cls, gebruiker: Any, plek: str) -> None:
        """It is posted, or not wanted: call this in the view, after the verb."""
        # Nothing hangs on a Concept, so its row goes in one statement, without a transaction around it.
        drafts = cls.objects.filter(gebruiker=gebruiker, plek=plek)
        drafts._raw_delete(drafts.db)

    @classmethod
    def zonder(cls, gebruiker: Any, plek: str, veld: str) -> None:
        """One field of it is posted; what stands in the others stays a draft."""
        velden = cls.voor(gebruiker, plek)
        if velden.pop(veld, None) is not None:
            cls.bewaar(gebruiker, plek, velden)

    @classmethod
    def bewaar(cls, gebruiker: Any, plek: str, velden: Mapping[str, Any]) -> datetime | None:
        """Keep these fields in place of what was there; the moment, or None when nothing was written.

        A draft in which no field says anything is removed. Raises ``ConceptGeweigerd``.
        """
        schoon = tidy(velden)
        if not schoon:
            cls.weg(gebruiker, plek)
            return None
        nu = timezone.now()
        rij = {"velden": schoon, "bijgewerkt_op": nu}
        if not cls.objects.filter(gebruiker=gebruiker, plek=plek).update(**rij):
            cls._maak_ruimte(gebruiker)
            # Two tabs may save their first draft at once: then the later one is the draft.
            Concept.objects.bulk_create(
                [Concept(gebruiker=gebruiker, plek=plek, **rij)],
                update_conflicts=True,
                unique_fields=["gebruiker", "plek"],
                update_fields=list(rij),
            )
        return nu

    @classmethod
    def _maak_ruimte(cls, gebruiker: Any) -> None:
        blijft = (
            cls.objects.filter(gebruiker=gebruiker).order_by("-bijgewerkt_op").values_list("pk", flat=True)
        )
        te_veel = list(blijft[MAX_PER_GEBRUIKER - 1 :])
        if te_veel:
            cls.objects.filter(pk__in=te_veel).delete()

    @classmethod
    def ruim_op(cls) -> int:
        """Delete what nobody touched for 90 days; how many."""
        return cls.objects.filter(bijgewerkt_op__lt=timezone.now() - BEWAARTERMIJN).delete()[0]


def tidy(velden: Mapping[str, Any]) -> dict[str, Any]:
    """The fields worth keeping: texts (or lists of texts), rich ones as HTML; {} when all are empty."""
    velden = {naam: waarde for naam, waarde in velden.items() if waarde not in ("", [])}
    if len(velden) > MAX_VELDEN:
        raise ConceptGeweigerd(_("Dit formulier heeft te veel velden om te bewaren."))
    schoon: dict[str, Any] = {}
    lengte = 0
    for naam, waarde in velden.items():
        if naam in _NIET_BEWAREN or naam.endswith(OPMAAK) or not _VELDNAAM.fullmatch(naam):
            continue
        if any(woord in naam for woord in _GEHEIM):
            continue
        delen = [waarde] if isinstance(waarde, str) else waarde
        if not isinstance(delen, list) or not all(isinstance(deel, str) for deel in delen):
            raise ConceptGeweigerd(_("We begrijpen niet wat je browser stuurde."))
        # NUL and half surrogate pairs: no database takes them.
        delen = [deel.replace("\x00", "").encode("utf-8", "replace").decode("utf-8") for deel in delen]
        if velden.get(naam + OPMAAK) == "tekst":
            delen = [from_plain(deel) for deel in delen]
        lengte += len(naam) + sum(map(len, delen))
        schoon[naam] = delen[0] if isinstance(waarde, str) else delen
    if lengte > MAX_TEKENS:
        raise ConceptGeweigerd(_("Je tekst is te lang om te bewaren. Maak hem korter."))
    leeg = all(is_leeg(waarde) if isinstance(waarde, str) else not waarde for waarde in schoon.values())
    return {} if leeg else schoon
