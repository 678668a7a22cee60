"""The devices that get Meldingen: on, off, and a try."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from intranet.meldingen.telefoon import apparaten, duwen
from intranet.meldingen.telefoon.sleutel import openbaar
from intranet.verzoek import Verzoek


@require_http_methods(["GET", "POST"])
def meld_aan(request: Verzoek) -> HttpResponse:
    """Take on the browser that asks; the answer is the list as it is now.

    GET tells under which key it must subscribe.
    """
    if request.method == "GET":
        return JsonResponse({"sleutel": openbaar()})
    try:
        velden = apparaten.lees(request.body if request.content_type == "application/json" else b"")
    except ValidationError as fout:
        return JsonResponse({"fout": fout.messages[0]}, status=422)
    naam = apparaten.noem(request.headers.get("User-Agent", ""))
    apparaten.meld_aan(request.user, request.session.session_key or "", velden, naam)
    return render(request, "meldingen/_apparaten.html", apparaten.vak(request.user))


@require_POST
def meld_af(request: Verzoek, pk: int) -> HttpResponse:
    """Let one of my devices go."""
    apparaat = get_object_or_404(apparaten.van(request.user), pk=pk)
    apparaat.delete()
    messages.success(request, _("%(apparaat)s krijgt geen meldingen meer.") % {"apparaat": apparaat})
    return redirect("meldingen:instellen")


@require_POST
def proef(request: Verzoek) -> HttpResponse:
    """A message to each of my devices."""
    aantal = duwen.zet_proef_klaar(request.user)
    if aantal:
        zin = ngettext(
            "De proef is onderweg naar %d apparaat. Meestal is hij er binnen tien tellen.",
            "De proef is onderweg naar %d apparaten. Meestal is hij er binnen tien tellen.",
            aantal,
        )
        messages.success(request, zin % aantal)
    else:
        messages.warning(request, _("Er staat nog geen apparaat aan."))
    return redirect("meldingen:instellen")
