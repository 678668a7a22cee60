"""Inviting by mail, and what the person finds who follows the link."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from groepen import toegang
from groepen.forms.leden import UitnodigForm
from groepen.fouten import Weigering
from groepen.models import Uitnodiging
from groepen.views.leden import toon
from groepen.vinden import met_groep

# intranet.accounts lets whoever came in with this make an account for its address.
SESSIE_SLEUTEL = "uitnodiging"


@met_groep()
def nodig_uit(request, groep):
    if request.method != "POST":
        return redirect("groepen:leden", groep.slug)
    if not toegang.mag_beheren(request.user, groep):
        raise PermissionDenied(_("Alleen een beheerder van deze groep nodigt mensen uit."))
    form = UitnodigForm(request.POST, groep=groep)
    if not form.is_valid():
        return toon(request, groep, form, status=422)
    groep.nodig_uit(form.cleaned_data["email"], form.cleaned_data["rol"], request.user)
    messages.success(
        request,
        _("De uitnodiging gaat naar %(email)s en is 48 uur geldig.") % {"email": form.cleaned_data["email"]},
    )
    return redirect("groepen:leden", groep.slug)


@require_POST
@met_groep()
def trek_in(request, groep, pk):
    if not toegang.mag_beheren(request.user, groep):
        raise PermissionDenied(_("Alleen een beheerder van deze groep trekt een uitnodiging in."))
    uitnodiging = get_object_or_404(Uitnodiging.objects.zichtbaar_voor(request.user).in_groep(groep), pk=pk)
    uitnodiging.trek_in(request.user)
    messages.success(
        request, _("De uitnodiging voor %(email)s is ingetrokken.") % {"email": uitnodiging.email}
    )
    return redirect("groepen:leden", groep.slug)


@login_not_required
@never_cache
def aanvaard(request, sleutel):
    """Whoever holds the secret of the mail. Its Groep is named to the person it is for, and to a stranger who
    may be that person; never to someone who is logged in as another."""
    uitnodiging = get_object_or_404(
        Uitnodiging.objects.select_related("groep", "door__organisatie"), sleutel=sleutel
    )
    kijker = request.user
    context = {"uitnodiging": uitnodiging}
    if not uitnodiging.is_geldig:
        al_binnen = kijker.is_authenticated and uitnodiging.aanvaard_door_id == kijker.pk
        if al_binnen and toegang.mag_zien(kijker, uitnodiging.groep):
            return redirect("groepen:groep", uitnodiging.groep.slug)
        return render(request, "groepen/uitnodiging_verlopen.html", context, status=410)
    if not kijker.is_authenticated:
        request.session[SESSIE_SLEUTEL] = str(sleutel)
        return render(request, "groepen/uitnodiging_welkom.html", context)
    if kijker.email != uitnodiging.email:
        return render(request, "groepen/uitnodiging_ander.html", {}, status=403)
    if request.method != "POST":
        return render(request, "groepen/uitnodiging.html", context)
    try:
        uitnodiging.aanvaard(kijker)
    except Weigering as fout:
        messages.error(request, str(fout))
        return render(request, "groepen/uitnodiging_verlopen.html", context, status=410)
    request.session.pop(SESSIE_SLEUTEL, None)
    messages.success(request, _("Welkom in %(groep)s.") % {"groep": uitnodiging.groep.naam})
    return redirect("groepen:groep", uitnodiging.groep.slug)
