from django.db import models
from django.utils.translation import gettext_lazy as _

from .onderwerp import Onderwerp
from .profiel import Profiel


class Deskundigheid(models.Model):
    """A Profiel knows about an Onderwerp."""

    class Soort(models.TextChoices):
        OPGEGEVEN = "opgegeven", _("Opgegeven")
        BEWEZEN = "bewezen", _("Bewezen")
        AANBEVOLEN = "aanbevolen", _("Aanbevolen")

    profiel = models.ForeignKey(Profiel, on_delete=models.CASCADE, related_name="deskundigheden")
    onderwerp = models.ForeignKey(Onderwerp, on_delete=models.CASCADE, related_name="deskundigheden")
    soort = models.CharField(max_length=12, choices=Soort.choices, default=Soort.OPGEGEVEN)

    class Meta:
        verbose_name = _("deskundigheid")
        verbose_name_plural = _("deskundigheden")
        constraints = [
            models.UniqueConstraint(
                fields=["profiel", "onderwerp", "soort"], name="een_deskundigheid_per_onderwerp"
            )
        ]

    def __str__(self):
        return f"{self.profiel_id}: {self.onderwerp_id} ({self.soort})"
