"""A form that is sent by somebody who is no longer logged in, or is somebody else by now."""

from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext as _

from . import zegel as zegels


class BewaarBijUitloggen:
    """Keeps the text of such a form as the Concept of its writer, and says so at the login page.

    A redirect to the login page loses what was posted. Stands after authentication and before
    ``InlogMiddleware``. The scripts ask first and hold the form back (``editor-concept.js``): this
    is for browsers without them, and for the moment between asking and sending.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # For templates/_schrijfvak.html: made only where a form asks for it.
        request.concept_zegel = partial(zegels.verzegel, request)  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if request.method != "POST" or zegels.VELD not in request.POST:
            return None
        zegel = zegels.lees(request)
        if zegel is None or request.user.pk == zegel.gebruiker_id:
            return None
        if request.user.is_authenticated:
            # Never post in the name of who logged in here meanwhile.
            bewaard = zegels.bewaar(request, zegel)
            zin = _("Deze tekst is niet geplaatst: het formulier was van een collega.")
            if bewaard:
                zin += " " + _("Bij die collega staat de tekst nu als concept.")
            messages.warning(request, zin)
            return redirect("/")
        if zegels.bewaar(request, zegel):
            messages.info(request, _("Je tekst is bewaard. Log in, dan staat hij er weer."))
        # Back to the page with the form: the address that was posted to may have no page of its own.
        return redirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': zegel.pad})}")
