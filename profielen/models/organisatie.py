from django.db import models
from django.utils.translation import gettext_lazy as _

from profielen.namen import vouw


class OrganisatieQuerySet(models.QuerySet):
    def deelnemend(self):
        return self.filter(deelname=Organisatie.Deelname.DEELNEMER)

    def met_domein(self, domein: str):
        return self.filter(domeinen__domein=domein.lower())


class Organisatie(models.Model):
    """A municipality, joint body, supplier, …; only a *deelnemer* has Medewerkers, others have Gasten."""

    class Soort(models.TextChoices):
        GEMEENTE = "gemeente", _("Gemeente")
        SAMENWERKING = "samenwerking", _("Samenwerkingsverband")
        PROVINCIE = "provincie", _("Provincie")
        WATERSCHAP = "waterschap", _("Waterschap")
        PARTNER = "partner", _("Partner")
        LEVERANCIER = "leverancier", _("Leverancier")

    class Deelname(models.TextChoices):
        DEELNEMER = "deelnemer", _("Deelnemer")
        PARTNER = "partner", _("Partner, geen deelnemer")

    naam = models.CharField(_("naam"), max_length=120, unique=True)
    sorteernaam = models.CharField(max_length=120, editable=False, db_index=True)
    soort = models.CharField(
        _("soort organisatie"), max_length=20, choices=Soort.choices, default=Soort.GEMEENTE
    )
    deelname = models.CharField(
        _("deelname"), max_length=20, choices=Deelname.choices, default=Deelname.PARTNER, db_index=True
    )
    # http://standaarden.overheid.nl/owms/terms/… or https://identifier.overheid.nl/tooi/id/…
    identificatie = models.CharField(
        _("OWMS- of TOOI-adres"), max_length=200, unique=True, null=True, blank=True
    )

    objects = OrganisatieQuerySet.as_manager()

    class Meta:
        ordering = ["sorteernaam"]
        verbose_name = _("organisatie")
        verbose_name_plural = _("organisaties")

    def __str__(self):
        return self.naam

    def save(self, *args, **kwargs):
        self.sorteernaam = vouw(self.naam)
        super().save(*args, **kwargs)

    @property
    def is_deelnemer(self) -> bool:
        return self.deelname == self.Deelname.DEELNEMER


class OrganisatieDomein(models.Model):
    """An e-mail domain whose addresses belong to this Organisatie; stored lower case."""

    organisatie = models.ForeignKey(Organisatie, on_delete=models.CASCADE, related_name="domeinen")
    domein = models.CharField(_("e-maildomein"), max_length=120, unique=True)

    class Meta:
        verbose_name = _("e-maildomein")
        verbose_name_plural = _("e-maildomeinen")

    def __str__(self):
        return self.domein

    def save(self, *args, **kwargs):
        self.domein = self.domein.lower().lstrip("@")
        super().save(*args, **kwargs)


class Afdeling(models.Model):
    """A department; a tree inside one Organisatie."""

    organisatie = models.ForeignKey(Organisatie, on_delete=models.CASCADE, related_name="afdelingen")
    ouder = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="onderdelen"
    )
    naam = models.CharField(_("naam"), max_length=120)
    sorteernaam = models.CharField(max_length=120, editable=False)

    class Meta:
        ordering = ["sorteernaam"]
        verbose_name = _("afdeling")
        verbose_name_plural = _("afdelingen")
        constraints = [
            models.UniqueConstraint(fields=["organisatie", "naam"], name="een_afdeling_per_naam"),
        ]

    def __str__(self):
        return self.naam

    def save(self, *args, **kwargs):
        self.sorteernaam = vouw(self.naam)
        super().save(*args, **kwargs)
