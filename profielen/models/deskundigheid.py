from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from intranet.events.models import Event
from profielen.fouten import Weigering
from profielen.toegang import AanbevelingQuerySet, DeskundigheidQuerySet

from .onderwerp import Onderwerp
from .profiel import Profiel

# One colleague recommends another for no more Onderwerpen than a Profiel itself names.
MAX_AANBEVELINGEN = 12


class Deskundigheid(models.Model):
    """A Profiel knows about an Onderwerp: as the person says, as solutions prove (nightly keeps those:
    ``groepen.bewijs``), or as colleagues recommend.

    Who it is about may hide what others made of them. There is no count to win and no ranking.
    """

    class Soort(models.TextChoices):
        OPGEGEVEN = "opgegeven", _("Opgegeven")
        BEWEZEN = "bewezen", _("Bewezen")
        AANBEVOLEN = "aanbevolen", _("Aanbevolen")

    profiel = models.ForeignKey(Profiel, on_delete=models.CASCADE, related_name="deskundigheden")
    onderwerp = models.ForeignKey(Onderwerp, on_delete=models.CASCADE, related_name="deskundigheden")
    soort = models.CharField(max_length=12, choices=Soort.choices, default=Soort.OPGEGEVEN)
    # The owner does not want it shown. The row stays, so that it does not come back by itself.
    verborgen_op = models.DateTimeField(null=True, blank=True)

    objects = DeskundigheidQuerySet.as_manager()

    class Meta:
        verbose_name = _("deskundigheid")
        verbose_name_plural = _("deskundigheden")
        constraints = [
            models.UniqueConstraint(
                fields=["profiel", "onderwerp", "soort"], name="een_deskundigheid_per_onderwerp"
            )
        ]
        # Searching asks for what is hidden, of everyone who is found.
        indexes = [
            models.Index(
                fields=["profiel", "onderwerp"],
                condition=models.Q(verborgen_op__isnull=False),
                name="deskundigheid_verborgen",
            )
        ]

    def __str__(self):
        return f"{self.profiel_id}: {self.onderwerp_id} ({self.soort})"

    @property
    def is_verborgen(self) -> bool:
        return self.verborgen_op is not None

    @classmethod
    def beveel_aan(cls, profiel: Profiel, onderwerp: Onderwerp, door) -> "Deskundigheid":
        """``door``, who may see the Profiel, recommends this person for ``onderwerp``. Twice changes nothing.

        Raises Weigering for oneself, for what the owner hid, and beyond MAX_AANBEVELINGEN.
        """
        if profiel.pk == door.pk:
            raise Weigering(_t("Jezelf aanbevelen kan niet. Zet het onderwerp in je profiel."))
        with transaction.atomic():
            if cls.objects.filter(profiel=profiel, onderwerp=onderwerp, verborgen_op__isnull=False).exists():
                raise Weigering(
                    _t("%(naam)s laat dit onderwerp liever niet zien.") % {"naam": profiel.gebruiker.naam}
                )
            kennis, _nieuw = cls.objects.get_or_create(
                profiel=profiel, onderwerp=onderwerp, soort=cls.Soort.AANBEVOLEN
            )
            eerder = Aanbeveling.objects.filter(door=door, deskundigheid__profiel=profiel)
            if eerder.exclude(deskundigheid=kennis).count() >= MAX_AANBEVELINGEN:
                raise Weigering(
                    _t("Je beval deze collega al voor %(aantal)s onderwerpen aan. Haal er eerst een weg.")
                    % {"aantal": MAX_AANBEVELINGEN}
                )
            _aanbeveling, nieuw = kennis.aanbevelingen.get_or_create(door=door)
            if nieuw:
                Event.record("kennis.aanbevolen", actor=door, ding=profiel.gebruiker, onderwerp=onderwerp.pk)
        return kennis

    @transaction.atomic
    def trek_aanbeveling_in(self, door) -> None:
        """``door`` no longer recommends it. Without anyone left it is gone, unless it is hidden."""
        verwijderd, _rijen = self.aanbevelingen.filter(door=door).delete()
        if not verwijderd:
            return
        if not self.is_verborgen and not self.aanbevelingen.exists():
            Deskundigheid.objects.filter(pk=self.pk).delete()
        Event.record(
            "kennis.niet_meer_aanbevolen",
            actor=door,
            ding=self.profiel.gebruiker,
            onderwerp=self.onderwerp_id,
        )

    @transaction.atomic
    def verberg(self, door) -> None:
        """The owner does not want to be known for this. What they say themselves, the form changes."""
        self._zet(door, timezone.now(), "kennis.verborgen")

    @transaction.atomic
    def toon(self, door) -> None:
        self._zet(door, None, "kennis.getoond")

    def _zet(self, door, verborgen_op, gebeurtenis: str) -> None:
        if self.is_verborgen == (verborgen_op is not None) or self.soort == self.Soort.OPGEGEVEN:
            return
        self.verborgen_op = verborgen_op
        self.save(update_fields=["verborgen_op"])
        Event.record(gebeurtenis, actor=door, ding=self.profiel.gebruiker, onderwerp=self.onderwerp_id)


class Aanbeveling(models.Model):
    """One colleague says that a Profiel knows about an Onderwerp."""

    deskundigheid = models.ForeignKey(Deskundigheid, on_delete=models.CASCADE, related_name="aanbevelingen")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="aanbevelingen")
    gedaan_op = models.DateTimeField(default=timezone.now)

    objects = AanbevelingQuerySet.as_manager()

    class Meta:
        verbose_name = _("aanbeveling")
        verbose_name_plural = _("aanbevelingen")
        constraints = [
            models.UniqueConstraint(fields=["deskundigheid", "door"], name="een_aanbeveling_per_collega")
        ]

    def __str__(self):
        return f"{self.deskundigheid_id} door {self.door_id}"
