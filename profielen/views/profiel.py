"""One person: the page, the photo, and keeping one's own up to date."""

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from profielen.aanwezigheid import aanwezigheid, afwezigheid
from profielen.afdelingen import pad
from profielen.forms.aanbeveling import AanbevelingForm
from profielen.forms.dagdelen import rooster
from profielen.forms.profiel import ProfielForm
from profielen.fouten import Botsing
from profielen.kennis import kennis_van
from profielen.models import Afdeling, Gebruiker, Profiel

# The address of a photo changes with the photo; whoever loses sight of someone keeps it for a day at most.
FOTO_BEWAREN = 24 * 3600


@require_GET
def detail(request, pk):
    """A Profiel, for whoever may see it."""
    return toon_profiel(request, haal_mens(request, pk))


def haal_mens(request, pk) -> Gebruiker:
    """The person of an address, through the rule."""
    zichtbaar = Gebruiker.objects.zichtbaar_voor(request.user)
    return get_object_or_404(zichtbaar.select_related("organisatie", "profiel__afdeling"), pk=pk)


def toon_profiel(request, mens, *, form=None, gelukt="", status=200):
    """The page of ``mens``, whom this reader may see; for htmx, after a button, only what they know.

    ``form`` is a recommendation that was refused, ``gelukt`` says what the button did.
    """
    profiel = mens.profiel
    kennis = kennis_van(mens, request.user)
    ben_ik = mens.pk == request.user.pk
    context = {
        "mens": mens,
        "profiel": profiel,
        "ben_ik": ben_ik,
        "kennis": [k for k in kennis if k.is_meer_dan_opgegeven],
        "aan_te_bevelen": [] if ben_ik else [k.onderwerp for k in kennis if not k.is_meer_dan_opgegeven],
        "form": form or AanbevelingForm(),
        "gelukt": gelukt,
    }
    if request.htmx and not request.htmx.boosted:
        return render(request, "profielen/_kennis.html", context, status=status)
    zichtbaar = Gebruiker.objects.zichtbaar_voor(request.user)
    context |= {
        "onderwerpen": [k.onderwerp for k in kennis if not k.is_verborgen or k.is_opgegeven],
        "aanwezig": aanwezigheid(profiel),
        "afwezig": afwezigheid(profiel),
        "vervanger": zichtbaar.filter(pk=profiel.vervanger_id).first() if profiel.vervanger_id else None,
        "afdelingen": _pad(profiel.afdeling),
        "rooster": rooster(profiel.dagdelen),
    }
    return render(request, "profielen/profiel.html", context, status=status)


@require_GET
def ik(request):
    return redirect("profielen:mens", request.user.pk)


@require_http_methods(["GET", "POST"])
def bewerk(request):
    """Edit the own Profiel. Saved twice from two tabs: the second sees both."""
    profiel = get_object_or_404(
        Profiel.objects.select_related("gebruiker__organisatie", "afdeling", "vervanger"), pk=request.user.pk
    )
    form = ProfielForm(profiel)
    verschillen, status = [], 200
    if request.method == "POST":
        form, status = ProfielForm(profiel, request.POST, request.FILES), 422
        if form.is_valid():
            try:
                form.bewaar()
            except Botsing as botsing:
                verschillen, status = form.verschillen(botsing.huidig), 409
                form.neem_versie_over(botsing.huidig)
            else:
                # In the language of the page that comes now.
                with translation.override(form.cleaned_data["taal"]):
                    messages.success(request, _("Je profiel is bewaard."))
                return redirect("profielen:mens", request.user.pk)
    # The names on this page are those in the database, not the ones that were refused.
    context = {"form": form, "profiel": profiel, "verschillen": verschillen, "botst": status == 409}
    return render(request, "profielen/bewerken.html", context, status=status)


@require_POST
def bevestig(request):
    """ "Klopt nog": one click keeps a Profiel trustworthy."""
    request.user.profiel.bevestig(request.user)
    messages.success(request, _("Dank je. Collega’s zien dat je profiel klopt."))
    return redirect("profielen:mens", request.user.pk)


@require_GET
def foto(request, pk):
    """The photo, through the same rule as the page; nginx sends the bytes where there is one."""
    profiel = get_object_or_404(Profiel.objects.zichtbaar_voor(request.user).only("foto"), pk=pk)
    if not profiel.foto:
        raise Http404
    if settings.X_ACCEL_PAD:
        response = HttpResponse(content_type="image/jpeg")
        response["X-Accel-Redirect"] = f"{settings.X_ACCEL_PAD.rstrip('/')}/{profiel.foto.name}"
    else:
        try:
            response = FileResponse(profiel.foto.open("rb"), content_type="image/jpeg")
        except FileNotFoundError:
            raise Http404 from None
    response["Cache-Control"] = f"private, max-age={FOTO_BEWAREN}"
    return response


def _pad(afdeling: Afdeling | None) -> list[Afdeling]:
    if afdeling is None:
        return []
    # One query for the whole Organisatie is cheaper than one per level.
    zelfde = Afdeling.objects.filter(organisatie=afdeling.organisatie_id).only("naam", "ouder_id")
    return pad(afdeling, zelfde)
