"""What somebody wants to hear: levels per Groep and channel, and when the overview comes."""

from datetime import time
from typing import Any, NamedTuple

from django import forms
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from groepen import toegang
from groepen.models import Groep
from intranet.meldingen.models import Instelling, Mailmoment, Niveau, Plein, Telefoon
from intranet.meldingen.models.instelling import STANDAARD_JIJ
from profielen.dagdelen import DAGEN

# The table's row that is about the person, among rows by the number of a Groep.
JIJ = "jij"
TIJDEN = [time(7), time(8), time(8, 30), time(9), time(12), time(16)]
KANALEN: dict[str, Any] = {"plein": Plein, "mail": Mailmoment, "telefoon": Telefoon}


class Rij(NamedTuple):
    """A row of the table: ``groep`` is None for what is about the person; a field per channel."""

    sleutel: str
    groep: Any
    velden: dict[str, Any]


class InstelForm(forms.Form):
    """The whole page in one form: one save, two statements for the levels and one for the rest."""

    overzicht = forms.ChoiceField(
        label=_("Hoe vaak?"), choices=Instelling.Overzicht.choices, required=False, widget=forms.RadioSelect
    )
    overzicht_tijd = forms.TypedChoiceField(
        label=_("Hoe laat?"), coerce=time.fromisoformat, choices=[(f"{t:%H:%M}", "") for t in TIJDEN]
    )
    dagen = forms.TypedMultipleChoiceField(
        label=_("Op welke dagen?"),
        help_text=_("We namen de dagen van je profiel over."),
        coerce=int,
        choices=list(enumerate(DAGEN)),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies minstens één dag, of kies voor geen overzicht.")},
        required=False,
    )
    rust = forms.BooleanField(
        label=_("Geen mail en geen geluid als ik niet werk"),
        help_text=_("Ook niet op feestdagen en tijdens verlof"),
        required=False,
    )
    zonder_tekst = forms.BooleanField(
        label=_("Laat de tekst weg uit mail en telefoon"),
        help_text=_("Dan zie je alleen dat er iets is, en in welke groep"),
        required=False,
    )

    def __init__(self, gebruiker: Any, data: Any = None):
        self.gebruiker = gebruiker
        self.instelling = Instelling.objects.filter(gebruiker=gebruiker).first() or Instelling(
            gebruiker=gebruiker
        )
        self.staat = {niveau.groep_id: niveau for niveau in Niveau.objects.filter(gebruiker=gebruiker)}
        self.groepen = self._groepen()
        super().__init__(data, initial=self._begin())
        tijd: Any = self.fields["overzicht_tijd"]
        tijd.choices = [
            (f"{t:%H:%M}", _("%(tijd)s uur") % {"tijd": f"{t.hour}.{t.minute:02d}"}) for t in TIJDEN
        ]
        # What was not on the page that was sent (a Groep of a minute ago) stays as it is.
        self.rijen = [rij for rij in self._rijen() if data is None or f"plein-{rij[0]}" in data]
        for sleutel, groep in self.rijen:
            staat = self.staat.get(groep.pk if groep else None) or _standaard(groep)
            for kanaal, keuzes in KANALEN.items():
                self.fields[f"{kanaal}-{sleutel}"] = forms.ChoiceField(
                    choices=_keuzes(keuzes), initial=getattr(staat, kanaal), required="" not in keuzes.values
                )

    def _groepen(self) -> list[Groep]:
        """Those of which one is lid, and others that one reads and chose something for."""
        mijn = [lid.groep for lid in toegang.onthoud_lidmaatschappen(self.gebruiker)]
        ook = self.staat.keys() - {None} - {groep.pk for groep in mijn}
        if ook:
            mijn += Groep.objects.zichtbaar_voor(self.gebruiker).filter(pk__in=ook).order_by("sorteernaam")
        return mijn

    def _rijen(self) -> list[tuple[str, Any]]:
        return [(JIJ, None), *((str(groep.pk), groep) for groep in self.groepen)]

    @property
    def tabel(self) -> list[Rij]:
        return [
            Rij(sleutel, groep, {kanaal: self[f"{kanaal}-{sleutel}"] for kanaal in KANALEN})
            for sleutel, groep in self.rijen
        ]

    def _begin(self) -> dict[str, Any]:
        dagen = self.instelling.dagen
        profiel = self.gebruiker.profiel
        werkt = [dag for dag in range(len(DAGEN)) if profiel.werkt_op(dag)]
        return {
            "overzicht": self.instelling.overzicht,
            "overzicht_tijd": f"{_dichtbij(self.instelling.overzicht_tijd):%H:%M}",
            "dagen": werkt if dagen is None else [dag for dag in range(len(DAGEN)) if dagen & 1 << dag],
            "rust": self.instelling.rust,
            "zonder_tekst": self.instelling.zonder_tekst,
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("overzicht") and not data.get("dagen") and "dagen" not in self.errors:
            self.add_error("dagen", self.fields["dagen"].error_messages["required"])
        return data

    @transaction.atomic
    def bewaar(self) -> None:
        """Save what differs from the defaults; a row that says the default is no row."""
        data, ik = self.cleaned_data, self.gebruiker
        mijn = []
        for sleutel, groep in self.rijen:
            keuze = {kanaal: data[f"{kanaal}-{sleutel}"] for kanaal in KANALEN}
            niveau = Niveau(
                gebruiker=ik,
                groep=groep,
                plein=int(keuze["plein"]),
                mail=keuze["mail"],
                telefoon=int(keuze["telefoon"]),
            )
            standaard = _standaard(groep)
            if any(getattr(niveau, kanaal) != getattr(standaard, kanaal) for kanaal in KANALEN):
                mijn.append(niveau)
        gezien = Q(groep__in=[groep.pk for _sleutel, groep in self.rijen if groep])
        if any(groep is None for _sleutel, groep in self.rijen):
            gezien |= Q(groep=None)
        Niveau.objects.filter(gezien, gebruiker=ik).delete()
        Niveau.objects.bulk_create(mijn)
        dagen = sum(1 << dag for dag in data["dagen"])
        profiel = sum(1 << dag for dag in range(len(DAGEN)) if ik.profiel.werkt_op(dag))
        Instelling.objects.update_or_create(
            gebruiker=ik,
            defaults={
                "overzicht": data["overzicht"],
                "overzicht_tijd": data["overzicht_tijd"],
                # The days of the Profiel: then they follow it.
                "dagen": None if dagen == profiel else dagen,
                "rust": data["rust"],
                "zonder_tekst": data["zonder_tekst"],
            },
        )


def _standaard(groep: Any) -> Niveau:
    return Niveau(groep=groep) if groep is not None else Niveau(**STANDAARD_JIJ)


def _keuzes(soort: Any) -> list[tuple[Any, Any]]:
    """Most first, as people read such a list."""
    keuzes = list(soort.choices)
    return keuzes if soort is Mailmoment else keuzes[::-1]


def _dichtbij(tijd: time) -> time:
    return tijd if tijd in TIJDEN else min(TIJDEN, key=lambda een: abs(een.hour - tijd.hour))
