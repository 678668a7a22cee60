"""Language per person, where logging in leads to, and the Content-Security-Policy of the editors' side."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from intranet.views import knop_zonder_pagina, van_ons

Antwoord = Callable[[HttpRequest], HttpResponse]
TALEN = frozenset(code for code, _naam in settings.LANGUAGES)


class TaalMiddleware:
    """Speaks the language that a Gebruiker chose; Dutch to everyone else, whatever their browser says."""

    def __init__(self, get_response: Antwoord):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        taal = getattr(request.user, "taal", None)
        if taal not in TALEN:
            taal = settings.LANGUAGE_CODE
        with translation.override(taal):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", taal)
        return response


class InlogMiddleware(LoginRequiredMiddleware):
    """Sends who is not logged in to the login page, and from there to a page.

    Django leads back to the address that was asked. That of a button has no page: whoever pressed one after
    their session ended comes back to where the button stands, and hears that it did nothing.
    """

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseRedirect:
        if request.method in ("GET", "HEAD", "OPTIONS"):
            return super().handle_no_permission(request, view_func)
        terug = "/"
        if van_ons(request) and (verwijzer := request.headers.get("Referer")):
            pad = urlsplit(verwijzer)._replace(scheme="", netloc="", fragment="").geturl()
            terug = pad if url_has_allowed_host_and_scheme(pad, None) else "/"
        # Not for what a script sent: nobody would know what to do again.
        if request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate":
            messages.info(request, _("Je was uitgelogd. Log in en doe het nog een keer."))
        return redirect_to_login(
            terug, self.get_login_url(view_func), self.get_redirect_field_name(view_func)
        )


class KnopMiddleware:
    """The address of a button, typed or bookmarked, is answered by a page instead of by nothing at all."""

    def __init__(self, get_response: Antwoord):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not response.streaming and not response.content:
            return knop_zonder_pagina(request, response.headers["Allow"])
        return response


class BeheerCspMiddleware:
    """A looser policy for ``/cms/`` and ``/beheer/``: Wagtail and Django's admin carry inline script.

    Still nothing from foreign hosts. ``CONTENT_SECURITY_POLICY`` leaves these two addresses out.
    """

    PADEN = ("/cms/", "/beheer/")
    BELEID = "; ".join((
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "frame-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    ))  # fmt: skip

    def __init__(self, get_response: Antwoord):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path_info.startswith(self.PADEN):
            response.headers.setdefault("Content-Security-Policy", self.BELEID)
        return response
