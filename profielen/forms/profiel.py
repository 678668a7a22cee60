"""What someone tells about themselves."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from profielen.afdelingen import als_boom
from profielen.fotos import ACCEPT, lees_foto
from profielen.models import Afdeling, Gebruiker, Onderwerp, Profiel
from profielen.models.profiel import VAN_GEBRUIKER

from .dagdelen import DagdelenField
from .mens import MensField
from .onderwerpen import OnderwerpenField

MAX_DESKUNDIG = 12
# Fields of the Profiel itself that the form takes over as they are.
VAN_PROFIEL = (
    "functie", "afdeling", "telefoon", "mobiel", "locatie", "dagdelen",
    "afwezig_van", "afwezig_tot", "vervanger", "vraag_mij_over",
)  # fmt: skip

nummer = RegexValidator(
    r"^\+?[0-9][0-9 ()/-]{5,}$", _("Gebruik cijfers, spaties en streepjes, bijvoorbeeld 088 123 45 67.")
)
naam = RegexValidator(r"^[^<>@\d\x00-\x1f]*$", _("Gebruik in een naam geen cijfers of vreemde tekens."))


def dagveld(label) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"],
        error_messages={"invalid": _("Schrijf de datum als dag-maand-jaar, bijvoorbeeld 30-11-2026.")},
    )


class AfdelingKeuze(forms.ModelChoiceField):
    """The Afdelingen of one Organisatie, indented as a tree."""

    def __init__(self, **kwargs):
        super().__init__(Afdeling.objects.none(), required=False, empty_label=_("Geen afdeling"), **kwargs)

    def zet_organisatie(self, organisatie) -> None:
        """Offer the Afdelingen of ``organisatie``; one query."""
        eigen = Afdeling.objects.filter(organisatie=organisatie) if organisatie else Afdeling.objects.none()
        self.queryset = eigen
        self.choices = [("", self.empty_label)] + [
            (tak.afdeling.pk, f"{'– ' * tak.diepte}{tak.afdeling.naam}") for tak in als_boom(eigen)
        ]


class ProfielForm(forms.Form):
    """The own Profiel. ``profiel`` comes with its gebruiker; ``bewaar`` calls the one verb."""

    versie = forms.IntegerField(widget=forms.HiddenInput)
    voornaam = forms.CharField(
        label=_("Voornaam"), max_length=60, validators=[naam],
        error_messages={"required": _("Vul je voornaam in.")},
    )  # fmt: skip
    tussenvoegsel = forms.CharField(
        label=_("Tussenvoegsel"), max_length=20, required=False, validators=[naam]
    )
    achternaam = forms.CharField(
        label=_("Achternaam"), max_length=80, validators=[naam],
        error_messages={"required": _("Vul je achternaam in.")},
    )  # fmt: skip
    functie = forms.CharField(label=_("Wat doe je?"), max_length=120, required=False)
    afdeling = AfdelingKeuze(label=_("Afdeling"))
    foto = forms.FileField(
        label=_("Foto"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        help_text=_("Een JPG, PNG of WebP van hooguit 5 MB. We knippen er een vierkant uit."),
        error_messages={
            "empty": _("Dit bestand is leeg. Kies een andere foto."),
            "max_length": _("De naam van dit bestand is te lang."),
        },
    )
    foto_weg = forms.BooleanField(label=_("Haal mijn foto weg"), required=False)
    telefoon = forms.CharField(
        label=_("Telefoon"), max_length=30, required=False, validators=[nummer],
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )  # fmt: skip
    mobiel = forms.CharField(
        label=_("Mobiel"), max_length=30, required=False, validators=[nummer],
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )  # fmt: skip
    locatie = forms.CharField(
        label=_("Waar werk je?"), max_length=120, required=False,
        help_text=_("Bijvoorbeeld: Raadhuis, 2e verdieping. Op dinsdag thuis."),
    )  # fmt: skip
    dagdelen = DagdelenField(label=_("Wanneer werk je?"))
    afwezig_van = dagveld(_("Eerste dag"))
    afwezig_tot = dagveld(_("Laatste dag"))
    vervanger = MensField(
        label=_("Wie vervangt je?"), required=False,
        help_text=_("Begin te typen en kies een collega, of vul een e-mailadres in."),
    )  # fmt: skip
    vraag_mij_over = forms.CharField(
        label=_("Vraag mij over"), max_length=400, required=False, widget=forms.Textarea,
        help_text=_("Waar mogen collega’s je voor storen? En wat juist niet?"),
    )  # fmt: skip
    onderwerpen = OnderwerpenField(
        label=_("Onderwerpen waar je veel van weet"),
        max_aantal=MAX_DESKUNDIG,
        help_text=_("Zo vinden collega’s je, en komen vragen bij jou terecht."),
    )
    taal = forms.ChoiceField(label=_("Taal van de knoppen"), choices=settings.LANGUAGES)

    def __init__(self, profiel, *args, **kwargs):
        self.profiel = profiel
        kwargs["initial"] = beginwaarden(profiel) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        mij = profiel.gebruiker
        self.fields["afdeling"].zet_organisatie(mij.organisatie)
        self.fields["vervanger"].mensen = Gebruiker.objects.zichtbaar_voor(mij).exclude(pk=mij.pk)
        if not profiel.foto:
            del self.fields["foto_weg"]

    def clean_foto(self):
        bestand = self.cleaned_data["foto"]
        return lees_foto(bestand) if bestand else None

    def clean_vraag_mij_over(self):
        return " ".join(self.cleaned_data["vraag_mij_over"].split())

    def clean(self):
        gegevens = super().clean()
        van, tot = gegevens.get("afwezig_van"), gegevens.get("afwezig_tot")
        if van and tot and tot < van:
            self.add_error("afwezig_tot", _t("De laatste dag ligt voor de eerste."))
        elif tot and not van and "afwezig_van" not in self.errors:
            self.add_error("afwezig_van", ValidationError(_t("Vul ook de eerste dag in."), code="required"))
        return gegevens

    def bewaar(self) -> None:
        """Raises ``profielen.fouten.Botsing`` when the Profiel was saved in between."""
        gegevens = self.cleaned_data
        self.profiel.werk_bij(
            self.profiel.gebruiker,
            versie=gegevens["versie"],
            onderwerpen=gegevens["onderwerpen"],
            foto=gegevens["foto"],
            foto_weg=gegevens.get("foto_weg", False),
            **{veld: gegevens[veld] for veld in VAN_PROFIEL + VAN_GEBRUIKER},
        )

    def verschillen(self, huidig: Profiel) -> list[tuple[Any, str, str]]:
        """After a Botsing: (label, what stands there now, what this form holds), per field that differs."""
        nu = ProfielForm(huidig)
        uit = []
        for veld in self:
            if veld.name in ("versie", "foto", "foto_weg"):
                continue
            anders = nu[veld.name]
            if veld.field.has_changed(anders.initial, veld.data):
                uit.append((veld.label, leesbaar(anders, anders.initial), leesbaar(veld, veld.data)))
        return uit

    def neem_versie_over(self, huidig):
        """The next save is on top of ``huidig``: the person has seen it."""
        self.data = self.data.copy()
        self.data["versie"] = huidig.versie


def beginwaarden(profiel: Profiel) -> dict[str, Any]:
    gebruiker = profiel.gebruiker
    return {
        "versie": profiel.versie,
        "onderwerpen": Onderwerp.objects.filter(
            deskundigheden__profiel=profiel, deskundigheden__soort="opgegeven"
        ),
        **{veld: getattr(profiel, veld) for veld in VAN_PROFIEL},
        **{veld: getattr(gebruiker, veld) for veld in VAN_GEBRUIKER},
    }


def leesbaar(veld, waarde):
    """A value as a person reads it."""
    waarde = veld.field.prepare_value(waarde)
    if isinstance(veld.field, forms.ChoiceField):
        gekozen = {str(deel) for deel in (waarde if isinstance(waarde, list) else [waarde])}
        namen = [str(naam).lstrip("– ") for sleutel, naam in veld.field.choices if str(sleutel) in gekozen]
        return ", ".join(namen) or "–"
    return str(waarde or "–")
