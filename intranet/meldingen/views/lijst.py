"""The page behind the bell, and the bell itself."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from groepen.models import Thread
from intranet.meldingen import bel
from intranet.meldingen import lijst as meldingen
from intranet.meldingen.models import Melding
from intranet.verzoek import Verzoek


@require_GET
def lijst(request: Verzoek) -> HttpResponse:
    """What there was to hear, per Thread; ``toon`` is a filter, ``na`` where the next page begins."""
    toon = request.GET.get("toon", "")
    if toon not in meldingen.FILTERS:
        toon = ""
    blad = meldingen.blad(request.user, toon, _nummer(request.GET.get("na")))
    if blad.los:
        # Told in full by this very page: there is nothing to open.
        gezien = bel.lees(Melding.objects.van(request.user).filter(pk__in=blad.los))
        request.user.bel = max(0, request.user.bel - gezien)
    aantal_genoemd = meldingen.aantal_genoemd(request.user) if request.user.bel else 0
    context = {
        "blad": blad,
        "toon": toon,
        "filters": meldingen.FILTERS,
        # Beside a filter: how many of it are new. Nothing new costs no statement.
        "tellingen": {"nieuw": request.user.bel, "noemt": aantal_genoemd},
    }
    return render(request, "meldingen/meldingen.html", context)


@require_POST
def gelezen(request: Verzoek) -> HttpResponse:
    """All of it is read."""
    bel.lees(Melding.objects.van(request.user))
    naar = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(naar, allowed_hosts={request.get_host()}):
        naar = reverse("meldingen:lijst")
    return HttpResponseRedirect(naar)


@require_POST
def gezien(request: Verzoek, pk: int) -> HttpResponse:
    """What is told about this Thread is read; of a Thread one may not read there is nothing to see."""
    for thread in Thread.objects.zichtbaar_voor(request.user).filter(pk=pk):
        bel.zie(request.user, thread)
    return HttpResponse(status=204)


@require_GET
def stand(request: Verzoek) -> HttpResponse:
    """The bell alone, for a page that hears it moved."""
    antwoord = render(request, "meldingen/_bel.html")
    add_never_cache_headers(antwoord)
    return antwoord


def _nummer(waarde: str | None) -> int | None:
    return int(waarde) if waarde and waarde.isascii() and waarde.isdigit() and len(waarde) < 18 else None
