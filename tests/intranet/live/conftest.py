import pytest

from tests import diensten

from .huis import Huis


@pytest.fixture(scope="package")
def huis():
    """A filled house on SQLite; nothing runs yet."""
    with diensten.temporary_folder("live") as folder:
        huis = Huis(folder)
        try:
            yield huis.vul()
        finally:
            huis.laat_los()


@pytest.fixture(scope="package")
def in_een(huis):
    """The house as ``make start`` runs it: pages, sockets and worker in one process, no Redis."""
    with huis.serveer():
        yield huis
