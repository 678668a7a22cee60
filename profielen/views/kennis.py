"""What somebody knows: recommended by colleagues, and hidden or shown by themselves."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from profielen.forms.aanbeveling import AanbevelingForm
from profielen.fouten import Weigering
from profielen.models import Deskundigheid, Onderwerp
from profielen.views.profiel import haal_mens, toon_profiel


@require_POST
def aanbeveling(request, pk):
    """Recommend a colleague one may see; ``niet`` (number of an Onderwerp) takes it back."""
    mens = haal_mens(request, pk)
    if niet := request.POST.get("niet"):
        return _trek_in(request, mens, niet)
    form = AanbevelingForm(request.POST)
    if form.is_valid():
        onderwerp = form.cleaned_data["gekozen"]
        try:
            Deskundigheid.beveel_aan(mens.profiel, onderwerp, request.user)
        except Weigering as fout:
            form.add_error(None if "voor" in request.POST else "onderwerp", str(fout))
        else:
            gelukt = _("Je beveelt %(naam)s aan voor %(onderwerp)s.") % {
                "naam": mens.voornaam or mens.naam,
                "onderwerp": onderwerp.naam,
            }
            return _terug(request, mens, gelukt)
    return toon_profiel(request, mens, form=form, status=422)


def _trek_in(request, mens, niet: str):
    kennis = get_object_or_404(
        Deskundigheid.objects.select_related("profiel__gebruiker", "onderwerp"),
        profiel=mens.pk,
        onderwerp=_nummer(niet),
        soort=Deskundigheid.Soort.AANBEVOLEN,
        aanbevelingen__door=request.user,
    )
    kennis.trek_aanbeveling_in(request.user)
    gelukt = _("Je aanbeveling voor %(onderwerp)s is weg.") % {"onderwerp": kennis.onderwerp.naam}
    return _terug(request, mens, gelukt)


@require_POST
def kennis(request):
    """One's own: ``verberg`` or ``toon`` is the number of an Onderwerp, for all that others made of it."""
    verberg = "verberg" in request.POST
    onderwerp = get_object_or_404(
        Onderwerp.objects.filter(deskundigheden__profiel=request.user.pk).distinct(),
        pk=_nummer(request.POST.get("verberg" if verberg else "toon", "")),
    )
    mens = haal_mens(request, request.user.pk)
    with transaction.atomic():
        for rij in mens.profiel.deskundigheden.filter(onderwerp=onderwerp):
            rij.profiel = mens.profiel
            (rij.verberg if verberg else rij.toon)(request.user)
    woorden = (
        _("Collega’s zien niet meer dat je veel weet van %(onderwerp)s.")
        if verberg
        else _("Collega’s zien weer dat je veel weet van %(onderwerp)s.")
    )
    return _terug(request, mens, woorden % {"onderwerp": onderwerp.naam})


def _terug(request, mens, gelukt: str):
    if request.htmx:
        return toon_profiel(request, mens, gelukt=gelukt)
    messages.success(request, gelukt)
    return redirect("profielen:mens", mens.pk)


def _nummer(waarde: str) -> int:
    """A primary key; 0, which nothing has, for anything that cannot be one."""
    return int(waarde) if waarde.isascii() and waarde.isdigit() and len(waarde) < 16 else 0
