"""The request as our views get it: somebody is logged in, and htmx may have sent it."""

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from profielen.models import Gebruiker


class Verzoek(HttpRequest):
    """What the middleware makes of every request. A type for views, never made by us.

    ``InlogMiddleware`` sends strangers away first; a view with ``login_not_required`` takes
    ``HttpRequest``.
    """

    htmx: "HtmxDetails"
    user: "Gebruiker"
