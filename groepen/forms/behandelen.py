"""Handing a question on, and asking its asker for more."""

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from profielen.forms import MensField
from profielen.models import Gebruiker

from .antwoord import REACTIE_MAX, SleutelField


class OverdraagForm(forms.Form):
    """To whom. Whether they read along in the Groep is for the verb to say."""

    naar = MensField(
        label=_("Aan wie?"),
        help_text=_("Een collega die in deze groep meeleest. Typ een naam of e-mailadres."),
        error_messages={"required": _("Kies een collega.")},
    )

    def __init__(self, *args, kijker, groep, rol, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["naar"].widget.zoek = reverse("groepen:meelezers", args=[groep.slug])
        if rol == "contactpersoon":
            self.fields["naar"].label = _("Wie houdt contact?")
        self.fields["naar"].mensen = Gebruiker.objects.zichtbaar_voor(kijker)


class InformatieForm(forms.Form):
    toelichting = forms.CharField(
        label=_("Wat wil je nog weten?"),
        help_text=_("Dit komt als reactie onder de vraag."),
        required=False,
        max_length=REACTIE_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    sleutel = SleutelField()
