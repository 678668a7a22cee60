"""Sessions of people in the bulk, for scripts that measure pages as somebody who is logged in."""

from typing import cast

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from profielen.models import Gebruiker

from . import aantal_mensen, adres


def maak_sessies(aantal: int) -> list[str]:
    """Log ``aantal`` people in; their session keys.

    Spread over the bulk from person 1 to the last but one: three are persons 1, n/2 and n-1.
    """
    mensen = aantal_mensen()
    wie = [1 + plek * (mensen - 2) // max(1, aantal - 1) for plek in range(aantal)]
    sleutels = []
    for gebruiker in (Gebruiker.objects.get(email=adres(nummer)) for nummer in wie):
        sessie = SessionStore()
        sessie[SESSION_KEY] = str(gebruiker.pk)
        sessie[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        sessie[HASH_SESSION_KEY] = gebruiker.get_session_auth_hash()
        sessie.create()
        sleutels.append(cast(str, sessie.session_key))  # there since create()
    return sleutels
