"""pytest plugin: with ``CI`` in the environment a skip is a failure.

Everywhere else a test that finds no PostgreSQL or no Chromium says so and steps aside; on the machine that
judges a change every part must be there, or a green run means nothing. Loaded by ``tests/alles.py``.
"""

import os

import pytest

STRENG = bool(os.environ.get("CI"))


def _streng(rapport):
    """Turn a skipped report (an expected failure is not one) into a failed one that keeps the reason."""
    if STRENG and rapport.skipped and not hasattr(rapport, "wasxfail"):
        reden = rapport.longrepr[2] if isinstance(rapport.longrepr, tuple) else str(rapport.longrepr)
        rapport.outcome = "failed"
        rapport.longrepr = f"{rapport.nodeid}: overgeslagen terwijl CI aan staat. {reden}"
    return rapport


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    return _streng((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    return _streng((yield))
