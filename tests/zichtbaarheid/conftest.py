"""One world per process: built once, looked at by every test in this folder, never there afterwards."""

import logging

import pytest
from django.db import transaction
from django.test import override_settings

from .bekijk import Kijker
from .wereld import bouw

_instellingen = {
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    "DEMO_TOEGESTAAN": True,
}


@pytest.fixture(scope="package")
def wereld(django_db_setup, django_db_blocker, tmp_path_factory):
    media = tmp_path_factory.mktemp("wereld")
    # Thousands of pages are not found, which is what should happen.
    logging.disable(logging.WARNING)
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=media, **_instellingen),
        transaction.atomic(),
    ):
        wereld = bouw()
        wereld.media = media
        yield wereld
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)


@pytest.fixture(autouse=True)
def _zoals_gebouwd(request):
    if "wereld" not in request.fixturenames:
        yield
        return
    with request.getfixturevalue("wereld").zoals_gebouwd():
        yield


@pytest.fixture
def als(wereld, settings):
    """``als("lid")``: look as someone."""
    # The fixtures of every test gave it a place of its own.
    settings.MEDIA_ROOT = wereld.media
    return lambda naam: Kijker(wereld, naam)
