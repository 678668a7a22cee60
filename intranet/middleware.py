"""Language per person, and the Content-Security-Policy of the editors' side."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

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
