"""Which sockets of this process follow which key, and how a nudge gets to them.

A hub of our own behind a small interface, because no stock channel layer carries many sockets
(docs/adr/0011). It lives on the event loop, one per process; ``bus`` brings it what other threads and
processes have to say. Nothing in here knows people or asks the database.
"""

import asyncio
import json
import time
from collections import OrderedDict
from collections.abc import Collection, Iterable
from typing import Any, Protocol

# How long the hub remembers what was nudged, for pages that just came (or came back).
MEMORY_SECONDS = 120.0
MEMORY_KEYS = 50_000
# A page says since when it knows things: its clock and ours, and what was being written while it was made.
SLACK_SECONDS = 5.0
# So many in a row; then others get a turn on the loop.
BATCH = 250
# How many pages per second may come and look after one nudge.
LOOKS_PER_SECOND = 100


class Socket(Protocol):
    """An open page, as the hub knows it."""

    keys: set[str]
    gebruiker_id: int

    def push(self, key: str, message: dict[str, Any]) -> None:
        """Send without waiting; ``key`` is what it is about."""

    def hang_up(self, code: int) -> None:
        """Close without waiting."""


class Hub:
    """Sockets by key."""

    def __init__(self) -> None:
        self._by_key: dict[str, set[Socket]] = {}
        self._recent: OrderedDict[str, float] = OrderedDict()  # the newest last
        # What happened before this moment is not known here.
        self._known_since = float("inf")
        self._tasks: set[asyncio.Task] = set()
        #: Grows whenever access may have been lost: whoever was asking the rule meanwhile asks again.
        self.turn = 0

    # --- Who follows what ------------------------------------------------------------------------

    def follow(self, socket: Socket, keys: Iterable[str]) -> None:
        for key in keys:
            socket.keys.add(key)
            self._by_key.setdefault(key, set()).add(socket)

    def unfollow(self, socket: Socket, keys: Iterable[str]) -> None:
        for key in list(keys):
            socket.keys.discard(key)
            sockets = self._by_key.get(key)
            if sockets is not None:
                sockets.discard(socket)
                if not sockets:
                    del self._by_key[key]

    def remove(self, socket: Socket) -> None:
        self.unfollow(socket, socket.keys)

    def sockets(self, key: str) -> Collection[Socket]:
        return self._by_key.get(key, ())

    def everyone(self) -> list[Socket]:
        return [socket for key in self.followed("u") for socket in self._by_key[key]]

    def followed(self, soort: str) -> list[str]:
        """All keys of one kind ("t", "u") that somebody here follows."""
        return [key for key in self._by_key if key[0] == soort]

    # --- Nudges ----------------------------------------------------------------------------------

    def nudge(self, keys: Collection[str], pages: int = 0) -> None:
        """Tell whoever follows these that something changed, never what.

        ``pages`` is how many will come and look, when that is more than follow these keys here.
        """
        now = time.time()
        self._remember(keys, now)
        reached = [(key, list(sockets)) for key in keys if (sockets := self._by_key.get(key))]
        spread = self._spread(max(pages, sum(len(sockets) for _, sockets in reached)))
        self._send([(key, sockets, frame("nieuw", now, key, spread)) for key, sockets in reached])

    def look_again(self) -> None:
        """Tell every page that it may have missed something: this process was deaf until now."""
        now = self._known_since = time.time()
        everyone = self.everyone()
        self._send([("", everyone, frame("kijk", now, "", self._spread(len(everyone))))])

    def missed(self, keys: Iterable[str], since: float) -> list[str] | None:
        """Which of these were nudged since that moment; None when that is too long ago to know."""
        since -= SLACK_SECONDS
        if since < self._known_since or since < time.time() - MEMORY_SECONDS:
            return None
        return [key for key in keys if self._recent.get(key, 0) >= since]

    def _remember(self, keys: Iterable[str], now: float) -> None:
        for key in keys:
            self._recent[key] = now
            self._recent.move_to_end(key)
        while len(self._recent) > MEMORY_KEYS:
            _key, moment = self._recent.popitem(last=False)
            self._known_since = max(self._known_since, moment)
        while self._recent and next(iter(self._recent.values())) < now - MEMORY_SECONDS:
            self._recent.popitem(last=False)

    @staticmethod
    def _spread(pages: int) -> float:
        """Seconds over which so many pages come and look."""
        return round(pages / LOOKS_PER_SECOND, 1) if pages > LOOKS_PER_SECOND else 0

    def _send(self, work: list[tuple[str, list[Socket], dict[str, Any]]]) -> None:
        if sum(len(sockets) for _, sockets, _ in work) <= BATCH:
            for key, sockets, message in work:
                for socket in sockets:
                    socket.push(key, message)
        else:
            self._later(self._send_all(work))

    async def _send_all(self, work: list[tuple[str, list[Socket], dict[str, Any]]]) -> None:
        done = 0
        for key, sockets, message in work:
            for socket in sockets:
                socket.push(key, message)
                done += 1
                if done % BATCH == 0:
                    await asyncio.sleep(0)  # a mention need not wait for a broadcast

    def _later(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # --- Ending ----------------------------------------------------------------------------------

    def close(self, keys: Iterable[str], code: int) -> None:
        """Close every socket of these people and sessions."""
        self.turn += 1
        for key in keys:
            for socket in list(self._by_key.get(key, ())):
                self.remove(socket)
                socket.hang_up(code)

    def hears(self) -> None:
        """From now on every nudge comes in here."""
        self._known_since = time.time()

    def is_deaf(self) -> None:
        """Nudges may be passing by."""
        self._known_since = float("inf")


def frame(soort: str, op: float, sleutel: str = "", spreid: float = 0) -> dict[str, Any]:
    """A frame as ASGI sends it, made once for all who get it."""
    fields: dict[str, Any] = {"soort": soort}
    if sleutel:
        fields["sleutel"] = sleutel
    if spreid:
        fields["spreid"] = spreid
    fields["op"] = round(op, 3)
    return {"type": "websocket.send", "text": json.dumps(fields, separators=(",", ":"))}


#: The hub of this process.
hub = Hub()
