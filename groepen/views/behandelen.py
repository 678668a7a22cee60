"""A question on its way: who has it in hand, what it waits for, what solved it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from groepen import normen, toegang, vraagpagina
from groepen.forms.behandelen import InformatieForm, OverdraagForm
from groepen.fouten import Weigering
from groepen.models import Antwoord
from groepen.views.ophalen import eis, haal_vraag, nummer
from intranet.verzoek import Verzoek


def _terug(request: Verzoek, vraag, anker: str = "vraag") -> HttpResponse:
    """To the question; htmx loads the page again, with what there is to say."""
    return HttpResponseClientRefresh() if request.htmx else redirect(f"{vraag.get_absolute_url()}#{anker}")


@require_POST
def oplossing(request: Verzoek, pk: int) -> HttpResponse:
    """``antwoord`` is the number of the answer that solved it; empty takes the Oplossing back."""
    vraag, mag = haal_vraag(request, pk)
    eis(mag.afronden)
    if not request.POST.get("antwoord"):
        vraag.trek_oplossing_in(request.user)
        messages.success(request, _("De vraag staat weer open."))
        return _terug(request, vraag)
    gekozen = nummer(request.POST["antwoord"])
    antwoord = get_object_or_404(Antwoord.objects.zichtbaar_voor(request.user), pk=gekozen, vraag=vraag)
    try:
        vraag.kies_oplossing(antwoord, request.user)
    except Weigering as fout:
        messages.error(request, str(fout))
        return _terug(request, vraag)
    messages.success(request, _("Dit antwoord staat nu bovenaan als oplossing."))
    return _terug(request, vraag, "oplossing")


def status(request: Verzoek, pk: int) -> HttpResponse:
    """Close, reopen, or ask the asker for more (GET is the form for that)."""
    vraag, mag = haal_vraag(request, pk)
    actie = request.POST.get("actie", "meer_informatie")
    if actie == "meer_informatie":
        return _vraag_informatie(request, vraag, mag)
    eis(mag.afronden)
    if actie == "sluit" and not vraag.is_af:
        vraag.sluit(request.user)
        messages.success(request, _("De vraag is gesloten."))
    elif actie == "heropen" and vraag.is_af:
        vraag.heropen(request.user)
        messages.success(request, _("De vraag staat weer open."))
    return _terug(request, vraag)


def _vraag_informatie(request: Verzoek, vraag, mag) -> HttpResponse:
    if mag.leiden and not mag.informatie_vragen:
        messages.error(request, _("De vraag wacht al op de vraagsteller, of is afgerond."))
        return _terug(request, vraag)
    eis(mag.informatie_vragen)
    form = InformatieForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        vraag.vraag_informatie(request.user, form.cleaned_data["toelichting"], form.cleaned_data["sleutel"])
        messages.success(request, _("De vraagsteller ziet dat er meer informatie nodig is."))
        return _terug(request, vraag)
    return _toon(request, vraag, form, "meer_informatie", _("Meer informatie nodig"), _("Vraag erom"))


def behandelaar(request: Verzoek, pk: int) -> HttpResponse:
    """ "Ik pak dit op" (POST), give it back (``laat_los``), or hand it to a colleague (GET: the form)."""
    vraag, mag = haal_vraag(request, pk)
    actie = request.POST.get("actie", "pak_op" if request.method == "POST" else "draag_over")
    if actie == "pak_op":
        return _pak_op(request, vraag, mag)
    if actie == "laat_los":
        if not mag.loslaten:
            eis(mag.leiden)
        else:
            vraag.laat_los(request.user)
            messages.success(request, _("De vraag is weer vrij. Een collega kan hem oppakken."))
        return _terug(request, vraag)
    if actie != "draag_over":
        raise Http404
    eis(mag.overdragen)
    return _draag_over(request, vraag, "behandelaar", _("Overdragen"), _("Draag over"))


@require_POST
def teken(request: Verzoek, pk: int) -> HttpResponse:
    """ "Ik ben er nog mee bezig": a sign of life to the asker, by one click."""
    vraag, mag = haal_vraag(request, pk)
    eis(mag.teken_geven)
    try:
        normen.laat_iets_horen(vraag, request.user)
    except Weigering as fout:
        messages.error(request, str(fout))
    else:
        messages.success(request, _("De vraagsteller hoort dat er aan gewerkt wordt."))
    return _terug(request, vraag)


def contactpersoon(request: Verzoek, pk: int) -> HttpResponse:
    vraag, mag = haal_vraag(request, pk)
    eis(mag.contact_wijzigen)
    return _draag_over(
        request, vraag, "contactpersoon", _("Contactpersoon wijzigen"), _("Wijzig contactpersoon")
    )


def _pak_op(request: Verzoek, vraag, mag) -> HttpResponse:
    eis(mag.antwoorden and not mag.is_steller)
    was_lid = mag.is_lid
    try:
        vraag.pak_op(request.user)
    except Weigering as fout:
        messages.error(request, str(fout))
        return _terug(request, vraag)
    if not was_lid:
        meld_lid(request, vraag.groep)
        return _terug(request, vraag)
    if request.htmx:
        p = vraagpagina.laad(vraag.pk, request.user)
        return render(request, "groepen/_vraag_alleen.html", {"p": p})
    messages.success(request, _("Jij pakt deze vraag op. Laat binnen twee werkdagen iets horen."))
    return _terug(request, vraag)


def _draag_over(request: Verzoek, vraag, rol: str, kop: str, knop: str) -> HttpResponse:
    form = OverdraagForm(request.POST or None, kijker=request.user, groep=vraag.groep, rol=rol)
    if request.method == "POST" and form.is_valid():
        naar = form.cleaned_data["naar"]
        try:
            vraag.draag_over(naar, request.user, rol)
        except Weigering as fout:
            form.add_error("naar", str(fout))
        else:
            if rol == "behandelaar":
                messages.success(request, _("%(naam)s heeft de vraag nu.") % {"naam": naar.naam})
            else:
                messages.success(request, _("%(naam)s is nu contactpersoon.") % {"naam": naar.naam})
            return _terug(request, vraag)
    return _toon(request, vraag, form, "draag_over", kop, knop)


def _toon(request: Verzoek, vraag, form, actie: str, kop: str, knop: str) -> HttpResponse:
    context = {"vraag": vraag, "form": form, "actie": actie, "kop": kop, "knopwoorden": knop}
    return render(request, "groepen/behandelen.html", context, status=422 if form.is_bound else 200)


def meld_lid(request: Verzoek, groep) -> None:
    """Writing in an open Groep made this reader lid: say so."""
    toegang.vergeet_lidmaatschappen(request.user)
    messages.success(request, _("Je bent nu lid van %(groep)s.") % {"groep": groep.naam})
