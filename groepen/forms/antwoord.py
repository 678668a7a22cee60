"""Answering and reacting."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from intranet.editor import RijkeTekstField

# A Reactie is a remark; what is longer is an answer.
REACTIE_MAX = 5_000


class SleutelField(forms.UUIDField):
    """Hidden, new for each form that is opened: sending the form twice makes one thing."""

    widget = forms.HiddenInput(attrs={"autocomplete": "off"})

    def __init__(self, **kwargs):
        super().__init__(
            initial=uuid.uuid4,
            error_messages={
                "required": _("Dit formulier is verlopen. Probeer het nog eens."),
                "invalid": _("Dit formulier is verlopen. Probeer het nog eens."),
            },
            **kwargs,
        )


class AntwoordForm(forms.Form):
    inhoud = RijkeTekstField(
        label=_("Jouw antwoord"), error_messages={"required": _("Schrijf eerst je antwoord.")}
    )
    sleutel = SleutelField()


class ReactieForm(forms.Form):
    """A remark in plain text. ``nummer`` is the Antwoord it is about, 0 for the question itself."""

    inhoud = forms.CharField(
        widget=forms.Textarea, error_messages={"required": _("Schrijf eerst je reactie.")}
    )
    antwoord = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    sleutel = SleutelField()

    @property
    def nummer(self) -> int:
        antwoord = self.data.get("antwoord", "")
        return int(antwoord) if antwoord.isascii() and antwoord.isdigit() else 0

    def clean_inhoud(self) -> str:
        inhoud = self.cleaned_data["inhoud"]
        if len(inhoud) > REACTIE_MAX:
            raise ValidationError(
                _t("Je reactie is te lang. Schrijf hem korter, of maak er een antwoord van."), code="te_lang"
            )
        return inhoud
