"""Synonyms and abbreviations: the groups that come with Binnenplein, and how a query finds them.

Applied to the query, never to the index, so that an editor's change works at once. Needs no Django.
"""

from intranet.zoeken.synoniemen.groepen import Synoniemgroep, lees, uit_regel
from intranet.zoeken.synoniemen.woordenboek import Woordenboek

__all__ = ["Synoniemgroep", "Woordenboek", "lees", "uit_regel"]
