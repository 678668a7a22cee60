"""What happened, told to open pages: which Thread, Groep or bell changed, and who lost access."""

from django.apps import apps

from intranet.events.models import Event
from intranet.live import bus, close_codes, sleutels

# A row appears in the list of the Groep.
NEW_IN_GROEP = {"vraag.gesteld", "thread.verplaatst", "thread.teruggezet"}
# Whom (ding) or what it is about may not be read any more by people who follow it.
LOST_BY_PERSON = {
    "lidmaatschap.beeindigd",
    "lidmaatschap.verlopen",
    "lidmaatschap.gewijzigd",
    "gebruiker.gewijzigd",
    "gebruiker.wisselde_organisatie",
}
LOST_IN_GROEP = {"groep.gewijzigd", "groep.organisaties_gewijzigd"}
OUT = {"gebruiker.geblokkeerd", "gebruiker.beeindigd"}


def handle(event: Event) -> None:
    """Say what ``event`` touched. First who lost something, so that they do not hear of it."""
    _lost(event)
    if event.soort == "melding.gemaakt":
        bus.nudge(sleutels.person(pk) for pk in _heard_of(event.feiten["bij"]))
    elif event.thread_id is not None:
        keys = [sleutels.thread(event.thread_id)]
        if event.soort in NEW_IN_GROEP and event.groep_id is not None:
            keys.append(sleutels.groep(event.groep_id))
        bus.nudge(keys)


def _lost(event: Event) -> None:
    if event.soort in OUT and event.ding_id is not None:
        bus.close([sleutels.person(event.ding_id)], close_codes.LOGGED_OUT)
    elif event.soort in LOST_BY_PERSON and event.ding_id is not None:
        bus.ask_again([sleutels.person(event.ding_id)])
    elif event.soort in LOST_IN_GROEP and event.groep_id is not None:
        bus.ask_again([sleutels.groep(event.groep_id)])
    elif event.soort == "thread.verplaatst" and event.thread_id is not None:
        bus.ask_again([sleutels.thread(event.thread_id)])
    elif event.soort == "organisatie.gewijzigd":
        # Whether it takes part decides for all its people, everywhere.
        bus.ask_again([bus.EVERYONE])


def _heard_of(event_id: int):
    """The people who got a Melding of that Event. By name: outlets do not import each other."""
    melding = apps.get_model("meldingen", "Melding")
    return melding._default_manager.filter(event_id=event_id).values_list("gebruiker_id", flat=True)
