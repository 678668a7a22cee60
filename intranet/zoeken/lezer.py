"""The keys of a reader: what the rule of the house looks like inside an index.

A document carries keys, a reader has a set of them, and finds a document when they share one. The sets are
made so that this says what ``groepen.toegang`` and ``profielen.toegang`` say:

=============  ===============================================  ============================================
key            a document has it                                a reader has it
=============  ===============================================  ============================================
``*``          Onderwerp                                        everyone who is logged in
``g:<groep>``  all that lives in the Groep                      may read the Groep
``l:<groep>``  the card of the Groep; a person who is in it     is in the Groep
``o:<org>``    the card of an open or besloten Groep of it      a Medewerker of this deelnemer
``m``          a Medewerker of a deelnemer                      a Medewerker of a deelnemer
``p:<pk>``     a person                                         that person
=============  ===============================================  ============================================

``l:`` stands beside ``g:`` because who only reads an open Groep does not see the gasten in it. Opening or
closing a Groep changes what readers have, not what its documents have: only its card is written again.

Keys are asked anew for every request: who loses a Lidmaatschap finds nothing of that Groep from the next on.
"""

from groepen import toegang
from profielen.toegang import MEDEWERKERS, is_actief

__all__ = ["IEDEREEN", "MEDEWERKERS", "collegas", "ik", "leden", "sleutels"]

IEDEREEN = "*"


def ik(gebruiker_id: int) -> str:
    return f"p:{gebruiker_id}"


def leden(groep_id: int) -> str:
    return f"l:{groep_id}"


def collegas(organisatie_id: int) -> str:
    return f"o:{organisatie_id}"


def sleutels(gebruiker) -> frozenset[str]:
    """All keys of ``gebruiker``; none for who is not logged in, blocked or gone.

    One query, shared with the frame of the page (the Lidmaatschappen). A Gebruiker must be as fresh as
    ``request.user``: of this very request.
    """
    if not is_actief(gebruiker):
        return frozenset()
    uit = {IEDEREEN, ik(gebruiker.pk)}
    uit.update(toegang.key(pk) for pk in toegang.te_lezen(gebruiker))
    uit.update(leden(lid.groep_id) for lid in toegang.onthoud_lidmaatschappen(gebruiker))
    if gebruiker.is_medewerker:
        uit |= {MEDEWERKERS, collegas(gebruiker.organisatie_id)}
    return frozenset(uit)
