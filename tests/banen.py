"""pytest plugin: what waits for a browser or for servers begins first, each on a process of its own.

Meanwhile the others compute; and no long test is left for the end, when one process runs it and the rest look
on. Loaded by ``tests/alles.py``. ``--dist worksteal`` gives each process an equal part of the list and lets
whoever is done take from the end of another's: so each part begins with what must not wait.
"""

# Each starts its own, and mostly waits for it; the longest first.
SERVERS = (
    "tests/intranet/zoeken/test_drie_knopen.py",
    "tests/intranet/zoeken/test_terugval.py",
    "tests/intranet/events/test_bezorg_drill.py",
    "tests/intranet/zoeken/test_herindexeer.py",
    "tests/test_compose.py",
    "tests/intranet/zoeken/test_elastic.py",
    "tests/intranet/test_serveer.py",
)


def _bestand(item) -> str:
    return item.nodeid.partition("::")[0]


def verdeel(items: list, werkers: int) -> list:
    """The same tests in the order in which this many processes should get them."""
    banen: list[list] = [[], []]
    rest = []
    for item in items:
        if _bestand(item) in SERVERS:
            banen[0].append(item)
        elif item.get_closest_marker("browser"):
            banen[1].append(item)
        else:
            rest.append(item)
    banen[0].sort(key=lambda item: SERVERS.index(_bestand(item)))
    if werkers == 2:
        # The servers first; whoever computes takes over the last of the browsers.
        banen = [banen[0] + banen[1], []]
    uit: list = []
    for nummer in range(werkers):
        deel = (len(items) - len(uit)) // (werkers - nummer)
        baan = banen[nummer] if nummer < len(banen) else []
        aanvulling = max(0, deel - len(baan))
        uit += baan + rest[:aanvulling]
        del rest[:aanvulling]
    return uit + rest


def pytest_collection_modifyitems(config, items):
    """Only for a run over several processes."""
    werkers = getattr(config, "workerinput", {}).get("workercount", 1)
    if werkers > 1:
        items[:] = verdeel(items, werkers)
