from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groepen import toegang

from .antwoord import Antwoord
from .thread import Thread


class Versie(models.Model):
    """How a Vraag or Antwoord read before an edit: version ``nummer``, replaced by ``door`` at ``op``."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="versies")
    antwoord = models.ForeignKey(
        Antwoord, null=True, blank=True, on_delete=models.CASCADE, related_name="versies"
    )
    nummer = models.PositiveIntegerField()
    titel = models.CharField(max_length=200, blank=True)
    inhoud = models.TextField(blank=True)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    op = models.DateTimeField(default=timezone.now)

    objects = toegang.langs("thread__groep").as_manager()

    class Meta:
        ordering = ["nummer"]
        verbose_name = _("versie")
        verbose_name_plural = _("versies")

    def __str__(self):
        return f"{self.thread_id} versie {self.nummer}"
