from datetime import date, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from profielen.toegang import ProfielQuerySet

from .gebruiker import Gebruiker
from .organisatie import Afdeling

DAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag")
DAGDELEN = ("ochtend", "middag")
ALLE_DAGDELEN = (1 << len(DAGEN) * len(DAGDELEN)) - 1
# A Profiel is worth a "klopt dit nog?" when it was not confirmed for a year.
BEVESTIG_NA = timedelta(days=365)


def dagdeel_bit(dag: int, dagdeel: int) -> int:
    """The bit of one half-day: ``dag`` 0 is Monday, ``dagdeel`` 0 is the morning."""
    return 1 << (dag * len(DAGDELEN) + dagdeel)


class Profiel(models.Model):
    """The public face of a Gebruiker; visible by ``profielen.toegang``."""

    gebruiker = models.OneToOneField(
        Gebruiker, on_delete=models.CASCADE, primary_key=True, related_name="profiel"
    )
    functie = models.CharField(_("functie"), max_length=120, blank=True)
    afdeling = models.ForeignKey(
        Afdeling, null=True, blank=True, on_delete=models.SET_NULL, related_name="profielen"
    )
    foto = models.ImageField(_("foto"), upload_to="gezichten/", blank=True)
    telefoon = models.CharField(_("telefoon"), max_length=30, blank=True)
    mobiel = models.CharField(_("mobiel"), max_length=30, blank=True)
    locatie = models.CharField(_("werkplek"), max_length=120, blank=True)
    # Ten bits, Monday morning first; see dagdeel_bit.
    dagdelen = models.PositiveSmallIntegerField(_("werktijden"), default=ALLE_DAGDELEN)
    afwezig_van = models.DateField(_("afwezig vanaf"), null=True, blank=True)
    afwezig_tot = models.DateField(_("afwezig tot en met"), null=True, blank=True)
    vervanger = models.ForeignKey(
        Gebruiker, null=True, blank=True, on_delete=models.SET_NULL, related_name="vervangt"
    )
    vraag_mij_over = models.CharField(_("vraag mij over"), max_length=400, blank=True)
    bevestigd_op = models.DateField(null=True, blank=True)
    versie = models.PositiveIntegerField(default=1)

    objects = ProfielQuerySet.as_manager()

    class Meta:
        verbose_name = _("profiel")
        verbose_name_plural = _("profielen")

    def __str__(self):
        return f"Profiel {self.gebruiker_id}"

    def werkt_op(self, dag: int, dagdeel: int | None = None) -> bool:
        """Whether this person works on weekday ``dag`` (0 is Monday), in one ``dagdeel`` or in any."""
        if dag >= len(DAGEN):
            return False
        delen = range(len(DAGDELEN)) if dagdeel is None else (dagdeel,)
        return any(self.dagdelen & dagdeel_bit(dag, deel) for deel in delen)

    def is_afwezig(self, dag: date | None = None) -> bool:
        """Whether ``dag`` (today by default) falls in the absence period, both ends included."""
        dag = dag or timezone.localdate()
        if self.afwezig_van is None and self.afwezig_tot is None:
            return False
        return (self.afwezig_van or date.min) <= dag <= (self.afwezig_tot or date.max)

    @property
    def moet_bevestigd(self) -> bool:
        """Whether to ask the owner "klopt dit nog?"."""
        return self.bevestigd_op is None or timezone.localdate() - self.bevestigd_op > BEVESTIG_NA
