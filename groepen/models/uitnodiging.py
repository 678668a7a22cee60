import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from groepen import toegang
from groepen.fouten import Weigering
from intranet.events.models import Event

from .groep import Groep
from .lidmaatschap import Lidmaatschap

GELDIG = timedelta(hours=48)


def _verloopt():
    return timezone.now() + GELDIG


class UitnodigingQuerySet(toegang.InGroepQuerySet):
    def lopend(self):
        return self.filter(aanvaard_op=None, ingetrokken_op=None, verloopt_op__gt=timezone.now())


class Uitnodiging(models.Model):
    """An offer to join one Groep, for one address, with one rol, once, for 48 hours; also makes a Gast."""

    groep = models.ForeignKey(Groep, on_delete=models.CASCADE, related_name="uitnodigingen")
    email = models.EmailField(_("e-mailadres"))
    rol = models.CharField(
        _("rol"), max_length=10, choices=Lidmaatschap.Rol.choices, default=Lidmaatschap.Rol.LID
    )
    # Who holds this secret may accept; it travels in the mail alone.
    sleutel = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="uitnodigingen")
    gemaakt_op = models.DateTimeField(default=timezone.now)
    verloopt_op = models.DateTimeField(default=_verloopt)
    aanvaard_op = models.DateTimeField(null=True, blank=True)
    aanvaard_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    ingetrokken_op = models.DateTimeField(null=True, blank=True)

    objects = UitnodigingQuerySet.as_manager()

    class Meta:
        verbose_name = _("uitnodiging")
        verbose_name_plural = _("uitnodigingen")

    def __str__(self):
        return f"{self.email} voor {self.groep_id}"

    @property
    def is_lopend(self) -> bool:
        return self.aanvaard_op is None and self.ingetrokken_op is None and self.verloopt_op > timezone.now()

    @property
    def is_geldig(self) -> bool:
        """Running, and made by someone who may still let people in. Needs ``groep`` and ``door`` loaded."""
        return self.is_lopend and toegang.mag_beheren(self.door, self.groep)

    @transaction.atomic
    def aanvaard(self, gebruiker) -> None:
        """Make ``gebruiker`` a member. Raises Weigering: other address, used, withdrawn, expired."""
        if gebruiker.email.lower() != self.email:
            raise Weigering(_t("Deze uitnodiging is voor een ander e-mailadres."))
        # Whoever may let nobody in any more, did not leave a door open either.
        if not toegang.mag_beheren(self.door, self.groep):
            raise Weigering(_t("Deze uitnodiging geldt niet meer. Vraag om een nieuwe."))
        # One conditional update decides, so that one Uitnodiging works once.
        gelukt = (
            Uitnodiging.objects.lopend()
            .filter(pk=self.pk)
            .update(aanvaard_op=timezone.now(), aanvaard_door=gebruiker)
        )
        if not gelukt:
            raise Weigering(_t("Deze uitnodiging is al gebruikt of verlopen. Vraag om een nieuwe."))
        self.refresh_from_db()
        rol = toegang.rol_in(self.groep, gebruiker)
        if rol is None:
            self.groep.voeg_toe(gebruiker, self.rol, door=self.door)
        Event.record("uitnodiging.aanvaard", groep=self.groep, actor=gebruiker, ding=self)

    @transaction.atomic
    def trek_in(self, door) -> None:
        Uitnodiging.objects.lopend().filter(pk=self.pk).update(ingetrokken_op=timezone.now())
        Event.record("uitnodiging.ingetrokken", groep=self.groep, actor=door, ding=self)
