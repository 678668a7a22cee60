"""The floor of live: a raw websocket server, with a dict from key to sockets and the same Redis in front.

No login, no rule, no Django: ``python -m tests.bench.kale_lijn PORT REDIS_URL CHANNEL``. A page says which
keys it follows; what comes over the channel goes to whoever follows that key.
"""

import json
import sys
import time
from collections import defaultdict

import redis.asyncio
from websockets.asyncio.server import broadcast, serve

SLEUTELS = defaultdict(set)


async def lijn(verbinding):
    async for tekst in verbinding:
        frame = json.loads(tekst)
        for sleutel in frame["sleutels"]:
            SLEUTELS[sleutel].add(verbinding)
        await verbinding.send(json.dumps({"soort": "volgt", "sleutels": frame["sleutels"]}))


async def luister(adres, kanaal):
    async with redis.asyncio.from_url(adres).pubsub() as pubsub:
        await pubsub.subscribe(kanaal)
        async for bericht in pubsub.listen():
            if bericht["type"] == "message":
                for sleutel in json.loads(bericht["data"])["sleutels"]:
                    frame = {
                        "soort": "nieuw",
                        "sleutel": sleutel,
                        "spreid": 50.0,
                        "op": round(time.time(), 3),
                    }
                    broadcast(SLEUTELS[sleutel], json.dumps(frame, separators=(",", ":")))


async def main(poort, adres, kanaal):
    async with serve(lijn, "127.0.0.1", int(poort), compression=None):
        await luister(adres, kanaal)


if __name__ == "__main__":
    import uvloop

    uvloop.run(main(*sys.argv[1:]))
