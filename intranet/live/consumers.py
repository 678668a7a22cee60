"""The socket of a page: it says what it follows, and hears that something there changed, never what.

What a page says, as JSON::

    {"soort": "ping"}                                    -> {"soort": "pong", "op": 1732212345.1}
    {"soort": "volg", "sleutels": ["t:12", "g:3"], "sinds": 1732212340.0}
                                                         -> {"soort": "volgt", "sleutels": ["t:12"], …}

and what it hears, then or later::

    {"soort": "nieuw", "sleutel": "t:12", "op": …}       that changed; "u:5" is its own bell
    {"soort": "kijk", "op": …}                           we may have missed something: look at everything

``op`` is our clock; the page gives it back as ``sinds`` when it comes back after a gap. ``spreid`` says over
how many seconds to spread the looking, when many were told at once.
"""

import asyncio
import json
import time
from contextlib import suppress
from typing import Any

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer

from intranet.live import sessies, sleutels
from intranet.live.close_codes import (
    LOGGED_OUT,
    NO_TEXT,
    NOT_FOUND,
    NOT_UNDERSTOOD,
    TOO_LARGE,
    TOO_MUCH,
)
from intranet.live.ears import ears
from intranet.live.hub import frame, hub

# All a page has to say fits in this many characters.
MAX_FRAME = 1024
# What one socket follows at most, beside its own bell.
MAX_KEYS = 40
# Frames of one socket in so many seconds; a page of ours says a few per minute.
MAX_FRAMES, FRAMES_SECONDS = 30, 10.0
# Open pages of one person.
MAX_SOCKETS = 40


class LiveConsumer(AsyncWebsocketConsumer):
    """One open page of someone who is logged in."""

    gebruiker_id = 0
    session_key = ""
    fingerprint = 0

    async def connect(self):
        """Accept; who is not logged in gets close code 4401."""
        ears.open()
        # Accepted first: a refused handshake reaches the page as "no connection", which it would try again.
        await self.accept()
        gebruiker = self.scope["user"]
        if not gebruiker.is_authenticated:
            await self.close(LOGGED_OUT)
            return
        mine = sleutels.person(gebruiker.pk)
        if len(hub.sockets(mine)) >= MAX_SOCKETS:
            await self.close(TOO_MUCH)
            return
        self.keys: set[str] = set()
        self.gebruiker_id, self.session_key = gebruiker.pk, self.scope["session"].session_key
        self.fingerprint = sessies.fingerprint(gebruiker.password)
        self._frames, self._since = 0, time.monotonic()
        self._late: dict[str, dict[str, Any]] = {}
        hub.follow(self, [mine, sleutels.session(self.session_key)])
        self.straight = self.scope["straight"]
        # There may be thousands of us, for a day: keep no more than we need.
        self.scope.clear()

    async def disconnect(self, code):
        if self.gebruiker_id:
            hub.remove(self)

    # --- What the page says ----------------------------------------------------------------------

    async def receive(self, text_data=None, bytes_data=None):
        """Answer a ping, or follow. Whoever says something else is not our page."""
        # A frame may come in between the end and the end of the connection.
        if not self.gebruiker_id:
            return
        if text_data is None:
            await self._end(NO_TEXT)
        elif len(text_data) > MAX_FRAME:
            await self._end(TOO_LARGE)
        elif self._is_too_much():
            await self._end(TOO_MUCH)
        else:
            said = _understand(text_data)
            if said.get("soort") == "ping":
                await self.base_send(frame("pong", time.time()))
            elif said.get("soort") == "volg":
                await self._follow(said)
            else:
                await self._end(NOT_UNDERSTOOD)

    def _is_too_much(self) -> bool:
        now = time.monotonic()
        if now - self._since > FRAMES_SECONDS:
            self._frames, self._since = 0, now
        self._frames += 1
        return self._frames > MAX_FRAMES

    async def _follow(self, said: dict[str, Any]) -> None:
        """Follow what the rule allows, and tell what was missed since the page was made."""
        asked = sleutels.asked(said.get("sleutels"))
        if len(asked | self.keys) > MAX_KEYS + 2:
            await self._end(TOO_MUCH)
            return
        turn = None
        allowed: set[str] = set()
        # Whoever loses access while we ask: ask again.
        while turn != hub.turn and self.gebruiker_id:
            turn = hub.turn
            allowed = await database_sync_to_async(sleutels.may_follow)(self.gebruiker_id, asked)
        if not self.gebruiker_id:
            return
        hub.unfollow(self, asked - allowed)
        hub.follow(self, allowed)
        now = time.time()
        answer = {"soort": "volgt", "sleutels": sorted(allowed), "op": round(now, 3)}
        await self.send(json.dumps(answer))
        since = said.get("sinds")
        if isinstance(since, int | float):
            missed = hub.missed([*allowed, sleutels.person(self.gebruiker_id)], since)
            if missed is None:
                self.push("", frame("kijk", now))
            for key in missed or ():
                self.push(key, frame("nieuw", now, key))

    async def _end(self, code: int) -> None:
        hub.remove(self)
        self.gebruiker_id = 0
        await self.close(code)

    # --- What the hub says -------------------------------------------------------------------------

    def push(self, key: str, message: dict[str, Any]) -> None:
        """Send without waiting, and without a task as long as the other side keeps up."""
        if self._late:
            self._late[key] = message
            return
        # Taken one step: a server that can send does it in that step.
        sending = self.straight(message)
        try:
            sending.send(None)
        except StopIteration:
            return
        except Exception:
            return  # the connection is gone, and ``disconnect`` on its way
        # This one reads slowly. What it did not get waits, of each key the newest: nudges repeat themselves.
        sending.close()
        self._late[key] = message
        self._start(self._catch_up())

    async def _catch_up(self) -> None:
        with suppress(Exception):
            while self._late:
                key, message = next(iter(self._late.items()))
                await self.straight(message)
                if self._late[key] is message:
                    del self._late[key]
        self._late.clear()

    def hang_up(self, code: int) -> None:
        """Close without waiting; the hub has forgotten us already."""
        self.gebruiker_id = 0
        self._start(self._close(code))

    async def _close(self, code: int) -> None:
        with suppress(Exception):
            await self.close(code)

    def _start(self, work: Any) -> None:
        # The loop holds tasks only weakly.
        self._task = asyncio.get_running_loop().create_task(work)


class NowhereConsumer(AsyncWebsocketConsumer):
    """Any other path: without it an unknown address is an error in the log."""

    async def connect(self):
        """Refuse."""
        await self.close(NOT_FOUND)


def _understand(text: str) -> dict[str, Any]:
    """Return what a frame holds; nothing when it is not a JSON object."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}
