"""A beheerder moves a question to another Groep; its address stays the same."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groepen import toegang
from groepen.models import Groep, Vraag


class VerplaatsForm(forms.Form):
    groep = forms.ModelChoiceField(
        Groep.objects.none(),
        label=gettext_lazy("Naar welke groep?"),
        empty_label=gettext_lazy("Kies een groep"),
        error_messages={"invalid_choice": gettext_lazy("Naar deze groep kun je niet verplaatsen.")},
    )

    def __init__(self, *args, gebruiker, vanuit, **kwargs):
        super().__init__(*args, **kwargs)
        # Where the mover may write: they answer for what they bring.
        schrijft = [
            lid.groep_id for lid in toegang.onthoud_lidmaatschappen(gebruiker) if lid.rol in toegang.SCHRIJFT
        ]
        self.fields["groep"].queryset = (
            Groep.objects.zichtbaar_voor(gebruiker).lopend().filter(pk__in=schrijft).exclude(pk=vanuit.pk)
        )


def vraag(request, pk):
    ding = get_object_or_404(
        Vraag.objects.zichtbaar_voor(request.user).select_related("thread__groep", "thread__steller"), pk=pk
    )
    if not toegang.mag_beheren(request.user, ding.groep):
        raise PermissionDenied
    form = VerplaatsForm(request.POST or None, gebruiker=request.user, vanuit=ding.groep)
    if request.method == "POST" and form.is_valid():
        naar = form.cleaned_data["groep"]
        ding.thread.verplaats(naar, request.user)
        messages.success(request, _("De vraag staat nu in %(groep)s.") % {"groep": naar.naam})
        return redirect(ding)
    return render(
        request,
        "groepen/verplaatsen.html",
        {"form": form, "vraag": ding},
        status=422 if form.is_bound else 200,
    )
