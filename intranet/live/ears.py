"""The process with the sockets hears what is said on the bus, and does it.

``open`` begins with the first socket and lasts as long as the loop. Beside what is said there is a net: now
and then the sessions and accounts behind all sockets are looked up, oftener while Redis is away.
"""

import asyncio
import contextlib
import json
import logging
from collections.abc import Iterable
from typing import Any

import redis.asyncio
from channels.db import database_sync_to_async
from django.conf import settings
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from intranet.live import bus, close_codes, sessies, sleutels
from intranet.live.hub import hub

logger = logging.getLogger(__name__)

# Redis away: try again after this long, doubled each time.
FIRST_RETRY, LAST_RETRY = 0.25, 4.0
# Redis answers a ping within this time, or we connect anew.
PING_SECONDS = 4.0
NET_SECONDS, NET_SECONDS_DEAF = 60.0, 3.0

Pairs = set[sleutels.Pair]


class Ears:
    """Those of this process."""

    def __init__(self) -> None:
        # The loop of the sockets; before ``open`` there is none.
        self._loop: Any = None
        self._tasks: set[asyncio.Task] = set()
        # How many times the rule is being asked again, and the nudges that wait for what it says.
        self._asking, self._held = 0, list[bus.Message]()
        self.is_deaf = False

    def open(self) -> None:
        """Listen on the running loop from now on, unless we do already."""
        loop = asyncio.get_running_loop()
        if self._loop is loop:
            return
        self._loop, self._tasks = loop, set()
        self._asking, self._held = 0, []
        bus.here = self._from_a_thread
        self._start(self._net())
        if settings.REDIS_URL:
            hub.is_deaf()
            self.is_deaf = True
            self._start(self._listen())
        else:
            hub.hears()

    def hear(self, message: bus.Message) -> None:
        """Do what was said."""
        keys = message["sleutels"]
        if message["doe"] == bus.NUDGE and self._asking:
            self._held.append(message)  # some who follow may be losing it just now
        elif message["doe"] == bus.NUDGE:
            hub.nudge(keys, message["van"])
        elif message["doe"] == bus.CLOSE:
            hub.close(keys, message["code"])
        elif message["doe"] == bus.ASK_AGAIN:
            self._ask(keys)

    def _ask(self, keys: list[str]) -> None:
        hub.turn += 1
        self._asking += 1
        self._start(self._ask_and_go_on(keys))

    async def _ask_and_go_on(self, keys: list[str]) -> None:
        try:
            await _ask_again(keys)
        finally:
            self._asking -= 1
            if not self._asking:
                held, self._held = self._held, []
                for message in held:
                    self.hear(message)

    def _from_a_thread(self, message: bus.Message) -> None:
        with contextlib.suppress(RuntimeError):  # the loop closed just now: nobody is left to hear
            self._loop.call_soon_threadsafe(self.hear, message)

    def _start(self, work: Any) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # --- Redis -----------------------------------------------------------------------------------

    async def _listen(self) -> None:
        wait = FIRST_RETRY
        while True:
            # We try again ourselves: a connection that came back in silence would hide the gap.
            client = redis.asyncio.Redis.from_url(
                settings.REDIS_URL, socket_connect_timeout=2, retry=Retry(NoBackoff(), 0)
            )
            try:
                async with client, client.pubsub() as channel:
                    await channel.subscribe(bus.channel())
                    wait = FIRST_RETRY
                    await self._hear_all(channel)
            except (RedisError, OSError, TimeoutError) as problem:
                if not self.is_deaf:
                    logger.warning("Live is deaf: Redis does not answer (%s)", type(problem).__name__)
                self.is_deaf = True
                hub.is_deaf()
                await asyncio.sleep(wait)
                wait = min(wait * 2, LAST_RETRY)

    async def _hear_all(self, channel: Any) -> None:
        """Hear until Redis is gone, which raises."""
        was_pinged = False
        while True:
            message = await channel.get_message(timeout=PING_SECONDS)
            if message is None:
                if was_pinged:
                    raise TimeoutError
                await channel.ping()
            was_pinged = message is None
            if message is None:
                continue
            if message["type"] == "subscribe":
                self._hears_again()
            elif message["type"] == "message":
                try:
                    self.hear(json.loads(message["data"]))
                except (ValueError, TypeError, KeyError):
                    logger.exception("Live does not understand what was said")

    def _hears_again(self) -> None:
        """Whatever was said meanwhile is lost: everybody looks again, and everything is asked anew."""
        logger.info("Live hears Redis")
        self.is_deaf = False
        self._ask([bus.EVERYONE])
        self._start(_check_sessions())
        hub.look_again()

    # --- The net ---------------------------------------------------------------------------------

    async def _net(self) -> None:
        """Sessions that ended without a word: by time, by hand in the database, while Redis was away."""
        waited = 0.0
        while True:
            await asyncio.sleep(NET_SECONDS_DEAF)
            waited += NET_SECONDS_DEAF
            if self.is_deaf or waited >= NET_SECONDS:
                waited = 0.0
                await _check_sessions()


async def _ask_again(keys: list[str]) -> None:
    """Let the rule say who may follow what; whoever may not any more loses the key at once."""
    try:
        pairs = await _touched(keys)
        gone = pairs - await database_sync_to_async(sleutels.still_allowed)(pairs)
    except Exception:
        # Rather a connection less than a word too much. The page comes back by itself, and asks.
        logger.exception("Live could not ask the rule")
        hub.close(hub.followed("u"), close_codes.TRY_AGAIN)
        return
    for wie, key in gone:
        for socket in list(hub.sockets(sleutels.person(wie))):
            hub.unfollow(socket, [key])


async def _touched(keys: list[str]) -> Pairs:
    """Every (Gebruiker, key) on a socket here that what happened to ``keys`` is about."""
    if bus.EVERYONE in keys:
        return _pairs([*hub.followed("t"), *hub.followed("g")])
    pairs: Pairs = set()
    for key in keys:
        if key[0] == "u":
            wie = int(key[2:])
            pairs |= {(wie, een) for socket in hub.sockets(key) for een in socket.keys if een[0] in "tg"}
        elif key[0] == "g":
            hier = await database_sync_to_async(sleutels.threads_in)(int(key[2:]), hub.followed("t"))
            pairs |= _pairs([key, *hier])
        else:
            pairs |= _pairs([key])
    return pairs


def _pairs(keys: Iterable[str]) -> Pairs:
    return {(socket.gebruiker_id, key) for key in keys for socket in hub.sockets(key)}


async def _check_sessions() -> None:
    """Close what belongs to a session or an account that is no more."""
    sockets = hub.everyone()
    if not sockets:
        return
    try:
        ended = await database_sync_to_async(sessies.ended)(sockets)
    except Exception as problem:
        logger.warning("Live could not look up sessions (%s)", type(problem).__name__)
        return
    for socket in ended:
        hub.remove(socket)
        socket.hang_up(close_codes.LOGGED_OUT)


#: The ears of this process.
ears = Ears()
