import pytest

from tests.intranet.events import outlets


@pytest.fixture
def heard():
    """What the outlets of this test heard, in order."""
    outlets.heard.clear()
    return outlets.heard


@pytest.fixture
def use(settings):
    """Let only these functions of ``tests.intranet.events.outlets`` be the outlets."""

    def use(*names):
        settings.OUTLETS = {name: f"tests.intranet.events.outlets.{name}" for name in names}

    return use
