from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from profielen.namen import vouw


class OnderwerpQuerySet(models.QuerySet):
    def zoek(self, tekst: str):
        """Onderwerpen that hold every word of ``tekst``; those that start with it come first."""
        gevouwen = vouw(tekst)
        woorden = Q()
        for woord in gevouwen.split():
            woorden &= Q(sorteernaam__contains=woord)
        dichtbij = Case(
            When(sorteernaam__startswith=gevouwen, then=Value(0)),
            When(sorteernaam__contains=f" {gevouwen}", then=Value(1)),
            default=Value(2),
        )
        return self.filter(woorden).order_by(dichtbij, "sorteernaam", "pk")


class Onderwerp(models.Model):
    """A topic from the shared list; one per product of the Uniforme Productnamenlijst, plus our own."""

    naam = models.CharField(_("naam"), max_length=160, unique=True)
    slug = models.SlugField(max_length=160, unique=True)
    sorteernaam = models.CharField(max_length=160, editable=False, db_index=True)
    upl_adres = models.CharField(_("adres in de UPL"), max_length=250, unique=True, null=True, blank=True)

    objects = OnderwerpQuerySet.as_manager()

    class Meta:
        ordering = ["sorteernaam"]
        verbose_name = _("onderwerp")
        verbose_name_plural = _("onderwerpen")

    def __str__(self):
        return self.naam

    def save(self, *args, **kwargs):
        self.vul_aan()
        super().save(*args, **kwargs)

    def vul_aan(self):
        """Fill what follows from the name (for ``bulk_create``, which calls no ``save``)."""
        self.sorteernaam = vouw(self.naam)
        self.slug = self.slug or slugify(self.naam)[:160]
