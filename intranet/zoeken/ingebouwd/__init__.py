"""The engine in plain SQL tables: the default, on SQLite and PostgreSQL alike.

``schrijven`` puts documents into the tables, ``vinden`` and ``zoeken`` get hits out, ``woorden`` knows the
words as they were written, ``bouw`` makes a new index beside the one in use. ``sterkte`` holds the score.
"""

from intranet.zoeken.ingebouwd.motor import Ingebouwd

__all__ = ["Ingebouwd"]
