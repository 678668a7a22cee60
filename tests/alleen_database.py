"""pytest plugin: leave out tests that open no database; they say the same on every one.

Loaded by ``tests/alles.py`` for its second run. A test that starts its own services is told apart by its
markers (``eenmaal``, ``browser``).
"""

_VAN_DE_DATABASE = {"db", "transactional_db", "live_server", "django_db_setup"}


def pytest_collection_modifyitems(config, items):
    """Keep what has the marker django_db or asks for a fixture of the database."""
    blijft, gaat = [], []
    for item in items:
        raakt = item.get_closest_marker("django_db") or item.get_closest_marker("postgres")
        vraagt = _VAN_DE_DATABASE & set(getattr(item, "fixturenames", ()))
        (blijft if raakt or vraagt else gaat).append(item)
    if gaat:
        config.hook.pytest_deselected(items=gaat)
        items[:] = blijft
