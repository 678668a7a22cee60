"""Remarks under an answer, or under the question itself."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from groepen import vraagpagina
from groepen.forms.antwoord import ReactieForm
from groepen.fouten import Weigering
from groepen.models import Antwoord, Reactie
from groepen.views.behandelen import meld_lid
from groepen.views.ophalen import haal_vraag, zeg_van_namen
from groepen.views.vragen import toon_vraag
from intranet.concepten.models import Concept
from intranet.verzoek import Verzoek


@require_POST
def reageer(request: Verzoek, pk: int) -> HttpResponse:
    """``antwoord`` is the number of the answer it is about; without it the remark is about the question."""
    vraag, mag = haal_vraag(request, pk)
    form = ReactieForm.van(request.POST, schrijver=request.user, groep=vraag.groep)
    if form.is_valid():
        antwoord = None
        if form.cleaned_data["antwoord"]:
            antwoord = get_object_or_404(
                Antwoord.objects.zichtbaar_voor(request.user), pk=form.cleaned_data["antwoord"], vraag=vraag
            )
        was_lid = mag.is_lid
        try:
            reactie = Reactie.geef(
                vraag.thread,
                request.user,
                form.cleaned_data["inhoud"],
                antwoord=antwoord,
                sleutel=form.cleaned_data["sleutel"],
            )
        except Weigering as fout:
            messages.error(request, str(fout))
            form.add_error("inhoud", str(fout))
        else:
            Concept.zonder(request.user, vraagpagina.plek_van_reacties(pk), f"inhoud-{form.nummer}")
            zeg_van_namen(request, form)
            messages.success(request, _("Je reactie staat erbij."))
            if not was_lid:
                meld_lid(request, vraag.groep)
            return redirect(reactie)
    return toon_vraag(request, pk, reactieform=form, bij=form.nummer or None, status=422)
