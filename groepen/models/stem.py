from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groepen import toegang

from .thread import Thread


class Stem(models.Model):
    """ "Ook mijn vraag"; made by ``Vraag.stem``."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="stemmen")
    gebruiker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="stemmen")
    gegeven_op = models.DateTimeField(default=timezone.now)

    objects = toegang.langs("thread__groep").as_manager()

    class Meta:
        verbose_name = _("stem")
        verbose_name_plural = _("stemmen")
        constraints = [models.UniqueConstraint(fields=["thread", "gebruiker"], name="een_stem_per_thread")]

    def __str__(self):
        return f"{self.gebruiker_id} bij {self.thread_id}"
