from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groepen import toegang
from groepen.models import Antwoord, Groep, Reactie, Thread
from profielen.models import Afdeling, Onderwerp


class Vermelding(models.Model):
    """A text names a person, Groep, Afdeling or Onderwerp; each text names each once, also after an edit."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="vermeldingen")
    antwoord = models.ForeignKey(Antwoord, null=True, on_delete=models.CASCADE, related_name="vermeldingen")
    reactie = models.ForeignKey(Reactie, null=True, on_delete=models.CASCADE, related_name="vermeldingen")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    op = models.DateTimeField(default=timezone.now)
    # In which text ("vraag", "antwoord:12", "reactie:7"), and what it names ("gebruiker:3"), as in
    # data-mention. Words beside the keys: a unique constraint over empty keys holds nothing on SQLite.
    plek = models.CharField(max_length=30)
    doel = models.CharField(max_length=30)
    # Exactly one of these four.
    gebruiker = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="vermeldingen"
    )
    groep = models.ForeignKey(Groep, null=True, on_delete=models.CASCADE, related_name="+")
    afdeling = models.ForeignKey(Afdeling, null=True, on_delete=models.CASCADE, related_name="+")
    onderwerp = models.ForeignKey(Onderwerp, null=True, on_delete=models.CASCADE, related_name="+")

    objects = toegang.langs("thread__groep").as_manager()

    class Meta:
        verbose_name = _("vermelding")
        verbose_name_plural = _("vermeldingen")
        constraints = [
            models.UniqueConstraint(fields=["thread", "plek", "doel"], name="een_vermelding_per_tekst"),
            models.CheckConstraint(
                name="vermelding_noemt_een_ding",
                condition=Q(gebruiker__isnull=False, groep=None, afdeling=None, onderwerp=None)
                | Q(gebruiker=None, groep__isnull=False, afdeling=None, onderwerp=None)
                | Q(gebruiker=None, groep=None, afdeling__isnull=False, onderwerp=None)
                | Q(gebruiker=None, groep=None, afdeling=None, onderwerp__isnull=False),
            ),
        ]

    def __str__(self):
        return f"in {self.thread_id}"
