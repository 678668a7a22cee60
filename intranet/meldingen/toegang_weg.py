"""Meldingen go when the right to read goes: after a change of who may read where.

The rule hides them already from the next request on; this takes the rows away, so that nothing comes back
and no count has to skip them.
"""

from django.db import transaction

from groepen import toegang
from groepen.models import Groep, Thread
from intranet.events.models import Event
from intranet.meldingen.models import Abonnement, Melding, Niveau, Zending

# What may narrow who reads a Groep.
VAN_GROEP = frozenset({"groep.gewijzigd", "groep.organisaties_gewijzigd"})
VAN_LID = frozenset({"lidmaatschap.beeindigd", "lidmaatschap.verlopen", "lidmaatschap.gewijzigd"})


def ruim_op(event: Event) -> None:
    """Take away what the people concerned may not read any more. May run twice."""
    if event.soort in VAN_GROEP and _kan_versmallen(event):
        _van_groep(event.groep_id)
    elif event.soort in VAN_LID:
        _van_groep(event.groep_id, event.ding_id)
    elif event.soort == "thread.verplaatst":
        _verplaatst(event)
    elif event.soort in ("gebruiker.geblokkeerd", "gebruiker.beeindigd"):
        Zending.objects.filter(gebruiker=event.ding_id, klaar_op=None).delete()
        Abonnement.objects.filter(gebruiker=event.ding_id).delete()
    elif event.soort == "gebruiker.wisselde_organisatie":
        _van_gebruiker(event.ding_id)


def _kan_versmallen(event: Event) -> bool:
    return event.soort != "groep.gewijzigd" or "oude_soort" in event.feiten


@transaction.atomic
def _van_groep(groep_id: int | None, gebruiker_id: int | None = None) -> None:
    groep = Groep.objects.filter(pk=groep_id or 0).first()
    if groep is None:
        return
    lezers = toegang.lezers(groep).values("pk")
    for soort in (Melding, Niveau):
        rijen = soort._default_manager.filter(groep=groep)
        if gebruiker_id is not None:
            rijen = rijen.filter(gebruiker=gebruiker_id)
        rijen.exclude(gebruiker__in=lezers)._raw_delete(rijen.db)


@transaction.atomic
def _verplaatst(event: Event) -> None:
    thread = Thread.objects.select_related("groep").filter(pk=event.thread_id or 0).first()
    if thread is None:
        return
    meldingen = Melding.objects.filter(thread=thread)
    meldingen.exclude(gebruiker__in=toegang.lezers(thread.groep).values("pk"))._raw_delete(meldingen.db)
    meldingen.update(groep=thread.groep)


def _van_gebruiker(gebruiker_id: int | None) -> None:
    """Another Organisatie: other open Groepen."""
    for groep_id in Melding.objects.filter(gebruiker=gebruiker_id).values_list("groep", flat=True).distinct():
        _van_groep(groep_id, gebruiker_id)
