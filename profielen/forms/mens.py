"""Choosing a colleague by name or e-mail address."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from profielen.models import Gebruiker
from profielen.namen import vouw

from .kiezer import Kiezer

_ADRES = re.compile(r"[^\s<>()]+@[^\s<>()]+")


class MensField(forms.CharField):
    """A name or an e-mail address; cleans to the Gebruiker that the ``kijker`` may see, or None.

    A form gives the kijker (and who may be chosen at all) in its ``__init__``::

        self.fields["vervanger"].mensen = Gebruiker.objects.zichtbaar_voor(kijker).exclude(pk=kijker.pk)

    ``initial`` may be a Gebruiker.
    """

    mensen = Gebruiker.objects.none()

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Collega"))
        kwargs.setdefault("widget", Kiezer("profielen:mensen_zoek", meer=False))
        super().__init__(max_length=320, **kwargs)

    def prepare_value(self, value):
        return als_tekst(value) if isinstance(value, Gebruiker) else value

    def clean(self, value) -> Gebruiker | None:
        tekst = super().clean(value)
        if not tekst:
            return None
        adres = _ADRES.search(tekst)
        if adres:
            gevonden = list(self.mensen.filter(email=adres[0].lower())[:1])
        else:
            gevouwen = vouw(tekst)
            gevonden = [mens for mens in self.mensen.met_naam(tekst)[:50] if vouw(mens.naam) == gevouwen]
            # "Kuiper" is enough when there is only one.
            gevonden = gevonden or list(self.mensen.met_naam(tekst)[:2])
        if not gevonden:
            raise ValidationError(
                _t("We vinden geen collega met deze naam of dit e-mailadres."), code="onbekend"
            )
        if len(gevonden) > 1:
            raise ValidationError(
                _t("Er zijn meer collega’s met deze naam. Vul het e-mailadres in."), code="meer"
            )
        return gevonden[0]

    def has_changed(self, initial, data):
        return (self.prepare_value(initial) or "") != (data or "").strip()


def als_tekst(mens: Gebruiker) -> str:
    """What stands in the field: the name, and the address that tells two of the same name apart."""
    return f"{mens.naam} ({mens.email})"
