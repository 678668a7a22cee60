"""The socket of a page: for now a line that is open for who is logged in.

Nudges ("this thread changed, fetch it again") come over this line in a later issue. It never carries content.
"""

import json

from channels.generic.websocket import AsyncWebsocketConsumer

# Close codes: 4xxx is ours to give meaning; 1003 and 1009 are the protocol's own.
LOGGED_OUT = 4401
NOT_UNDERSTOOD = 4400
NOT_FOUND = 4404
NO_TEXT = 1003
TOO_LARGE = 1009

# All a page has to say fits in this many characters.
MAX_FRAME = 1024


class LiveConsumer(AsyncWebsocketConsumer):
    """One open page of someone who is logged in: answers ``ping`` and hangs up on anything else."""

    async def connect(self):
        """Accept; who is not logged in gets close code 4401."""
        # Accepted first: a refused handshake reaches the page as "no connection", which it would try again.
        await self.accept()
        if not self.scope["user"].is_authenticated:
            await self.close(LOGGED_OUT)

    async def receive(self, text_data=None, bytes_data=None):
        """Answer a ping. Whoever says something else is not our page."""
        # A frame may come in between the refusal and the end of the connection.
        if not self.scope["user"].is_authenticated:
            return
        if text_data is None:
            await self.close(NO_TEXT)
        elif len(text_data) > MAX_FRAME:
            await self.close(TOO_LARGE)
        elif _soort(text_data) == "ping":
            await self.send('{"soort":"pong"}')
        else:
            await self.close(NOT_UNDERSTOOD)


class NowhereConsumer(AsyncWebsocketConsumer):
    """Any other path: without it an unknown address is an error in the log."""

    async def connect(self):
        """Refuse."""
        await self.close(NOT_FOUND)


def _soort(text):
    """Return what a frame says it is; None when it is not a JSON object."""
    try:
        frame = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return frame.get("soort") if isinstance(frame, dict) else None
