"""Forms whose text may name others: the writer knows beforehand whom that reaches."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t

from groepen import haken
from groepen.haken import Bezwaar, Ernst
from intranet import text


class NoemForm(forms.Form):
    """Asks ``groepen.haken.voor_plaatsen`` about the names that are new in ``inhoud``.

    Too many of them is an error; many of them asks for the tick ``bevestigd``. ``bezwaren`` is what to show
    below the box, ``te_zeggen`` what to say once the text is posted.

    Args:
        schrijver: who writes; None asks nothing.
        groep: the Groep where it will stand; None when nobody chose one yet.
        eerder: the text as it was, when it is edited: who was named before is not asked about again.
    """

    bevestigd = forms.BooleanField(required=False)

    def __init__(self, *args: Any, schrijver: Any = None, groep: Any = None, eerder: str = "", **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.schrijver, self.groep_hier, self.eerder = schrijver, groep, eerder
        self.bezwaren: list[Bezwaar] = []

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or self.cleaned_data
        bevestigd = schoon.pop("bevestigd", False)
        if self.schrijver is None or self.groep_hier is None:
            return schoon
        was = set(text.mentions(self.eerder))
        doelen = [doel for doel in text.mentions(self.html_van(schoon)) if doel not in was]
        if not doelen:
            return schoon
        self.bezwaren = [
            een
            for haak in haken.voor_plaatsen
            for een in haak(self.schrijver, self.groep_hier, doelen, bevestigd)
        ]
        for bezwaar in self.bezwaren:
            if bezwaar.ernst is Ernst.WEIGER:
                self.add_error("inhoud", ValidationError(bezwaar.zin, code="te_veel_mensen"))
            elif bezwaar.ernst is Ernst.VRAAG and not bevestigd:
                zin = _t("Je noemt veel mensen. Zet een vinkje als je dat zo bedoelt.")
                self.add_error("inhoud", ValidationError(zin, code="bevestig"))
        return schoon

    def html_van(self, schoon: dict[str, Any]) -> str:
        """The text as it will be stored."""
        return schoon.get("inhoud") or ""

    @property
    def te_zeggen(self) -> list[str]:
        return [bezwaar.zin for bezwaar in self.bezwaren if bezwaar.ernst is Ernst.ZEG]
