"""Asking a question."""

from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from groepen import toegang
from groepen.models import Groep, Vraag
from intranet.editor import RijkeTekstField
from profielen.forms import OnderwerpenField

from .antwoord import SleutelField
from .noemen import NoemForm
from .velden import TitelField

# Shown as large buttons; the others are in the list behind "Een andere groep".
GROEPEN_OP_KNOPPEN = 3
ANDERS = "anders"


@dataclass(slots=True)
class Keuze:
    """Where one may ask: ``voorop`` on buttons, ``eigen`` and ``open`` as (slug, naam) in the list."""

    voorop: list[Groep]
    eigen: list[tuple[str, str]]
    open: list[tuple[str, str]]

    @property
    def slugs(self) -> set[str]:
        return {groep.slug for groep in self.voorop} | {slug for slug, _naam in self.eigen + self.open}


def groepkeuze(gebruiker, eerst: Groep | None = None) -> Keuze:
    """Where ``gebruiker`` may ask; ``eerst`` stands first when they may write there. One query.

    The Groepen where they write, latest visited first, and the open ones of their organisatie.
    """
    leden = [
        lid
        for lid in toegang.onthoud_lidmaatschappen(gebruiker)
        if lid.rol in toegang.SCHRIJFT and lid.groep.gesloten_op is None
    ]
    leden.sort(key=lambda lid: lid.bezocht_op or lid.begonnen_op, reverse=True)
    mijn = [lid.groep for lid in leden]
    voorop = list(mijn)
    if eerst is not None and toegang.mag_bijdragen(gebruiker, eerst):
        voorop = [eerst, *(groep for groep in mijn if groep.pk != eerst.pk)]
    voorop = voorop[:GROEPEN_OP_KNOPPEN]
    op_knop = {groep.pk for groep in voorop}
    eigen = [groep for groep in mijn if groep.pk not in op_knop]
    eigen.sort(key=lambda groep: groep.sorteernaam)
    lid_van = {lid.groep_id for lid in toegang.onthoud_lidmaatschappen(gebruiker)}
    # Visible and not lid: an open Groep of the own organisatie, where asking makes lid.
    andere = Groep.objects.zichtbaar_voor(gebruiker).lopend().exclude(pk__in=lid_van | op_knop)
    return Keuze(
        voorop,
        [(groep.slug, groep.naam) for groep in eigen],
        list(andere.order_by("sorteernaam").values_list("slug", "naam")),
    )


class VraagForm(NoemForm):
    titel = TitelField(label=_("Wat wil je weten?"), help_text=_("Eén zin, met een vraagteken aan het eind."))
    inhoud = RijkeTekstField(
        label=_("Vertel er iets bij"),
        required=False,
        help_text=_("Wat heb je al geprobeerd? Noem geen inwoners bij naam."),
    )
    groep = forms.ChoiceField(
        label=_("In welke groep?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Kies een groep. Dan weten we wie je vraag leest."),
            "invalid_choice": _("In deze groep kun je geen vraag stellen. Kies een andere."),
        },
    )
    anders = forms.ChoiceField(
        label=_("Welke groep?"),
        required=False,
        error_messages={"invalid_choice": _("In deze groep kun je geen vraag stellen. Kies een andere.")},
    )
    onderwerpen = OnderwerpenField(help_text=_("Zo vinden de juiste mensen je vraag."))
    kanaal = forms.ChoiceField(
        label=_("Hoe kwam de vraag bij je?"),
        widget=forms.RadioSelect,
        choices=Vraag.Kanaal.choices,
        initial=Vraag.Kanaal.ZELF,
        error_messages={
            "required": _("Kies hoe de vraag bij je kwam."),
            "invalid_choice": _("Kies hoe de vraag bij je kwam."),
        },
    )
    namens = forms.CharField(
        label=_("Voor wie vraag je dit?"),
        help_text=_("Alleen jij en de eigenaar van de groep zien de naam."),
        required=False,
        max_length=100,
    )
    sleutel = SleutelField()

    def __init__(self, *args: Any, keuze: Keuze, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.keuze = keuze
        # All of them: which ones stand on buttons may have changed since the form was opened.
        mag = [(groep.slug, groep.naam) for groep in keuze.voorop] + keuze.eigen + keuze.open
        groep = cast(forms.ChoiceField, self.fields["groep"])
        groep.choices = [*mag, (ANDERS, _t("Een andere groep"))]
        lijst: list[Any] = [("", _t("Kies een groep"))]
        if keuze.eigen:
            lijst.append((_t("Jouw groepen"), keuze.eigen))
        if keuze.open:
            lijst.append((_t("Open groepen"), keuze.open))
        anders = cast(forms.ChoiceField, self.fields["anders"])
        anders.choices = lijst
        self.fields["namens"].widget.attrs["autocomplete"] = "off"

    @property
    def gekozen_slug(self) -> str:
        """The Groep that stands chosen now, "" without one."""
        gekozen = self["groep"].value() or ""
        return (self["anders"].value() or "") if gekozen == ANDERS else gekozen

    def clean(self) -> dict[str, Any]:
        schoon = super().clean()
        if schoon.get("groep") == ANDERS and not schoon.get("anders") and "anders" not in self.errors:
            self.add_error("anders", ValidationError(_t("Kies een groep. Dan weten we wie je vraag leest.")))
        if schoon.get("kanaal") == Vraag.Kanaal.NAMENS:
            if not schoon.get("namens") and "namens" not in self.errors:
                fout = _t("Vul de naam in van de collega voor wie je dit vraagt.")
                self.add_error("namens", ValidationError(fout))
        else:
            schoon["namens"] = ""
        return schoon
