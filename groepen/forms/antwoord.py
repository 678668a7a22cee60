"""Answering and reacting."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from intranet import text
from intranet.editor import RijkeTekstField

from .noemen import NoemForm

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


class AntwoordForm(NoemForm):
    inhoud = RijkeTekstField(
        label=_("Jouw antwoord"), error_messages={"required": _("Schrijf eerst je antwoord.")}
    )
    sleutel = SleutelField()


class ReactieForm(NoemForm):
    """A remark in plain text. ``nummer`` is the Antwoord it is about, 0 for the question itself."""

    inhoud = forms.CharField(
        widget=forms.Textarea, error_messages={"required": _("Schrijf eerst je reactie.")}
    )
    antwoord = forms.IntegerField(min_value=0, max_value=2**63 - 1)
    sleutel = SleutelField()

    @classmethod
    def van(cls, post, **wie) -> "ReactieForm":
        """The box that was sent: the boxes of the page are one form, each with the number of its Antwoord."""
        antwoord = post.get("antwoord", "")
        nummer = antwoord if antwoord.isascii() and antwoord.isdigit() else "0"
        inhoud = post.get(f"inhoud-{nummer}", "")
        velden = {"inhoud": inhoud, "antwoord": nummer, "sleutel": post.get("sleutel", "")}
        return cls(velden | {"bevestigd": post.get(f"bevestigd-{nummer}", "")}, **wie)

    @staticmethod
    def uit_concept(velden) -> dict[int, str]:
        """The texts in the boxes of a page, by number, from the Concept that kept them."""
        namen = ((naam.removeprefix("inhoud-"), tekst) for naam, tekst in velden.items())
        return {int(nummer): tekst for nummer, tekst in namen if nummer.isdigit() and isinstance(tekst, str)}

    @property
    def nummer(self) -> int:
        return int(self.data["antwoord"][:19])

    def clean_inhoud(self) -> str:
        inhoud = self.cleaned_data["inhoud"]
        if len(inhoud) > REACTIE_MAX:
            raise ValidationError(
                _t("Je reactie is te lang. Schrijf hem korter, of maak er een antwoord van."), code="te_lang"
            )
        return inhoud

    def html_van(self, schoon: dict[str, Any]) -> str:
        return text.clean(schoon["inhoud"]) if "@[" in schoon.get("inhoud", "") else ""

    def clean(self) -> dict[str, Any]:
        schoon = super().clean()
        if schoon.get("sleutel") and schoon.get("inhoud"):
            # One sleutel for a page with fifty boxes: the same words in the same box are the same remark.
            schoon["sleutel"] = uuid.uuid5(schoon["sleutel"], f"{self.nummer}:{schoon['inhoud']}")
        return schoon
