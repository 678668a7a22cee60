"""An article of the kennisbank, as it was published; drafts are nobody's to find."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from groepen import toegang
from groepen.models import Thread
from groepen.models.thread import ThreadQuerySet
from intranet.zoeken.document import Soort, Zoekdocument
from kennisbank.models import Kennisartikel

from .rijen import per_nummer, tel

NAAM = "artikel"
# Written to be found, and kept up to date.
PRIOR = 1.15
_OVER_ARTIKELEN = ("kennisartikel.", "thread.")


def basis() -> ThreadQuerySet:
    return Thread.objects.levend().filter(soort=Thread.Soort.ARTIKEL, artikel__live=True)


def maak(nummers: Iterable[int]) -> list[Zoekdocument]:
    """One query for any number of articles."""
    artikelen = Kennisartikel.objects.filter(
        thread__in=basis().filter(pk__in=list(nummers)).values("pk")
    ).select_related("thread__steller")
    return [
        Zoekdocument(
            id=f"{NAAM}:{artikel.thread_id}",
            soort=NAAM,
            titel=artikel.title,
            tekst=artikel.woorden,
            sleutels=(toegang.key(artikel.thread.groep_id),),
            groep=artikel.thread.groep_id,
            organisaties=(artikel.thread.steller.organisatie_id,)
            if artikel.thread.steller.organisatie_id
            else (),
            op=artikel.thread.laatst_actief_op,
            prior=PRIOR,
        )
        for artikel in artikelen
    ]


def waarop(event) -> Iterable[int]:
    """The articles that ``event`` changed."""
    if event.thread_id is not None and event.soort.startswith(_OVER_ARTIKELEN):
        return [event.thread_id]
    if event.soort == "gebruiker.wisselde_organisatie":
        return basis().filter(steller=event.ding_id).values_list("pk", flat=True)
    return ()


def zichtbaar(gebruiker) -> QuerySet:
    return basis().zichtbaar_voor(gebruiker)


SOORT = Soort(NAAM, maak, per_nummer(basis), waarop, zichtbaar, tel(basis), _("Kennisartikelen"))
