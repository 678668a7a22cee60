"""Form fields that more forms here share."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from groepen.models.thread import TITEL_MAX

TITEL_MIN = 5
_WIT = re.compile(r"\s+")


class TitelField(forms.CharField):
    """The title of a question: one line of 5 to 200 characters. What was typed is never cut off."""

    # A textarea of one row: it grows with a long question and shows all of it on a phone.
    widget = forms.Textarea(attrs={"rows": 1, "autocomplete": "off"})
    default_error_messages = {"required": _("Schrijf in één zin wat je wilt weten.")}

    def __init__(self, **kwargs):
        super().__init__(strip=True, **kwargs)

    def to_python(self, value):
        return _WIT.sub(" ", super().to_python(value)).strip()

    def validate(self, value):
        super().validate(value)
        if value and len(value) < TITEL_MIN:
            raise ValidationError(_t("Maak je vraag iets langer, dan begrijpen collega's hem."))
        if len(value) > TITEL_MAX:
            raise ValidationError(
                _t(
                    "Je vraag is %(lengte)s tekens lang. Er passen er %(meest)s in: "
                    "zet de rest bij de uitleg."
                )
                % {"lengte": f"{len(value):,}".replace(",", "."), "meest": TITEL_MAX}
            )
