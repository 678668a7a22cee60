from datetime import date, timedelta

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.events.models import Event
from profielen.dagdelen import ALLE_DAGDELEN, DAGDELEN, DAGEN, dagdeel_bit
from profielen.fouten import Botsing
from profielen.toegang import ProfielQuerySet

from .gebruiker import Gebruiker
from .organisatie import Afdeling

# A Profiel is worth a "klopt dit nog?" when it was not confirmed for a year.
BEVESTIG_NA = timedelta(days=365)
VAN_GEBRUIKER = ("voornaam", "tussenvoegsel", "achternaam", "taal")


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

    # --- Keeping it right -----------------------------------------------------------------------

    @transaction.atomic
    def werk_bij(self, door, *, versie: int, onderwerpen=None, foto=None, foto_weg=False, **velden) -> None:
        """Save what the owner changed; that also confirms it.

        Args:
            versie: what the owner read; raises Botsing when something was saved after that.
            onderwerpen: what this person says to know about; None leaves it alone.
            foto: a file that ``profielen.fotos.lees_foto`` made, or None.
            **velden: fields of the Profiel, and names and taal of the Gebruiker.
        """
        oude_foto = self.foto.name
        gelukt = Profiel.objects.filter(pk=self.pk, versie=versie).update(versie=F("versie") + 1)
        if not gelukt:
            raise Botsing(
                Profiel.objects.select_related("gebruiker", "afdeling", "vervanger").get(pk=self.pk)
            )
        self.versie = versie + 1
        gebruiker = self.gebruiker
        for naam in VAN_GEBRUIKER:
            if naam in velden:
                setattr(gebruiker, naam, velden.pop(naam))
        gebruiker.save(update_fields=VAN_GEBRUIKER)
        for naam, waarde in velden.items():
            setattr(self, naam, waarde)
        if foto is not None:
            self.foto.save(foto.name, foto, save=False)
        elif foto_weg:
            self.foto = ""
        self.bevestigd_op = timezone.localdate()
        self.save()
        if oude_foto and oude_foto != self.foto.name:
            opslag = self.foto.storage
            transaction.on_commit(lambda: opslag.delete(oude_foto))
        if onderwerpen is not None:
            self._geef_op(onderwerpen)
        Event.record("profiel.gewijzigd", actor=door, ding=gebruiker)

    def _geef_op(self, onderwerpen) -> None:
        """Exactly these Onderwerpen are opgegeven; what was proven or recommended stays."""
        from .deskundigheid import Deskundigheid

        opgegeven = self.deskundigheden.filter(soort=Deskundigheid.Soort.OPGEGEVEN)
        opgegeven.exclude(onderwerp__in=onderwerpen).delete()
        Deskundigheid.objects.bulk_create(
            [Deskundigheid(profiel=self, onderwerp=onderwerp) for onderwerp in onderwerpen],
            ignore_conflicts=True,
        )

    @transaction.atomic
    def bevestig(self, door) -> None:
        """ "Klopt nog": the owner looked and it is right."""
        self.bevestigd_op = timezone.localdate()
        Profiel.objects.filter(pk=self.pk).update(bevestigd_op=self.bevestigd_op)
        Event.record("profiel.bevestigd", actor=door, ding=self.gebruiker)
