from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Abonnement(models.Model):
    """A browser or phone of one person that takes push messages (RFC 8030), by its own consent.

    It lives no longer than the login it was made in: who logs out of a shared desk leaves nothing behind.
    """

    gebruiker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="abonnementen"
    )
    # Where the browser's maker takes messages for this device; https, never a private address.
    adres = models.URLField(max_length=1000)
    # SHA-256 of it, in hex: an index that holds on every database, whatever the length.
    adres_som = models.CharField(max_length=64, unique=True)
    # Of the device, base64url: its public key and the shared secret (RFC 8291).
    p256dh = models.CharField(max_length=200)
    auth = models.CharField(max_length=60)
    naam = models.CharField(_("apparaat"), max_length=80, blank=True)
    sinds = models.DateTimeField(default=timezone.now)
    gelukt_op = models.DateTimeField(null=True, blank=True)
    # The key of that session; when its row goes, this one does.
    sessie = models.CharField(max_length=40, db_index=True)
    # Refusals in a row; at a handful, or when the service says it is gone, the row goes.
    mislukt = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("apparaat")
        verbose_name_plural = _("apparaten")

    def __str__(self):
        return self.naam or self.adres_som[:8]
