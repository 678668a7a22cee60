"""Deleting and putting back: a placeholder takes the place, what others wrote stays readable."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from groepen import toegang
from groepen.fouten import Weigering
from groepen.models import Antwoord, Reactie, Vraag


def vraag(request, pk):
    ding = get_object_or_404(
        Vraag.objects.zichtbaar_voor(request.user).select_related("thread__groep", "thread__steller"), pk=pk
    )
    return _verwijder(request, ding, ding.thread, ding.thread.steller_id, vraag=ding)


def antwoord(request, pk):
    ding = get_object_or_404(
        Antwoord.objects.zichtbaar_voor(request.user).select_related("vraag__thread__groep", "schrijver"),
        pk=pk,
    )
    return _verwijder(request, ding, ding, ding.schrijver_id, vraag=ding.vraag)


def reactie(request, pk):
    ding = get_object_or_404(
        Reactie.objects.zichtbaar_voor(request.user).select_related(
            "thread__groep", "thread__vraag", "schrijver"
        ),
        pk=pk,
    )
    return _verwijder(request, ding, ding, ding.schrijver_id, vraag=ding.thread.vraag)


def _verwijder(request, ding, houder, schrijver_id, *, vraag):
    """``houder`` carries the verbs: the Thread of a Vraag, otherwise the thing itself."""
    if not toegang.mag_bewerken(request.user, ding.groep, schrijver_id):
        raise PermissionDenied
    if request.method == "POST":
        if request.POST.get("actie") == "terugzetten":
            try:
                houder.zet_terug(request.user)
            except Weigering as fout:
                messages.error(request, str(fout))
            else:
                messages.success(request, _("De tekst staat er weer."))
        else:
            houder.verwijder(request.user)
            messages.success(request, _("Verwijderd. Binnen 30 dagen kun je dit nog terugzetten."))
        return redirect(ding.get_absolute_url())
    return render(request, "groepen/verwijderen.html", {"ding": ding, "houder": houder, "vraag": vraag})
