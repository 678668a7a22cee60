from django.conf import settings
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groepen import toegang

from .thread import Thread


class Gelezen(models.Model):
    """When a Gebruiker last read a Thread, and whether it helped them.

    Draws "nieuw"; counts "collega's geholpen" once per person who did not write there.
    """

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="gelezen_door")
    gebruiker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="gelezen", db_index=False
    )
    gelezen_op = models.DateTimeField(default=timezone.now)
    geholpen_op = models.DateTimeField(null=True, blank=True)

    objects = toegang.langs("thread__groep").as_manager()

    class Meta:
        verbose_name = _("gelezen")
        verbose_name_plural = _("gelezen")
        constraints = [models.UniqueConstraint(fields=["gebruiker", "thread"], name="een_keer_gelezen")]

    def __str__(self):
        return f"{self.gebruiker_id} las {self.thread_id}"

    @classmethod
    @transaction.atomic
    def noteer(cls, thread: Thread, gebruiker, *, geholpen: bool) -> None:
        """``gebruiker`` reads ``thread`` now; ``geholpen`` when it is solved and they did not write there."""
        nu = timezone.now()
        gelezen, nieuw = cls.objects.get_or_create(
            thread=thread, gebruiker=gebruiker, defaults={"geholpen_op": nu if geholpen else None}
        )
        eerst_geholpen = geholpen and (nieuw or gelezen.geholpen_op is None)
        if not nieuw:
            gelezen.gelezen_op = nu
            gelezen.geholpen_op = nu if eerst_geholpen else gelezen.geholpen_op
            gelezen.save(update_fields=["gelezen_op", "geholpen_op"])
        if eerst_geholpen:
            Thread.objects.filter(pk=thread.pk).update(aantal_geholpen=F("aantal_geholpen") + 1)
            thread.aantal_geholpen += 1
