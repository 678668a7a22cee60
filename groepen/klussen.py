"""What the clock does in groepen; the worker calls it (``settings.KLUSSEN``)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from groepen import normen
from groepen.models import Lidmaatschap, Vraag
from intranet.events.models import Event, Turn

# How far ``meld_verlopen_lidmaatschappen`` came: the clock's own table remembers it.
TOT = "groepen.klussen: verlopen lidmaatschappen gemeld tot"
EERSTE_KEER = timedelta(days=1)


def geef_stille_vragen_vrij() -> int:
    """Whoever claimed a question and was silent for two working days gives it back; how many."""
    return Vraag.laat_stille_los()


def bewaak_normen() -> normen.Bewaakt:
    """Remind of what waits too long: before the norm passes, after seven days, after ten."""
    return normen.bewaak()


@transaction.atomic
def meld_verlopen_lidmaatschappen(nu: datetime | None = None) -> int:
    """Record an Event for each Lidmaatschap whose date passed since the last time; how many.

    The rule needs no telling, it reads the date. What leans on Events does: the index, open pages.
    """
    nu = nu or timezone.now()
    Turn.objects.get_or_create(name=TOT, defaults={"began_at": nu - EERSTE_KEER})
    # The row is the lock: of two workers the second finds nothing left to tell.
    tot = Turn.objects.select_for_update().get(name=TOT)
    verlopen = Lidmaatschap.objects.filter(eindigt_op__gt=tot.began_at, eindigt_op__lte=nu)
    aantal = 0
    for lid in verlopen.select_related("groep", "gebruiker").order_by("pk"):
        Event.record("lidmaatschap.verlopen", groep=lid.groep, ding=lid.gebruiker, rol=lid.rol)
        aantal += 1
    tot.began_at = nu
    tot.save(update_fields=["began_at"])
    return aantal
