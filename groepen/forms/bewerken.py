"""Changing what was written. Each form carries ``versie``: a collision shows both texts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from intranet.editor import RijkeTekstField
from profielen.forms.onderwerpen import OnderwerpenField

from .noemen import NoemForm
from .velden import TitelField


class VraagBewerkForm(NoemForm):
    titel = TitelField(label=_("Wat wil je weten?"))
    inhoud = RijkeTekstField(label=_("Vertel er iets bij"), required=False)
    onderwerpen = OnderwerpenField(help_text=_("Zo vinden de juiste mensen je vraag."))
    versie = forms.IntegerField(widget=forms.HiddenInput)


class TekstBewerkForm(NoemForm):
    """For an Antwoord or a Reactie."""

    inhoud = RijkeTekstField(
        label=_("Tekst"), error_messages={"required": _("Schrijf eerst iets, of verwijder de tekst.")}
    )
    versie = forms.IntegerField(widget=forms.HiddenInput)
