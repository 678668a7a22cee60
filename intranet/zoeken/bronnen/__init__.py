"""Where documents come from: one file per kind of thing that can be found.

A kind makes itself known with ``intranet.zoeken.document.registreer`` when the app starts. A later part of
the house brings a file like these for its own kind, and nothing else of search changes.
"""

from intranet.zoeken.document import registreer

from . import artikel, groep, mens, onderwerp, vraag


def verbind() -> None:
    """Make our own kinds known, in the order in which a rebuild takes them: what few documents have first."""
    for bron in (groep, onderwerp, mens, artikel, vraag):
        registreer(bron.SOORT)
