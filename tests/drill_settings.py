"""Settings of the worker drills: the house reduced to Events, with outlets that misbehave on purpose.

Real worker processes (``manage.py bezorg``) run on these. Few apps, so that a killed worker is back within
a second; the database settings are those of the house.
"""

from intranet.settings import *  # noqa: F403
from intranet.settings import env

INSTALLED_APPS = ["intranet", "intranet.events", "django.contrib.auth", "django.contrib.contenttypes"]
AUTH_USER_MODEL = "auth.User"
MIDDLEWARE, TEMPLATES, AUTHENTICATION_BACKENDS, urlpatterns = [], [], [], []
ROOT_URLCONF = __name__
CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"
# As short as the drills can bear: they wait for leases to end.
EVENT_LEASE_SECONDS = env.float("DRILL_LEASE", default=1.5)
EVENT_RETRY_SECONDS = env.float("DRILL_RETRY", default=0.2)
OUTLETS = {
    name: f"tests.intranet.events.drill_outlets.{name}"
    for name in env.list("DRILL_OUTLETS", default=["bestand", "tabel", "wankel"])
}
KLUSSEN: dict[str, int] = {}
DRILL_DIR = env.str("DRILL_DIR")
