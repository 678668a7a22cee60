from datetime import time

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from groepen.models import Groep


class Plein(models.IntegerChoices):
    """What becomes a Melding in the page; each level holds what the ones below it hold."""

    NIETS = 0, pgettext_lazy("niveau", "Niets")
    NOEMT = 1, pgettext_lazy("niveau", "Als ik genoemd word")
    AANGAAT = 2, pgettext_lazy("niveau", "Wat mij aangaat")
    VRAGEN = 3, pgettext_lazy("niveau", "Ook nieuwe vragen")
    ALLES = 4, pgettext_lazy("niveau", "Alles")


class Mailmoment(models.TextChoices):
    """When what became a Melding goes by mail, if it is still unread then."""

    METEEN = "m", pgettext_lazy("mail", "Meteen")
    OVERZICHT = "o", pgettext_lazy("mail", "Overzicht")
    NOOIT = "", pgettext_lazy("mail", "Nooit")


class Telefoon(models.IntegerChoices):
    """Which Meldingen also go to the phone."""

    NOOIT = 0, pgettext_lazy("telefoon", "Nooit")
    NOEMT = 1, pgettext_lazy("telefoon", "Bij mijn naam")
    ALLES = 2, pgettext_lazy("telefoon", "Alles")


class Niveau(models.Model):
    """What one person wants to hear of one Groep, per channel; without ``groep``: of what is about them.

    Without a row the defaults below hold, ``STANDAARD_JIJ`` for what is about the person.
    """

    gebruiker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="niveaus", db_index=False
    )
    groep = models.ForeignKey(Groep, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    plein = models.PositiveSmallIntegerField(choices=Plein.choices, default=Plein.AANGAAT)
    mail = models.CharField(
        max_length=1, choices=Mailmoment.choices, default=Mailmoment.OVERZICHT, blank=True
    )
    telefoon = models.PositiveSmallIntegerField(choices=Telefoon.choices, default=Telefoon.NOEMT)

    class Meta:
        verbose_name = _("niveau van meldingen")
        verbose_name_plural = _("niveaus van meldingen")
        constraints = [
            models.UniqueConstraint(fields=["gebruiker", "groep"], name="een_niveau_per_groep"),
            models.UniqueConstraint(
                fields=["gebruiker"], condition=Q(groep=None), name="een_niveau_over_jezelf"
            ),
        ]

    def __str__(self):
        return f"{self.gebruiker_id} in {self.groep_id}: {self.plein}"


#: What is about a person themselves (their name, their question): mail after two minutes.
STANDAARD_JIJ = {"plein": Plein.ALLES, "mail": Mailmoment.METEEN, "telefoon": Telefoon.NOEMT}


class Instelling(models.Model):
    """How one person wants to be told; without a row the defaults hold."""

    class Overzicht(models.TextChoices):
        DAG = "dag", _("Elke werkdag")
        WEEK = "week", _("Elke week")
        NOOIT = "", _("Geen overzicht")

    gebruiker = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="meldinstelling"
    )
    overzicht = models.CharField(
        _("overzicht per mail"), max_length=4, choices=Overzicht.choices, default=Overzicht.DAG, blank=True
    )
    overzicht_tijd = models.TimeField(_("hoe laat"), default=time(8, 30))
    # Five bits, Monday first; null: the days of the Profiel. A weekly overview goes on the first of them.
    dagen = models.PositiveSmallIntegerField(_("op welke dagen"), null=True, blank=True)
    # No mail and no phone when this person does not work: half-days of the Profiel, holidays, absence.
    rust = models.BooleanField(_("geen mail en geen geluid als ik niet werk"), default=True)
    zonder_tekst = models.BooleanField(_("laat de tekst weg uit mail en telefoon"), default=False)
    # The last overview that left, by its day: an hour that comes twice or never sends once.
    overzicht_van = models.DateField(null=True, blank=True)
    gewijzigd_op = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("instelling van meldingen")
        verbose_name_plural = _("instellingen van meldingen")

    def __str__(self):
        return f"Instelling {self.gebruiker_id}"
