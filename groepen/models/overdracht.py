from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groepen import toegang

from .vraag import Vraag


class Overdracht(models.Model):
    """A Vraag (or the contact with its asker) changed hands; a visible row for each time."""

    class Rol(models.TextChoices):
        BEHANDELAAR = "behandelaar", _("Behandelaar")
        CONTACTPERSOON = "contactpersoon", _("Contactpersoon")

    class Reden(models.TextChoices):
        OPGEPAKT = "opgepakt", _("Opgepakt")
        OVERGEDRAGEN = "overgedragen", _("Overgedragen")
        LOSGELATEN = "losgelaten", _("Losgelaten")
        VERLOPEN = "verlopen", _("Teruggegeven na stilte")

    vraag = models.ForeignKey(Vraag, on_delete=models.CASCADE, related_name="overdrachten")
    rol = models.CharField(max_length=14, choices=Rol.choices)
    reden = models.CharField(max_length=14, choices=Reden.choices)
    van = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    naar = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Empty when the clock did it.
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    op = models.DateTimeField(default=timezone.now)

    objects = toegang.langs("vraag__thread__groep").as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("overdracht")
        verbose_name_plural = _("overdrachten")

    def __str__(self):
        return f"{self.vraag_id}: {self.reden}"
