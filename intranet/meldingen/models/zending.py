from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groepen.models import Thread

# What ``uitkomst`` says of a Zending that was done; any other word tells why it was not sent.
VERSTUURD = "verstuurd"
# So long we remember what was sent: more mail about the same waits longer each time.
BEWAAR = timedelta(days=30)


class ZendingQuerySet(models.QuerySet):
    def open(self):
        return self.filter(klaar_op=None)

    def verstuurd(self):
        return self.filter(klaar_op__isnull=False, uitkomst=VERSTUURD)


class Zending(models.Model):
    """A message on its way to one person: mail about one Thread, the overview of a day, or to a device.

    It holds no text: that is made when it leaves, through the rule. Claimed with a lease as a Delivery is, so
    a worker killed between sending and noting repeats one mail, with the same Message-ID (a device
    shows it once).
    """

    class Soort(models.TextChoices):
        THREAD = "thread", _("Over één vraag")
        OVERZICHT = "overzicht", _("Overzicht")
        TELEFOON = "telefoon", _("Op een apparaat")

    soort = models.CharField(max_length=10, choices=Soort.choices)
    gebruiker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="zendingen"
    )
    # Who is away and what waits for them, when it goes to their vervanger.
    namens = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    # The device it goes to, when it is no mail.
    abonnement = models.ForeignKey(
        "meldingen.Abonnement", null=True, on_delete=models.CASCADE, related_name="zendingen"
    )
    thread = models.ForeignKey(Thread, null=True, on_delete=models.CASCADE, related_name="+")
    # The left half of the Message-ID, and what makes a second one of the same impossible.
    sleutel = models.CharField(max_length=100, unique=True)
    # The Meldingen it tells of: of this person (and Thread), in this range of numbers.
    van_melding = models.BigIntegerField()
    tot_melding = models.BigIntegerField()
    gemaakt_op = models.DateTimeField(default=timezone.now)
    beschikbaar_op = models.DateTimeField(default=timezone.now)
    geclaimd_door = models.CharField(max_length=120, blank=True)
    geclaimd_tot = models.DateTimeField(null=True, blank=True)
    pogingen = models.PositiveSmallIntegerField(default=0)
    # Done: sent, or dropped because it was read, invisible or refused for good; ``uitkomst`` says which.
    klaar_op = models.DateTimeField(null=True, blank=True)
    uitkomst = models.CharField(max_length=200, blank=True)

    objects = ZendingQuerySet.as_manager()

    class Meta:
        verbose_name = _("zending")
        verbose_name_plural = _("zendingen")
        indexes = [
            models.Index(fields=["beschikbaar_op", "id"], name="zending_open", condition=Q(klaar_op=None)),
            models.Index(fields=["klaar_op"], name="zending_klaar", condition=Q(klaar_op__isnull=False)),
        ]

    def __str__(self):
        return self.sleutel

    @classmethod
    def ruim_op(cls) -> int:
        """Forget what has been done for long."""
        return cls.objects.filter(klaar_op__lt=timezone.now() - BEWAAR)._raw_delete(cls.objects.db)
