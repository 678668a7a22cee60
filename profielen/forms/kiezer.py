"""The text field with suggestions; ``intranet/static/intranet/kiesveld.js`` makes it come alive.

Without JavaScript it is what it looks like: a text field in which one types names.
"""

from typing import Any

from django import forms
from django.shortcuts import resolve_url
from django.utils.html import format_html
from django.utils.translation import gettext as _


class Kiezer(forms.TextInput):
    """A text input in the design's ``bp-kiesveld``.

    Args:
        zoek: the URL (or its name) that answers ``?q=`` with
            ``{"voorstellen": [{"naam", "tekst", "uitleg"}]}``.
        meer: several names, separated by commas, shown as chips; otherwise one.
        max_aantal: no more than so many; 0 is no limit.
    """

    def __init__(self, zoek: str, *, meer: bool, max_aantal: int = 0, attrs: dict[str, Any] | None = None):
        super().__init__({"autocomplete": "off", **(attrs or {})})
        self.zoek, self.meer, self.max_aantal = zoek, meer, max_aantal

    def render(self, name, value, attrs=None, renderer=None):
        # The box around it has the border: the input itself wears no class.
        kaal = {sleutel: waarde for sleutel, waarde in (attrs or {}).items() if sleutel != "class"}
        return format_html(
            '<div class="bp-kiesveld" data-kiesveld="{}" data-meer="{}" data-max="{}" data-weghalen="{}"'
            ' data-weg="{}" data-gevonden="{}" data-niets="{}" data-vol="{}">{}</div>',
            resolve_url(self.zoek),
            "ja" if self.meer else "",
            self.max_aantal or "",
            _("weghalen"),
            _("{} is weggehaald"),
            _("Voorstellen: {}. Kies met de pijltjes."),
            _("Niets gevonden. Kies iets uit de lijst."),
            _("Je hebt er genoeg. Haal er eerst een weg."),
            super().render(name, value, kaal, renderer),
        )
