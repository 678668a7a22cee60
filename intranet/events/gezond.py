"""``/gezond/``: is Binnenplein well? For load balancers, monitoring and ``docker compose``."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error as DatabaseProblem
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .stand import stand

_known = {"migrated": False}


def migrations_applied():
    """Tell whether the database has every migration of this code.

    A yes holds for the life of the process (new code is a new process); a no is looked up again.
    """
    if not _known["migrated"]:
        executor = MigrationExecutor(connection)
        _known["migrated"] = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _known["migrated"]


@login_not_required
@never_cache
@require_safe
def gezond(request):
    """Answer 200 when all is well and 503 when not, with the parts as JSON; no personal data.

    ``?alleen=web`` judges what serving pages needs (database, migrations) and only reports the Deliveries:
    for a health check that would restart this process, which heals no stuck Delivery. Redis never makes the
    answer 503: pages, login limits and Deliveries go on without it.
    """
    parts = {"database": "goed", "migraties": "goed", "redis": _redis()}
    stuck = 0
    try:
        if not migrations_applied():
            parts["migraties"] = "niet bijgewerkt"
        else:
            in_use = [one for one in stand() if one.in_use]
            stuck = sum(one.stuck for one in in_use)
            parts["bezorging"] = {
                "vastgelopen": stuck,
                "oudste_wacht_seconden": max((one.oldest_seconds for one in in_use), default=0),
            }
    except DatabaseProblem:
        parts |= {"database": "onbereikbaar", "migraties": "onbekend"}
    well = parts["database"] == parts["migraties"] == "goed"
    if request.GET.get("alleen") != "web":
        well = well and not stuck
    return JsonResponse({"gezond": well, **parts}, status=200 if well else 503)


def _redis():
    if not settings.REDIS_URL:
        return "niet ingesteld"
    import redis

    try:
        with redis.from_url(settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=1) as client:
            client.ping()
    except (redis.RedisError, OSError):
        return "onbereikbaar"
    return "goed"
