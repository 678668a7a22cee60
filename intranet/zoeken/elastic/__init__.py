"""The engine on Elasticsearch: ``Elastic``, and ``Weg`` when it does not answer.

Nobody outside this package imports the packages of Elasticsearch. It uses what runs on every Elasticsearch 8
and 9 of any licence: no scripts, no plug-ins, no analyzers but ``whitespace``, as the analysis is ours.
"""

from intranet.zoeken.elastic.motor import ALLES, Elastic
from intranet.zoeken.elastic.verbinding import Weg

__all__ = ["ALLES", "Elastic", "Weg"]
