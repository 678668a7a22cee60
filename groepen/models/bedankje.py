from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groepen import toegang

from .antwoord import Antwoord
from .thread import Thread


class Bedankje(models.Model):
    """Thanks for a Thread, or for one Antwoord in it; made by ``Thread.bedank``."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="bedankjes")
    antwoord = models.ForeignKey(
        Antwoord, null=True, blank=True, on_delete=models.CASCADE, related_name="bedankjes"
    )
    gebruiker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="bedankjes"
    )
    # Who wrote what is thanked for; kept here so that "bedankt voor jou" costs one step in an index.
    ontvanger = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    gegeven_op = models.DateTimeField(default=timezone.now)

    objects = toegang.langs("thread__groep").as_manager()

    class Meta:
        verbose_name = _("bedankje")
        verbose_name_plural = _("bedankjes")
        indexes = [models.Index(fields=["ontvanger", "-gegeven_op"], name="bedankje_voor")]
        constraints = [
            models.UniqueConstraint(
                fields=["thread", "gebruiker"], condition=Q(antwoord=None), name="een_bedankje_per_thread"
            ),
            models.UniqueConstraint(fields=["antwoord", "gebruiker"], name="een_bedankje_per_antwoord"),
        ]

    def __str__(self):
        return f"{self.gebruiker_id} voor {self.thread_id}"
