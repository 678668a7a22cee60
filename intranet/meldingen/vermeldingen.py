"""Which people, Groepen, Afdelingen and Onderwerpen a text names: kept as Vermelding rows."""

from django.apps import apps
from django.contrib.auth import get_user_model

from groepen.models import Antwoord, Reactie, Thread, Vraag
from intranet import text
from intranet.meldingen import bereik
from intranet.meldingen.models import Vermelding

# More names than this in one text is a list, not a question to them.
MAX_PER_TEKST = 50

_MODELLEN = {
    "gebruiker": "profielen.Gebruiker",
    "groep": "groepen.Groep",
    "afdeling": "profielen.Afdeling",
    "onderwerp": "profielen.Onderwerp",
}


def noteer(thread: Thread, ding, door_id: int | None) -> list[Vermelding]:
    """Keep what ``ding`` (a Vraag, Antwoord or Reactie) names, and give what it did not name before.

    Inside a transaction that also makes the Meldingen: together they happen once.
    """
    genoemd = _te_noemen(text.mentions(ding.inhoud)[:MAX_PER_TEKST], door_id)
    if not genoemd:
        return []
    plek = plek_van(ding)
    eerder = set(Vermelding.objects.filter(thread=thread, plek=plek).values_list("doel", flat=True))
    nieuw = [
        Vermelding(
            thread=thread,
            antwoord=ding if isinstance(ding, Antwoord) else None,
            reactie=ding if isinstance(ding, Reactie) else None,
            door_id=door_id,
            plek=plek,
            doel=f"{soort}:{pk}",
            **{f"{soort}_id": pk},
        )
        for soort, pk in _bestaande(genoemd)
        if f"{soort}:{pk}" not in eerder
    ]
    return Vermelding.objects.bulk_create(nieuw)


def plek_van(ding) -> str:
    """In which text of a Thread: "vraag", "antwoord:12", "reactie:7"."""
    return "vraag" if isinstance(ding, Vraag) else f"{ding._meta.model_name}:{ding.pk}"


def _te_noemen(genoemd: list[tuple[str, int]], door_id: int | None) -> list[tuple[str, int]]:
    """Without the Groepen and Afdelingen that the writer cannot find: the text is what somebody sent."""
    if not any(soort in bereik.VELEN for soort, _pk in genoemd):
        return genoemd
    door = get_user_model()._default_manager.select_related("organisatie").filter(pk=door_id).first()
    if door is None:
        return [een for een in genoemd if een[0] not in bereik.VELEN]
    return bereik.noembaar(door, genoemd)


def _bestaande(genoemd: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Those that exist: a number in a text is what somebody sent."""
    bestaat = set()
    for soort, model in _MODELLEN.items():
        pks = [pk for wat, pk in genoemd if wat == soort]
        if pks:
            gevonden = apps.get_model(model)._default_manager.filter(pk__in=pks)
            bestaat |= {(soort, pk) for pk in gevonden.values_list("pk", flat=True)}
    return [een for een in genoemd if een in bestaat]
