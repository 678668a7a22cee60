"""Letting people in: asking, inviting, giving a rol."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from groepen import toegang
from groepen.models import Groep, Lidmaatschap

from .groep import Kort

Rol = Lidmaatschap.Rol
UITLEG_ROL = {
    Rol.LID: _("leest en schrijft"),
    Rol.WAARNEMER: _("leest, maar schrijft niet"),
    Rol.BEHEERDER: _("laat ook mensen toe en past de kaders aan"),
    Rol.EIGENAAR: _("beslist ook over sluiten en overdragen"),
}
# More open doors than this is no invitation any more.
LOPEND_MAX = 200


def rollen_te_geven(door: str | None) -> list[tuple[str, Any]]:
    """The rollen that someone with rol ``door`` may give: only an eigenaar makes an eigenaar."""
    rollen = [Rol.LID, Rol.WAARNEMER, Rol.BEHEERDER]
    if door == toegang.EIGENAAR:
        rollen.append(Rol.EIGENAAR)
    return [(rol.value, rol.label) for rol in rollen]


def _rollen_met_uitleg() -> list[tuple[str, str]]:
    """For an invitation: ownership is handed over to someone who is in already."""
    return [(rol.value, f"{rol.label}: {UITLEG_ROL[rol]}") for rol in (Rol.LID, Rol.WAARNEMER, Rol.BEHEERDER)]


class ToegangForm(forms.Form):
    motivatie = Kort(
        label=_("Waarom wil je erbij?"),
        meest=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("De eigenaar leest dit."),
    )


class RolForm(forms.Form):
    def __init__(self, *args, door: str | None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rol"] = forms.ChoiceField(label=_("Rol"), choices=rollen_te_geven(door))


class UitnodigForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mailadres"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Vul het e-mailadres in."),
            "max_length": _("Dit e-mailadres is te lang."),
            "invalid": _("Dit is geen e-mailadres. Het ziet eruit als naam@organisatie.nl."),
        },
    )
    rol = forms.ChoiceField(label=_("Rol"), choices=_rollen_met_uitleg, initial=Rol.LID)

    def __init__(self, *args, groep: Groep, **kwargs):
        super().__init__(*args, **kwargs)
        self.groep = groep

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        lid = self.groep.lidmaatschappen.filter(toegang.lopend(), gebruiker__email=email)
        if lid.exists():
            raise ValidationError(_t("Deze collega is al lid van de groep."))
        if self.groep.uitnodigingen.lopend().exclude(email=email).count() >= LOPEND_MAX:
            raise ValidationError(
                _t("Er staan al %(aantal)s uitnodigingen open. Wacht tot die gebruikt of verlopen zijn.")
                % {"aantal": LOPEND_MAX}
            )
        return email
