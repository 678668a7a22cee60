"""Choosing Onderwerpen by name."""

from collections.abc import Iterable
from difflib import get_close_matches

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from profielen.models import Onderwerp
from profielen.namen import vouw

from .kiezer import Kiezer

MAX_ONDERWERPEN = 8
# Looking for what was meant costs some milliseconds per name.
MAX_VOORSTELLEN_VOOR = 3


class OnderwerpenField(forms.CharField):
    """Names of Onderwerpen, separated by commas; cleans to a list of Onderwerp in the order given.

    Capitals and accents do not matter. ``initial`` may be a queryset or a list of Onderwerpen::

        onderwerpen = OnderwerpenField(help_text=_("Zo vinden de juiste mensen je vraag."))
        VraagForm(initial={"onderwerpen": vraag.onderwerpen.all()})
    """

    def __init__(self, *, max_aantal: int = MAX_ONDERWERPEN, required: bool = False, **kwargs):
        self.max_aantal = max_aantal
        kwargs.setdefault("label", _("Onderwerpen"))
        kwargs.setdefault("widget", Kiezer("profielen:onderwerpen_zoek", meer=True, max_aantal=max_aantal))
        # Far more than fits in ``max_aantal`` names: whoever sends a book gets an answer, not a search.
        super().__init__(required=required, max_length=(max_aantal + 8) * 170, **kwargs)

    def widget_attrs(self, widget):
        # A length limit on the input would cut off the last name silently.
        return {
            sleutel: waarde
            for sleutel, waarde in super().widget_attrs(widget).items()
            if sleutel != "maxlength"
        }

    def prepare_value(self, value):
        if value is None or isinstance(value, str):
            return value
        return ", ".join(onderwerp.naam for onderwerp in value)

    def clean(self, value) -> list[Onderwerp]:
        namen = splits(super().clean(value))
        if len(namen) > self.max_aantal:
            raise ValidationError(
                ngettext(
                    "Kies niet meer dan %d onderwerp.", "Kies niet meer dan %d onderwerpen.", self.max_aantal
                )
                % self.max_aantal,
                code="te_veel",
            )
        gevonden = (
            {o.sorteernaam: o for o in Onderwerp.objects.filter(sorteernaam__in=namen)} if namen else {}
        )
        onbekend = [naam for gevouwen, naam in namen.items() if gevouwen not in gevonden]
        if onbekend:
            raise ValidationError(
                [_onbekend(naam, n < MAX_VOORSTELLEN_VOOR) for n, naam in enumerate(onbekend)]
            )
        return [gevonden[gevouwen] for gevouwen in namen]

    def has_changed(self, initial, data):
        return set(splits(self.prepare_value(initial) or "")) != set(splits(data or ""))


def splits(tekst: str) -> dict[str, str]:
    """The names in "Paspoort, rijbewijs", without doubles: folded name → name as typed."""
    namen: dict[str, str] = {}
    for deel in tekst.replace("\n", ",").replace(";", ",").split(","):
        naam = " ".join(deel.split())
        if gevouwen := vouw(naam):
            namen.setdefault(gevouwen, naam)
    return namen


def lijken_op(naam: str, aantal: int = 3) -> list[str]:
    """The names of existing Onderwerpen that ``naam`` may have meant, nearest first."""
    gevouwen = vouw(naam)
    gevonden = list(Onderwerp.objects.zoek(gevouwen).values_list("naam", flat=True)[:aantal])
    if len(gevonden) < aantal:
        alle = dict(Onderwerp.objects.values_list("sorteernaam", "naam"))
        dichtbij = get_close_matches(gevouwen, alle, n=aantal, cutoff=0.7)
        gevonden += [alle[sleutel] for sleutel in dichtbij if alle[sleutel] not in gevonden]
    return gevonden[:aantal]


def _onbekend(naam: str, met_voorstel: bool) -> ValidationError:
    kort = naam if len(naam) <= 60 else f"{naam[:60]}…"
    zin = _t("“%(naam)s” staat niet in de lijst.") % {"naam": kort}
    if met_voorstel and len(naam) <= 160 and (namen := lijken_op(naam)):
        zin += " " + _t("Bedoel je %(namen)s?") % {"namen": _of(namen)}
    return ValidationError(zin, code="onbekend")


def _of(namen: Iterable[str]) -> str:
    *eerste, laatste = [f"“{naam}”" for naam in namen]
    return (
        _t("%(eerste)s of %(laatste)s") % {"eerste": ", ".join(eerste), "laatste": laatste}
        if eerste
        else laatste
    )
