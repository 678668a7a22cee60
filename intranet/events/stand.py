"""How the Deliveries stand, per outlet: for ``manage.py bezorg --stand`` and for the health page."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Min, Q
from django.utils import timezone

from .models import Delivery, is_stuck


@dataclass(frozen=True)
class Stand:
    """What is on its way to one outlet. ``waiting``, ``claimed`` and ``retrying`` add up to all of it."""

    outlet: str
    in_use: bool  # False: no longer in settings.OUTLETS, so its Deliveries are skipped
    waiting: int = 0
    claimed: int = 0
    retrying: int = 0
    stuck: int = 0
    oldest_seconds: int = 0


def stand():
    """Return a `Stand` for every outlet in use, and for each other one that still has Deliveries."""
    now = timezone.now()
    claimed = Q(claimed_until__gt=now)
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=now)
    rows = (
        Delivery.objects.pending()
        .order_by()
        .values("outlet")
        .annotate(
            claimed=Count("pk", filter=claimed),
            retrying=Count("pk", filter=free & Q(attempts__gt=0)),
            stuck=Count("pk", filter=is_stuck(now)),
            total=Count("pk"),
            oldest=Min("event__op"),
        )
    )
    found = {}
    for row in rows:
        in_use = row["outlet"] in settings.OUTLETS
        found[row["outlet"]] = Stand(
            outlet=row["outlet"],
            in_use=in_use,
            waiting=row["total"] - row["claimed"] - row["retrying"],
            claimed=row["claimed"],
            retrying=row["retrying"],
            stuck=row["stuck"] if in_use else 0,
            oldest_seconds=max(0, int((now - row["oldest"]).total_seconds())),
        )
    in_use = [found.pop(outlet, Stand(outlet, in_use=True)) for outlet in settings.OUTLETS]
    return in_use + sorted(found.values(), key=lambda one: one.outlet)
