"""Pages of the house itself: what went wrong, and what we promise in public."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_safe

# Fields that carry no text of people, or must never be shown.
NIET_TERUGGEVEN = ("csrfmiddlewaretoken", "password", "wachtwoord", "code", "credential")
MEGABYTE = 1024 * 1024


def wil_json(request: HttpRequest) -> bool:
    """Whether the answer is read by a script instead of a person."""
    accepteert = request.headers.get("Accept", "")
    return "application/json" in accepteert or request.content_type == "application/json"


def _fout(request: HttpRequest, sjabloon: str, status: int, zin: str, **context: Any) -> HttpResponse:
    if wil_json(request):
        return JsonResponse({"fout": zin}, status=status)
    return render(request, sjabloon, {"zin": zin, **context}, status=status)


@requires_csrf_token
def onjuist_verzoek(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, and 413 for a body beyond ``DATA_UPLOAD_MAX_MEMORY_SIZE``."""
    if isinstance(exception, RequestDataTooBig):
        grens = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // MEGABYTE
        zin = _("Wat je stuurde is te groot: er past hooguit %(mb)d MB in één keer.") % {"mb": grens}
        return _fout(request, "413.html", 413, zin)
    return _fout(request, "400.html", 400, _("We begrijpen niet wat je browser stuurde."))


@requires_csrf_token
def geen_toegang(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: visible, but not yours to do. The text of ``PermissionDenied`` says why, in words for people."""
    return _fout(request, "403.html", 403, str(exception or "") or _("Je mag dit bekijken, maar niet doen."))


@requires_csrf_token
def niet_gevonden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: it is not there, or not for you; which of the two is nobody's business."""
    zin = _("Misschien is ze verhuisd of weggehaald, of klopt de link niet helemaal. Dat ligt niet aan jou.")
    return _fout(request, "404.html", 404, zin)


def knop_zonder_pagina(request: HttpRequest, allow: str) -> HttpResponse:
    """405: the address is that of a button; ``allow`` names the methods that it knows."""
    response = _fout(
        request, "404.html", 405, _("Dit adres hoort bij een knop. Er is hier niets te bekijken.")
    )
    response.headers["Allow"] = allow
    return response


def storing(request: HttpRequest) -> HttpResponse:
    """500, without request, session or database: any of them may be what broke."""
    zin = _(
        "Bij ons ging iets mis. Wat je deed, is misschien niet bewaard. Probeer het over een minuut nog eens."
    )
    if wil_json(request):
        return JsonResponse({"fout": zin}, status=500)
    return HttpResponse(render_to_string("500.html", {"request": None, "zin": zin}), status=500)


def csrf_mislukt(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form came with an old token: someone logged in or out meanwhile.

    What was typed is shown again with a fresh token and a button. Only for a request that the browser
    vouches to be from this very site: a form from elsewhere gets no second chance.
    """
    zin = _("Je logde intussen opnieuw in of uit. Daarom weten we niet zeker of dit van jou kwam.")
    velden = []
    if van_ons(request) and request.method == "POST":
        velden = [
            (naam, waarde)
            for naam, waarden in request.POST.lists()
            if not any(woord in naam for woord in NIET_TERUGGEVEN)
            for waarde in waarden
        ]
    had_bestanden = bool(velden and request.FILES)
    return _fout(request, "403_csrf.html", 403, zin, velden=velden, had_bestanden=had_bestanden)


def van_ons(request: HttpRequest) -> bool:
    """Whether the browser itself says that the request came from a page of ours."""
    herkomst = request.headers.get("Sec-Fetch-Site")
    if herkomst:
        return herkomst == "same-origin"
    origin = urlsplit(request.headers.get("Origin") or request.headers.get("Referer") or "")
    return f"{origin.scheme}://{origin.netloc}" == f"{request.scheme}://{request.get_host()}"


@login_not_required
@require_safe
def toegankelijkheid(request: HttpRequest) -> HttpResponse:
    """How accessible Binnenplein is, and where to say that it is not."""
    return render(request, "toegankelijkheid.html")


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What Binnenplein keeps of people, and for how long."""
    return render(request, "privacy.html")
