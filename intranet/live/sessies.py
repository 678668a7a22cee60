"""A socket lives no longer than the session it came in with.

Every way in which a session ends (logging out, being blocked, a password that changed) deletes its row; so
that is where we hear of it.
"""

from collections.abc import Collection, Iterable
from contextlib import suppress

from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone

from intranet.live import bus, close_codes, sleutels

# Values in one statement.
CHUNK = 5_000


@receiver(post_delete, sender=Session, dispatch_uid="intranet.live.sessies")
def _on_end(instance: Session, **_rest) -> None:
    transaction.on_commit(lambda: _close(instance.session_key))


def _close(session_key: str) -> None:
    # Processes that cannot be told know that they are deaf, and look for themselves.
    with suppress(bus.NotSaid):
        bus.close([sleutels.session(session_key)], close_codes.LOGGED_OUT)


def fingerprint(password: str) -> int:
    """Tells whether a password is still the same, and nothing else."""
    return hash(password)


def ended(sockets: Collection) -> list:
    """Of these sockets, those whose session or account is no more. Two statements per 5,000."""
    sockets = list(sockets)
    alive: set[str] = set()
    passwords: dict[int, int] = {}
    for keys in _chunks({socket.session_key for socket in sockets}):
        lasting = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
        alive.update(lasting.values_list("session_key", flat=True))
    for pks in _chunks({socket.gebruiker_id for socket in sockets}):
        active = get_user_model()._default_manager.filter(pk__in=pks, is_active=True)
        passwords.update((pk, fingerprint(password)) for pk, password in active.values_list("pk", "password"))
    return [
        socket
        for socket in sockets
        if socket.session_key not in alive or passwords.get(socket.gebruiker_id) != socket.fingerprint
    ]


def _chunks(things: Iterable) -> Iterable[list]:
    things = list(things)
    return (things[begin : begin + CHUNK] for begin in range(0, len(things), CHUNK))
