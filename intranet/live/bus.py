"""What is said to the sockets, from any thread of any process.

With ``REDIS_URL`` it goes over one pub/sub channel, which every process with sockets listens to
(``intranet.live.ears``); without it only to the hub in this very process (``make start``: pages, sockets and
worker in one). Nothing that matters is lost on the way: after a gap pages look again, and what closes a
socket raises when it could not be said, so that it is tried again.
"""

import json
import logging
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.crypto import salted_hmac

logger = logging.getLogger(__name__)

Message = dict[str, Any]

# So many keys in one message.
CHUNK = 10_000
#: What is done with the keys of a message.
NUDGE, ASK_AGAIN, CLOSE = "nieuw", "herzie", "sluit"
EVERYONE = "*"

#: Where messages go within this process, once it has sockets.
here: Callable[[Message], None] | None = None


class NotSaid(Exception):
    """Redis does not answer."""


def nudge(keys: Iterable[str]) -> None:
    """Something changed for whoever follows these. While Redis is away it is dropped: pages look again."""
    keys = list(keys)
    for begin in range(0, len(keys), CHUNK):
        try:
            _say({"doe": NUDGE, "sleutels": keys[begin : begin + CHUNK], "van": len(keys)})
        except NotSaid as problem:
            logger.warning("No nudges: Redis does not answer (%s)", problem)
            return


def ask_again(keys: Iterable[str]) -> None:
    """These people, or all in these Groepen and Threads, may have lost access: sockets ask the rule anew.

    Raises NotSaid when it could not be said: the caller must try again.
    """
    _say({"doe": ASK_AGAIN, "sleutels": list(keys)})


def close(keys: Iterable[str], code: int) -> None:
    """Close all sockets of these people or sessions. Raises NotSaid like ``ask_again``."""
    _say({"doe": CLOSE, "sleutels": list(keys), "code": code})


def channel() -> str:
    """Of this site alone: Redis does not keep pub/sub channels apart by database number."""
    return "live-" + salted_hmac("intranet.live", settings.SITE_URL).hexdigest()[:24]


def _say(message: Message) -> None:
    if settings.REDIS_URL:
        _say_to_redis(json.dumps(message))
    elif here is not None:
        here(message)


def _say_to_redis(text: str) -> None:
    from redis.exceptions import RedisError

    try:
        _redis(settings.REDIS_URL).publish(channel(), text)
    except RedisError as problem:
        raise NotSaid(type(problem).__name__) from problem


@lru_cache
def _redis(url: str) -> Any:
    # Only here: without Redis a process need not carry its client, which weighs 8 MB.
    from redis import Redis
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    # A page that logs somebody out must not wait long for a Redis that is not there. One retry: the first
    # message after a restart of Redis finds a connection that is dead.
    return Redis.from_url(url, socket_connect_timeout=1, socket_timeout=2, retry=Retry(NoBackoff(), 1))
