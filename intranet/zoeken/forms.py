"""Words that mean the same, as an editor writes them."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from intranet.zoeken.analyse import woorden
from intranet.zoeken.synoniemen import uit_regel

MEESTE_WOORDEN = 12
LANGSTE_WOORD = 80


class SynoniemForm(forms.Form):
    woorden = forms.CharField(
        label=_("Woorden die hetzelfde betekenen"),
        help_text=_(
            "Met een komma ertussen, bijvoorbeeld: wmo, wet maatschappelijke ondersteuning. "
            "Lijken ze alleen op elkaar? Begin de regel met ~, dan tellen ze minder zwaar."
        ),
        max_length=500,
        error_messages={
            "required": _("Vul minstens twee woorden in, met een komma ertussen."),
            "max_length": _("Dat is te lang. Maak er twee regels van."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_woorden(self) -> str:
        """One line, each word once. Raises ValidationError when there is nothing to join."""
        regel = self.cleaned_data["woorden"]
        groep = uit_regel(regel)
        gegeven = groep.woorden if groep is not None else ()
        uniek = {" ".join(w for _van, _tot, w in woorden(woord)): woord for woord in gegeven}
        if "" in uniek:
            raise ValidationError(_t("Elk woord heeft minstens één letter of cijfer."))
        if len(uniek) < 2:
            raise ValidationError(_t("Vul minstens twee woorden in, met een komma ertussen."))
        if max(map(len, uniek)) > LANGSTE_WOORD:
            raise ValidationError(
                _t("Een woord heeft hooguit %(meest)d letters. Staan alle komma’s goed?")
                % {"meest": LANGSTE_WOORD}
            )
        if len(uniek) > MEESTE_WOORDEN:
            raise ValidationError(
                _t("Hooguit %(meest)d woorden op een regel. Meer woorden betekenen zelden precies hetzelfde.")
                % {"meest": MEESTE_WOORDEN}
            )
        verwant = "~" if regel.lstrip().startswith("~") else ""
        return verwant + ", ".join(uniek.values())


class WijzigForm(SynoniemForm):
    versie = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
