"""Answering, and vouching for an answer."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from groepen import toegang, vraagpagina
from groepen.forms.antwoord import AntwoordForm
from groepen.fouten import Weigering
from groepen.views.behandelen import meld_lid
from groepen.views.ophalen import eis, haal_antwoord, haal_vraag, zeg_van_namen
from groepen.views.vragen import toon_vraag
from intranet.concepten.models import Concept
from intranet.verzoek import Verzoek


@require_POST
def beantwoord(request: Verzoek, pk: int) -> HttpResponse:
    vraag, mag = haal_vraag(request, pk)
    form = AntwoordForm(request.POST, schrijver=request.user, groep=vraag.groep)
    if form.is_valid():
        was_lid = mag.is_lid
        try:
            antwoord = vraag.beantwoord(
                request.user, form.cleaned_data["inhoud"], sleutel=form.cleaned_data["sleutel"]
            )
        except Weigering as fout:
            # Deleted or closed while they wrote: the text stays on the page, to take along.
            form.add_error(None, str(fout))
        else:
            Concept.weg(request.user, vraagpagina.plek_van_antwoord(pk))
            messages.success(request, _("Je antwoord staat erbij."))
            zeg_van_namen(request, form)
            toegang.vergeet_lidmaatschappen(request.user)
            if not was_lid:
                meld_lid(request, vraag.groep)
            return redirect(antwoord)
    return toon_vraag(request, pk, form=form, status=422)


@require_POST
def controleer(request: Verzoek, pk: int) -> HttpResponse:
    """A beheerder vouches for it; ``goed=0`` takes that back."""
    antwoord, mag = haal_antwoord(request, pk)
    eis(mag.controleren)
    goed = request.POST.get("goed") != "0"
    if goed != antwoord.is_gecontroleerd:
        antwoord.controleer(request.user, goed)
    zin = (
        _("Iedereen ziet nu dat je dit antwoord controleerde.")
        if goed
        else _("Dit antwoord is niet meer gecontroleerd.")
    )
    messages.success(request, zin)
    return redirect(antwoord)
