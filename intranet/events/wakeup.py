"""The bell between a commit and a worker in the same process.

A worker elsewhere finds the Delivery at its next look, within half a second; under ``manage.py serveer``
this bell makes it at once.
"""

import threading

_bell = threading.Event()


def ring():
    """Tell the worker in this process, if there is one, that something is waiting."""
    _bell.set()


def wait(seconds):
    """Wait until the bell rings, at most this long."""
    _bell.wait(seconds)
    _bell.clear()
