"""Starting a Groep, and changing its kaders."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from groepen.models import Groep
from intranet.iconen import GROEPSICONEN
from profielen.forms.onderwerpen import OnderwerpenField
from profielen.namen import vouw

TINTEN = {
    1: _("rood"),
    2: _("oranje"),
    3: _("geel"),
    4: _("groen"),
    5: _("turquoise"),
    6: _("blauw"),
    7: _("paars"),
    8: _("roze"),
}
SOORTEN = {
    Groep.Soort.OPEN: _("Iedereen van jullie organisatie leest mee en kan lid worden."),
    Groep.Soort.BESLOTEN: _("Collega's zien de naam en de kaders. De eigenaar beslist wie erin mag."),
    Groep.Soort.VERBORGEN: _("Alleen leden weten dat de groep er is."),
}
PUNTEN_MAX, PUNT_MAX = 12, 200
NORM_MAX = 20


class PuntenField(forms.CharField):
    """A short list: one point per line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def clean(self, value):
        punten = [" ".join(regel.split()) for regel in super().clean(value).splitlines()]
        punten = [punt for punt in punten if punt]
        if len(punten) > PUNTEN_MAX:
            raise ValidationError(
                _t("Dit zijn %(aantal)s punten. Houd het bij %(meest)s, dan leest iedereen ze.")
                % {"aantal": len(punten), "meest": PUNTEN_MAX}
            )
        te_lang = [n for n, punt in enumerate(punten, 1) if len(punt) > PUNT_MAX]
        if te_lang:
            raise ValidationError(
                _t("Punt %(nummer)s is te lang. Er passen %(meest)s tekens in.")
                % {"nummer": te_lang[0], "meest": PUNT_MAX}
            )
        return "\n".join(punten)


class Kort(forms.CharField):
    """Text of a limited length; what was typed is never cut off, so the browser gets no limit."""

    def __init__(self, *, meest: int, **kwargs):
        super().__init__(**kwargs)
        self.meest = meest

    def clean(self, value):
        value = " ".join(super().clean(value).split())
        if len(value) > self.meest:
            raise ValidationError(
                ngettext(
                    "Dit is %(teveel)s teken te lang.",
                    "Dit is %(teveel)s tekens te lang.",
                    len(value) - self.meest,
                )
                % {"teveel": len(value) - self.meest}
            )
        return value


class KadersForm(forms.Form):
    """What a Groep is for. ``mag_soort`` is for the eigenaar alone."""

    naam = Kort(
        label=_("Hoe heet de groep?"),
        meest=100,
        help_text=_("Zoals je er met collega's over praat."),
        error_messages={"required": _("Geef de groep een naam.")},
    )
    soort = forms.ChoiceField(
        label=_("Wie leest mee?"),
        choices=Groep.Soort.choices,
        initial=Groep.Soort.OPEN,
        widget=forms.RadioSelect,
    )
    doel = Kort(
        label=_("Waarvoor is de groep?"),
        meest=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Eén of twee zinnen."),
        error_messages={"required": _("Schrijf in één zin waarvoor de groep is.")},
    )
    hoort_wel = PuntenField(
        label=_("Wat hoort hier?"), required=False, help_text=_("Zet elk punt op een nieuwe regel.")
    )
    hoort_niet = PuntenField(
        label=_("Wat hoort hier niet?"),
        required=False,
        help_text=_("Zeg er ook bij waar het wel hoort. Zet elk punt op een nieuwe regel."),
    )
    norm_werkdagen = forms.IntegerField(
        label=_("Binnen hoeveel werkdagen krijgen mensen antwoord?"),
        min_value=1,
        max_value=NORM_MAX,
        widget=forms.NumberInput(attrs={"class": "bp-getalveld"}),
        initial=2,
        help_text=_("Vragen die langer wachten, vallen op."),
        error_messages={
            "required": _("Vul een aantal werkdagen in."),
            "invalid": _("Vul een getal in, bijvoorbeeld 2."),
            "min_value": _("Vul 1 of meer werkdagen in."),
            "max_value": _("Vul hooguit 20 werkdagen in."),
        },
    )
    onderwerpen = OnderwerpenField(help_text=_("Hierop kun je de vragen in de groep straks filteren."))
    icoon = forms.ChoiceField(
        label=_("Pictogram"),
        choices=list(GROEPSICONEN.items()),
        initial="users-group",
        widget=forms.RadioSelect,
    )
    tint = forms.TypedChoiceField(
        label=_("Kleur"), choices=list(TINTEN.items()), coerce=int, initial=6, widget=forms.RadioSelect
    )

    # Filled by the views: the same name twice confuses, but only a Groep one may find can be named.
    def __init__(self, *args, kijker, groep: Groep | None = None, mag_soort: bool = True, **kwargs):
        super().__init__(*args, **kwargs)
        self.kijker, self.groep = kijker, groep
        if not mag_soort:
            del self.fields["soort"]

    def clean_naam(self):
        naam = self.cleaned_data["naam"]
        if len(vouw(naam)) < 3:
            raise ValidationError(_t("Maak de naam iets langer, dan herkennen collega's hem."))
        dezelfde = Groep.objects.vindbaar_voor(self.kijker).filter(sorteernaam=vouw(naam))
        if self.groep is not None:
            dezelfde = dezelfde.exclude(pk=self.groep.pk)
        if dezelfde.exists():
            raise ValidationError(_t("Er is al een groep met deze naam. Kies een andere, of ga daarheen."))
        return naam


class NieuweGroepForm(KadersForm):
    sleutel = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def clean_naam(self):
        # The same form for the second time: its own Groep already has the name.
        if Groep.objects.filter(
            sleutel=self.data.get("sleutel") or None, lidmaatschappen__gebruiker=self.kijker
        ).exists():
            return self.cleaned_data["naam"]
        return super().clean_naam()


class BestaandeGroepForm(KadersForm):
    versie = forms.IntegerField(widget=forms.HiddenInput)
