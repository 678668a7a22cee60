"""The stored counters beside the rows they count.

Verbs keep the counters one by one. Whoever writes rows in bulk calls ``herstel`` afterwards: one statement
per table that changes only the rows that are wrong. ``controleer_tellers`` tells which those are.
"""

from typing import Any, NamedTuple

from django.db import models, transaction
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

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
    Vraag,
)
from profielen.models import Organisatie


class Afwijking(NamedTuple):
    """A counter that is not what it counts."""

    model: str
    pk: int
    teller: str
    staat: Any
    hoort: Any


def _aantal(model: type[models.Model], sleutel: str, **voorwaarden) -> Coalesce:
    """How many rows of ``model`` point here by ``sleutel``, as a subquery; 0 when none does."""
    rijen = (
        model._default_manager.filter(**{sleutel: OuterRef("pk")}, **voorwaarden)
        .order_by()
        .values(sleutel)
        .annotate(aantal=Count("pk"))
        .values("aantal")
    )
    return Coalesce(Subquery(rijen), 0)


def _tellers() -> dict[type[models.Model], dict[str, Any]]:
    levend = {"verwijderd_op": None}
    vragen = {"soort": Thread.Soort.VRAAG, "verwijderd_op": None}
    open_ = {"is_onopgelost": True, **vragen}
    leden = _aantal(Lidmaatschap, "groep")
    # Who works for one of the Groep's organisaties; the others are Gasten there.
    eigen = _aantal(
        Lidmaatschap,
        "groep",
        gebruiker__organisatie__deelname=Organisatie.Deelname.DEELNEMER,
        gebruiker__organisatie__groepen=OuterRef("pk"),
    )
    # Bottom up: a Groep counts its Threads by what they counted.
    return {
        Antwoord: {
            "aantal_bedankjes": _aantal(Bedankje, "antwoord"),
            "aantal_reacties": _aantal(Reactie, "antwoord", **levend),
        },
        Vraag: {
            "aantal_overdrachten": _aantal(Overdracht, "vraag", van__isnull=False, naar__isnull=False),
        },
        Thread: {
            "aantal_antwoorden": _aantal(Antwoord, "vraag", **levend),
            "aantal_stemmen": _aantal(Stem, "thread"),
            "aantal_bedankjes": _aantal(Bedankje, "thread", antwoord=None),
            "aantal_geholpen": _aantal(Gelezen, "thread", geholpen_op__isnull=False),
            "heeft_gecontroleerd": Exists(
                Antwoord.objects.filter(vraag=OuterRef("pk"), gecontroleerd_op__isnull=False, **levend)
            ),
        },
        Groep: {
            "aantal_leden": leden,
            "aantal_gasten": leden - eigen,
            "aantal_vragen": _aantal(Thread, "groep", **vragen),
            "aantal_onbeantwoord": _aantal(Thread, "groep", aantal_antwoorden=0, **open_),
            "aantal_onopgelost": _aantal(Thread, "groep", **open_),
        },
    }


def _verkeerd(model: type[models.Model], tellers: dict[str, Any]):
    """The rows of ``model`` with at least one wrong counter, annotated with what each should be."""
    rijen = model._default_manager.annotate(**{f"echt_{teller}": hoort for teller, hoort in tellers.items()})
    fout = Q()
    for teller in tellers:
        fout |= ~Q(**{teller: F(f"echt_{teller}")})
    return rijen.filter(fout)


def controleer_tellers() -> list[Afwijking]:
    """Every stored counter that differs from a real count; empty when all is well."""
    uit = []
    for model, tellers in _tellers().items():
        namen = [naam for teller in tellers for naam in (teller, f"echt_{teller}")]
        for pk, *waarden in _verkeerd(model, tellers).order_by("pk").values_list("pk", *namen):
            uit += [
                Afwijking(model.__name__, pk, teller, staat, hoort)
                for teller, staat, hoort in zip(tellers, waarden[::2], waarden[1::2], strict=True)
                if staat != hoort
            ]
    return uit


@transaction.atomic
def herstel() -> int:
    """Set every wrong counter right; how many rows changed."""
    return sum(
        model._default_manager.filter(pk__in=_verkeerd(model, tellers).values("pk")).update(**tellers)
        for model, tellers in _tellers().items()
    )
