"""The working week as ten checkboxes."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from profielen.dagdelen import DAGDELEN, DAGEN, dagdeel_bit

# The number of each half-day is that of its bit.
NAMEN = (
    _("maandagochtend"), _("maandagmiddag"),
    _("dinsdagochtend"), _("dinsdagmiddag"),
    _("woensdagochtend"), _("woensdagmiddag"),
    _("donderdagochtend"), _("donderdagmiddag"),
    _("vrijdagochtend"), _("vrijdagmiddag"),
)  # fmt: skip
KEUZES = [(str(nummer), naam) for nummer, naam in enumerate(NAMEN)]


class DagdelenField(forms.MultipleChoiceField):
    """Half-days; cleans to the bits of ``Profiel.dagdelen``. The page draws the checkboxes as a table."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        super().__init__(choices=KEUZES, **{"required": False, **kwargs})

    def prepare_value(self, value):
        if isinstance(value, int):
            return [sleutel for sleutel, _naam in KEUZES if value >> int(sleutel) & 1]
        return value

    def clean(self, value) -> int:
        gekozen = super().clean(value)
        if len(gekozen) > len(KEUZES):
            raise ValidationError(_t("Kies elk dagdeel hooguit één keer."))
        return sum({1 << int(sleutel) for sleutel in gekozen})

    def has_changed(self, initial, data):
        return set(self.prepare_value(initial) or ()) != set(data or ())


def rooster(dagdelen: int) -> list[list[tuple[int, bool]]]:
    """Per half of the day five pairs (bit number, works), for a table with the days across."""
    return [
        [(dag * len(DAGDELEN) + deel, bool(dagdelen & dagdeel_bit(dag, deel))) for dag in range(len(DAGEN))]
        for deel in range(len(DAGDELEN))
    ]
