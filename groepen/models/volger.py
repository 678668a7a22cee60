from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groepen import toegang

from .thread import Thread


class Volger(models.Model):
    """A Gebruiker follows a Thread: by hand, or automatically by writing in it.

    Who wants to hear no more of it keeps the row, switched off (``is_uit``): writing there again does not
    make them follow again, and of their own question they hear only what names them or waits for them.
    """

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="volgers")
    gebruiker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="volgt")
    is_automatisch = models.BooleanField(default=False)
    is_uit = models.BooleanField(default=False)
    sinds = models.DateTimeField(default=timezone.now)

    objects = toegang.langs("thread__groep").as_manager()

    class Meta:
        verbose_name = _("volger")
        verbose_name_plural = _("volgers")
        constraints = [models.UniqueConstraint(fields=["thread", "gebruiker"], name="een_volger_per_thread")]

    def __str__(self):
        return f"{self.gebruiker_id} volgt {self.thread_id}"
