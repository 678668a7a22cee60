"""Recommending a colleague for an Onderwerp."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from profielen.models import Onderwerp

from .kiezer import Kiezer
from .onderwerpen import OnderwerpenField


class AanbevelingForm(forms.Form):
    """An Onderwerp, by the button that names it (``voor``) or as typed (``onderwerp``)."""

    voor = forms.ModelChoiceField(Onderwerp.objects, required=False)
    onderwerp = OnderwerpenField(
        label=_("Onderwerp"), max_aantal=1, widget=Kiezer("profielen:onderwerpen_zoek", meer=False)
    )

    def clean(self):
        gegeven = super().clean()
        getypt = gegeven.get("onderwerp") or [None]
        gegeven["gekozen"] = gegeven.get("voor") or getypt[0]
        if gegeven["gekozen"] is None and not self.errors:
            self.add_error("onderwerp", ValidationError(_("Kies een onderwerp."), code="required"))
        return gegeven
