import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groepen import toegang
from profielen.toegang import is_actief

from .antwoord import Antwoord
from .reactie import Reactie
from .thread import Thread
from .vraag import Vraag


class AfbeeldingQuerySet(toegang.langs("thread__groep")):  # type: ignore[misc]
    def zichtbaar_voor(self, gebruiker):
        """What is in a Thread follows its Groep; what is not posted yet is its maker's alone."""
        geplaatst = super().zichtbaar_voor(gebruiker)
        if not is_actief(gebruiker):
            return geplaatst
        eigen = Q(thread=None, maker=gebruiker)
        return self.filter(Q(pk__in=geplaatst.values("pk")) | eigen)


def _pad(afbeelding, _bestandsnaam):
    return f"afbeeldingen/{afbeelding.pk.hex[:2]}/{afbeelding.pk}.{afbeelding.formaat}"


class Afbeelding(models.Model):
    """An image pasted or dropped into a text; its maker's until posted, then the Thread's."""

    sleutel = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    maker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="afbeeldingen")
    thread = models.ForeignKey(
        Thread, null=True, blank=True, on_delete=models.CASCADE, related_name="afbeeldingen"
    )
    formaat = models.CharField(max_length=5, choices=[(f, f) for f in ("png", "jpeg", "gif", "webp")])
    bestand = models.FileField(upload_to=_pad)
    breedte = models.PositiveIntegerField()
    hoogte = models.PositiveIntegerField()
    gemaakt_op = models.DateTimeField(default=timezone.now)

    objects = AfbeeldingQuerySet.as_manager()

    class Meta:
        verbose_name = _("afbeelding")
        verbose_name_plural = _("afbeeldingen")
        indexes = [
            models.Index(fields=["gemaakt_op"], name="afbeelding_los", condition=models.Q(thread=None)),
        ]

    def __str__(self):
        return str(self.pk)

    def get_absolute_url(self):
        return reverse("groepen:afbeelding", args=[self.pk])

    def staat_er(self) -> bool:
        """Whether a text of its Thread that was not taken away has it, or had it before an edit."""
        heeft = Q(inhoud__contains=self.get_absolute_url())
        thread = self.thread
        if thread is None:
            return False
        versies = thread.versies.filter(heeft)
        if not thread.is_verwijderd and (
            Vraag.objects.filter(heeft, thread=thread).exists() or versies.filter(antwoord=None).exists()
        ):
            return True
        return (
            Antwoord.objects.filter(heeft, vraag__thread=thread, verwijderd_op=None).exists()
            or Reactie.objects.filter(heeft, thread=thread, verwijderd_op=None).exists()
            or versies.filter(antwoord__isnull=False, antwoord__verwijderd_op=None).exists()
        )
