from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groepen import toegang
from intranet.events.models import Event

from .groep import Groep


class LidmaatschapQuerySet(toegang.InGroepQuerySet):
    def lopend(self):
        return self.filter(toegang.lopend())

    def beherend(self):
        return self.filter(rol__in=toegang.BEHEERT)


class Lidmaatschap(models.Model):
    """A Gebruiker in a Groep, with a rol.

    A Gast is the Lidmaatschap of someone who works for none of its organisaties.
    """

    class Rol(models.TextChoices):
        EIGENAAR = toegang.EIGENAAR, _("Eigenaar")
        BEHEERDER = toegang.BEHEERDER, _("Beheerder")
        LID = toegang.LID, _("Lid")
        WAARNEMER = toegang.WAARNEMER, _("Waarnemer")

    groep = models.ForeignKey(Groep, on_delete=models.CASCADE, related_name="lidmaatschappen")
    gebruiker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="lidmaatschappen"
    )
    rol = models.CharField(_("rol"), max_length=10, choices=Rol.choices, default=Rol.LID)
    begonnen_op = models.DateTimeField(default=timezone.now)
    eindigt_op = models.DateTimeField(null=True, blank=True)
    # When this person last opened the Groep; draws the unread dot.
    bezocht_op = models.DateTimeField(null=True, blank=True)

    objects = LidmaatschapQuerySet.as_manager()

    class Meta:
        verbose_name = _("lidmaatschap")
        verbose_name_plural = _("lidmaatschappen")
        constraints = [
            models.UniqueConstraint(fields=["groep", "gebruiker"], name="een_lidmaatschap_per_groep")
        ]
        indexes = [
            models.Index(fields=["gebruiker", "groep"], name="lidmaatschap_van"),
            # A page of a Groep names who looks after it, a few among thousands.
            models.Index(
                fields=["groep"], name="lidmaatschap_kaders", condition=models.Q(rol__in=toegang.BEHEERT)
            ),
        ]

    def __str__(self):
        return f"{self.gebruiker_id} in {self.groep_id} ({self.rol})"

    @property
    def heeft_nieuws(self) -> bool:
        """Whether something happened in the Groep since this person was there. Needs ``groep`` loaded."""
        actief = self.groep.laatst_actief_op
        return actief is not None and (self.bezocht_op is None or self.bezocht_op < actief)


class Toetredingsverzoek(models.Model):
    """Someone asks to join a besloten Groep."""

    groep = models.ForeignKey(Groep, on_delete=models.CASCADE, related_name="verzoeken")
    gebruiker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="toetredingsverzoeken"
    )
    motivatie = models.CharField(_("waarom wil je erbij?"), max_length=400, blank=True)
    gedaan_op = models.DateTimeField(default=timezone.now)
    besloten_op = models.DateTimeField(null=True, blank=True)
    besloten_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_toegelaten = models.BooleanField(default=False)

    objects = toegang.langs("groep").as_manager()

    class Meta:
        verbose_name = _("verzoek om toegang")
        verbose_name_plural = _("verzoeken om toegang")
        constraints = [
            models.UniqueConstraint(
                fields=["groep", "gebruiker"],
                condition=models.Q(besloten_op=None),
                name="een_open_verzoek_per_groep",
            )
        ]

    def __str__(self):
        return f"{self.gebruiker_id} bij {self.groep_id}"

    @transaction.atomic
    def beslis(self, door, toegelaten: bool) -> None:
        """Let in or turn down; deciding twice changes nothing."""
        gewijzigd = Toetredingsverzoek.objects.filter(pk=self.pk, besloten_op=None).update(
            besloten_op=timezone.now(), besloten_door=door, is_toegelaten=toegelaten
        )
        if not gewijzigd:
            return
        self.refresh_from_db()
        if toegelaten:
            self.groep.voeg_toe(self.gebruiker, door=door)
        soort = "toegang.verleend" if toegelaten else "toegang.geweigerd"
        Event.record(soort, groep=self.groep, actor=door, ding=self)
