from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groepen import toegang

from .vraag import Vraag


class Herinnering(models.Model):
    """Somebody was reminded of a Vraag that waits; once per kind for each time that it waits.

    ``sinds`` is when the waiting began. A reminder of kind UITLEG went to the asker, so it ends a silence.
    """

    class Soort(models.TextChoices):
        NORM = "norm", _("De norm nadert")
        STIL = "stil", _("Zeven dagen stil")
        UITLEG = "uitleg", _("Tien dagen stil, de vraagsteller hoorde wie het heeft")

    vraag = models.ForeignKey(Vraag, on_delete=models.CASCADE, related_name="herinneringen", db_index=False)
    soort = models.CharField(max_length=8, choices=Soort.choices)
    sinds = models.DateTimeField()
    op = models.DateTimeField(default=timezone.now)

    objects = toegang.langs("vraag__thread__groep").as_manager()

    class Meta:
        verbose_name = _("herinnering")
        verbose_name_plural = _("herinneringen")
        constraints = [
            models.UniqueConstraint(fields=["vraag", "soort", "sinds"], name="een_herinnering_per_wachten")
        ]

    def __str__(self):
        return f"{self.soort} bij {self.vraag_id}"
