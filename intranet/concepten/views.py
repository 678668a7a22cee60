"""Saving while typing. Every address here is about one's own drafts only."""

import json

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from intranet.tijd import uur

from .models import MAX_TEKENS, Concept, ConceptGeweigerd

# JSON writes a character in at most six bytes more than it takes.
_MAX_BYTES = 6 * MAX_TEKENS


@never_cache
@require_http_methods(["GET", "PUT", "POST", "DELETE"])
def concept(request: HttpRequest, plek: str) -> HttpResponse:
    """GET gives one's own draft at this place, PUT or POST keeps ``{"velden": {…}}``, DELETE removes it."""
    if request.method == "GET":
        velden = Concept.voor(request.user, plek)
        if velden.bijgewerkt_op is None:
            raise Http404
        return JsonResponse({"velden": velden, **_melding(velden.bijgewerkt_op)})
    if request.method == "DELETE":
        Concept.weg(request.user, plek)
        return HttpResponse(status=204)
    if len(request.body) > _MAX_BYTES:
        return JsonResponse({"fout": _("Je tekst is te lang om te bewaren. Maak hem korter.")}, status=413)
    try:
        velden = json.loads(request.body)["velden"]
        if not isinstance(velden, dict):
            raise TypeError
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"fout": _("We begrijpen niet wat je browser stuurde.")}, status=400)
    try:
        moment = Concept.bewaar(request.user, plek, velden)
    except ConceptGeweigerd as fout:
        return JsonResponse({"fout": str(fout)}, status=413)
    return JsonResponse(_melding(moment))


def _melding(moment) -> dict[str, str]:  # type: ignore[no-untyped-def]
    if moment is None:
        return {"melding": ""}
    return {
        "bewaard_op": moment.isoformat(),
        "melding": _("Concept bewaard om %(uur)s") % {"uur": uur(moment)},
    }


@require_POST
def weg(request: HttpRequest, plek: str) -> HttpResponse:
    """ "Begin opnieuw": the draft goes, the page comes back."""
    Concept.weg(request.user, plek)
    terug = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(terug, {request.get_host()}, require_https=request.is_secure()):
        terug = "/"
    return redirect(terug)


@never_cache
@require_GET
def csrf(request: HttpRequest) -> JsonResponse:
    """Who is logged in now, and the CSRF token of now: an open page asks before it sends.

    For a stranger this redirects to the login page like every address of ours; the script reads that as
    "logged out".
    """
    return JsonResponse({"token": get_token(request), "gebruiker": request.user.pk})


@require_GET
def terug(request: HttpRequest) -> HttpResponse:
    """Where a login in a new tab ends: the text waits in the tab where it was written."""
    return render(request, "concepten/terug.html")
