"""The deelnemers and their Afdelingen as a tree."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_GET

from profielen.afdelingen import kinderen
from profielen.models import Afdeling, Organisatie, Profiel


@dataclass
class Knoop:
    """An Afdeling with what is below it; ``aantal`` counts those below too, as its list shows them."""

    afdeling: Afdeling
    aantal: int
    onderdelen: list["Knoop"]


@dataclass
class Huis:
    """An Organisatie with the tops of its tree."""

    organisatie: Organisatie
    aantal: int
    knopen: list[Knoop]
    is_eigen: bool


@require_GET
def boom(request):
    """Per deelnemer its Afdelingen with the number of people; three queries. Not for a Gast."""
    if not request.user.is_medewerker:
        raise Http404
    organisaties = list(Organisatie.objects.deelnemend().only("naam", "deelname"))
    per_organisatie: dict[int, list[Afdeling]] = {}
    for afdeling in Afdeling.objects.filter(organisatie__in=[o.pk for o in organisaties]).order_by(
        "sorteernaam"
    ):
        per_organisatie.setdefault(afdeling.organisatie_id, []).append(afdeling)
    in_afdeling, in_organisatie = _aantallen(request.user)
    huizen = [
        Huis(
            organisatie,
            in_organisatie[organisatie.pk],
            _knopen(per_organisatie.get(organisatie.pk, []), in_afdeling),
            organisatie.pk == request.user.organisatie_id,
        )
        for organisatie in organisaties
    ]
    huizen.sort(key=lambda huis: not huis.is_eigen)
    return render(request, "profielen/afdelingen.html", {"huizen": huizen})


def _aantallen(kijker) -> tuple[Counter[int], Counter[int]]:
    """How many people, as far as ``kijker`` may see them: by Afdeling and by Organisatie."""
    rijen = (
        Profiel.objects.zichtbaar_voor(kijker)
        .order_by()
        .values_list("afdeling", "gebruiker__organisatie")
        .annotate(n=Count("pk"))
    )
    in_afdeling: Counter[int] = Counter()
    in_organisatie: Counter[int] = Counter()
    for afdeling, organisatie, n in rijen:
        in_afdeling[afdeling] += n
        in_organisatie[organisatie] += n
    return in_afdeling, in_organisatie


def _knopen(afdelingen: list[Afdeling], aantallen: Counter[int]) -> list[Knoop]:
    onder = kinderen(afdelingen)

    def knoop(afdeling: Afdeling, boven: frozenset[int]) -> Knoop:
        hier = boven | {afdeling.pk}
        delen = [knoop(deel, hier) for deel in onder.get(afdeling.pk, []) if deel.pk not in hier]
        return Knoop(afdeling, aantallen[afdeling.pk] + sum(deel.aantal for deel in delen), delen)

    return [knoop(afdeling, frozenset()) for afdeling in onder.get(None, [])]
