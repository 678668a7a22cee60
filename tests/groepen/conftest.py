import pytest
from django.test import Client


@pytest.fixture
def als():
    """A browser in which this person is logged in."""

    def browser(gebruiker):
        client = Client()
        client.force_login(gebruiker)
        return client

    return browser
