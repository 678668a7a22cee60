"""Outlets for tests in one process: they keep what they heard in a list."""

heard: list = []


def note(event):
    """Hear an Event."""
    heard.append(event.soort)


def refuse(event):
    """Fail with a text in the message that somebody wrote."""
    raise ValueError("invalid input: 'Jan Jansen'\nDETAIL: Key (email)=(jan@zandmeer.nl)")


def leave(event):
    """Try to end the process."""
    raise SystemExit(3)


def answer(event):
    """Record an Event of its own, once."""
    from django.db import transaction

    from intranet.events.models import Event

    note(event)
    if event.soort == "vraag.gesteld":
        with transaction.atomic():
            Event.record("melding.gemaakt")
