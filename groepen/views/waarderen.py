"""Thanks, "ook mijn vraag", following, "dit hielp mij": small buttons that htmx replaces in place.

Whoever reads may do all of these, waarnemers too; nobody becomes lid by it.
"""

from types import SimpleNamespace

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from groepen import vraagpagina
from groepen.models import Gelezen, Vraag
from groepen.rechten import Rechten
from groepen.views.ophalen import eis, haal_antwoord, haal_vraag, wil_aan
from groepen.woorden import woorden
from intranet.verzoek import Verzoek


@require_POST
def bedankje(request: Verzoek, pk: int) -> HttpResponse:
    vraag, mag = haal_vraag(request, pk)
    eis(mag.bedanken(vraag.thread.steller_id))
    if vraag.thread.bedankjes.filter(gebruiker=request.user, antwoord=None).exists() != wil_aan(request):
        vraag.thread.bedank(request.user)
    return _acties_vraag(request, vraag, mag)


@require_POST
def antwoord_bedankje(request: Verzoek, pk: int) -> HttpResponse:
    antwoord, mag = haal_antwoord(request, pk)
    eis(mag.bedanken(antwoord.schrijver_id))
    antwoord.is_bedankt = antwoord.bedankjes.filter(gebruiker=request.user).exists()
    if antwoord.is_bedankt != wil_aan(request):
        antwoord.is_bedankt = antwoord.thread.bedank(request.user, antwoord)
    return _acties_antwoord(request, antwoord, mag)


@require_POST
def stem(request: Verzoek, pk: int) -> HttpResponse:
    vraag, mag = haal_vraag(request, pk)
    eis(mag.stemmen)
    if vraag.thread.stemmen.filter(gebruiker=request.user).exists() != wil_aan(request):
        vraag.stem(request.user)
    return _acties_vraag(request, vraag, mag)


@require_POST
def volgen(request: Verzoek, pk: int) -> HttpResponse:
    vraag, mag = haal_vraag(request, pk)
    if wil_aan(request):
        vraag.thread.volg(request.user)
    else:
        vraag.thread.volg_niet(request.user)
    return _acties_vraag(request, vraag, mag)


@require_POST
def hulp(request: Verzoek, pk: int) -> HttpResponse:
    """ "Dit hielp mij", under the Oplossing: for who wrote here, whom reading alone does not count."""
    vraag, mag = haal_vraag(request, pk)
    antwoord = vraag.oplossing
    if antwoord is None or antwoord.schrijver_id == request.user.pk:
        raise PermissionDenied
    Gelezen.noteer(vraag.thread, request.user, geholpen=True)
    antwoord.vraag = vraag
    antwoord.is_bedankt = antwoord.bedankjes.filter(gebruiker=request.user).exists()
    return _acties_antwoord(request, antwoord, mag)


def _acties_vraag(request: Verzoek, vraag: Vraag, mag: Rechten) -> HttpResponse:
    if not request.htmx:
        return redirect(f"{vraag.get_absolute_url()}#acties")
    p = SimpleNamespace(vraag=vraag, thread=vraag.thread, mag=mag, mijn=vraagpagina.mijn(vraag, request.user))
    return render(request, "groepen/_deel.html", {"deel": "vraag", "p": p})


def _acties_antwoord(request: Verzoek, antwoord, mag: Rechten) -> HttpResponse:
    if not request.htmx:
        return redirect(antwoord)
    p = SimpleNamespace(
        vraag=antwoord.vraag, mag=mag, mijn=vraagpagina.mijn(antwoord.vraag, request.user), woorden=woorden()
    )
    return render(request, "groepen/_deel.html", {"deel": "antwoord", "p": p, "a": antwoord})
