"""What the box for writing asks while somebody types: whom to name, and whom that reaches."""

import re
from typing import NamedTuple

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from groepen import toegang
from groepen.models import Groep, Thread
from groepen.views.ophalen import nummer
from intranet.meldingen.kiezen import kies
from intranet.meldingen.nagaan import MEEST, nagaan
from intranet.verzoek import Verzoek

_DOEL = re.compile(r"(gebruiker|groep|afdeling|onderwerp):([1-9][0-9]{0,17})")


class Plek(NamedTuple):
    """Where it is written. Without a Groep nobody said yet."""

    groep: Groep | None = None
    thread: Thread | None = None


@require_GET
def opties(request: Verzoek) -> HttpResponse:
    """The options for ``q``, ready made: faces and marks come from the same partials as everywhere."""
    plek = _plek(request)
    keuze = kies(request.user, request.GET.get("q", ""), plek.groep, plek.thread)
    return render(request, "meldingen/_kiezen.html", {"keuze": keuze})


@require_GET
def bereik(request: Verzoek) -> HttpResponse:
    """What to know of a text that names each ``doel``, before it is posted."""
    plek = _plek(request)
    doelen = [(m[1], int(m[2])) for m in map(_DOEL.fullmatch, request.GET.getlist("doel")[:MEEST]) if m]
    bezwaren = nagaan(request.user, plek.groep, doelen) if plek.groep and doelen else []
    return render(request, "meldingen/_bereik.html", {"bezwaren": bezwaren})


def _plek(request: Verzoek) -> Plek:
    """By ``thread`` or ``groep`` (slug), through the rule; 404 when it is not there for this person."""
    toegang.onthoud_lidmaatschappen(request.user)
    if "thread" in request.GET:
        threads = Thread.objects.zichtbaar_voor(request.user).select_related("groep")
        thread = threads.filter(pk=nummer(request.GET["thread"]) or 0).first()
        if thread is None:
            raise Http404
        return Plek(thread.groep, thread)
    slug = request.GET.get("groep", "")
    if not slug:
        return Plek()
    groep = toegang.groep_van_lid(request.user, slug)
    if groep is None:
        groep = Groep.objects.zichtbaar_voor(request.user).filter(slug=slug.replace("\0", "")).first()
    if groep is None:
        raise Http404
    return Plek(groep)
