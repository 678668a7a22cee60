"""A topic of the shared list, which everyone who logs in may see."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from intranet.zoeken import lezer
from intranet.zoeken.document import Soort, Zoekdocument
from profielen.models import Onderwerp
from profielen.toegang import is_actief

from .rijen import per_nummer, tel

NAAM = "onderwerp"
# Nothing but a name: it must not stand above what somebody wrote about it.
PRIOR = 0.5


def basis() -> QuerySet:
    return Onderwerp.objects.all()


def maak(nummers: Iterable[int]) -> list[Zoekdocument]:
    """One query for any number of Onderwerpen."""
    namen = basis().filter(pk__in=list(nummers)).order_by("pk").values_list("pk", "naam")
    return [
        Zoekdocument(f"{NAAM}:{pk}", NAAM, naam, "", sleutels=(lezer.IEDEREEN,), prior=PRIOR)
        for pk, naam in namen
    ]


def waarop(event) -> Iterable[int]:
    """The Onderwerpen that ``event`` changed; a whole list that was read in anew is all of them."""
    if event.ding_soort == "onderwerp" and event.ding_id is not None:
        return [event.ding_id]
    if event.soort == "onderwerpen.ingelezen":
        return basis().order_by("pk").values_list("pk", flat=True)
    return ()


def zichtbaar(gebruiker) -> QuerySet:
    return basis() if is_actief(gebruiker) else basis().none()


SOORT = Soort(NAAM, maak, per_nummer(basis), waarop, zichtbaar, tel(basis), _("Onderwerpen"))
