from typing import Self

from django.db import models, transaction
from django.db.models import Count, F, Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.events.models import Event
from intranet.zoeken.analyse import vouw


class SynoniemQuerySet(models.QuerySet):
    def eigen(self):
        """What editors added themselves."""
        return self.filter(meegeleverd=None)

    def stand(self) -> tuple:
        """Something that differs after every change of whatever row."""
        return tuple(self.aggregate(Count("pk"), Max("gewijzigd_op"), Max("pk")).values())


class Synoniem(models.Model):
    """Words that mean the same, one group a row: "wmo, wet maatschappelijke ondersteuning".

    A row with ``meegeleverd`` switches off the shipped group of that key (``intranet.zoeken.synoniemen``).
    """

    woorden = models.CharField(_("woorden"), max_length=500)
    # Folded, to sort by and to search in.
    sorteerwoorden = models.CharField(max_length=500, editable=False, db_index=True)
    meegeleverd = models.CharField(max_length=100, null=True, unique=True, editable=False)
    versie = models.PositiveIntegerField(default=1)
    gewijzigd_op = models.DateTimeField(default=timezone.now)

    objects = SynoniemQuerySet.as_manager()

    class Meta:
        ordering = ["sorteerwoorden", "pk"]
        verbose_name = _("synoniem")
        verbose_name_plural = _("synoniemen")

    def __str__(self):
        return self.woorden

    def save(self, *args, **kwargs):
        self.sorteerwoorden = vouw(self.woorden)
        self.gewijzigd_op = timezone.now()
        super().save(*args, **kwargs)

    @classmethod
    @transaction.atomic
    def voeg_toe(cls, door, woorden: str) -> Self | None:
        """A new group; None when these words stand together already (a double click, a colleague)."""
        nieuw = cls._als_groep(woorden)
        if any(cls._als_groep(er) == nieuw for er in cls.objects.eigen().values_list("woorden", flat=True)):
            return None
        synoniem = cls(woorden=woorden)
        synoniem.save()
        Event.record("synoniem.gewijzigd", actor=door, ding=synoniem)
        return synoniem

    @staticmethod
    def _als_groep(woorden: str) -> tuple[bool, frozenset[str]]:
        """What a line means, whatever the order of its words."""
        kaal = vouw(woorden).strip()
        return kaal.startswith("~"), frozenset(woord.strip() for woord in kaal.lstrip("~").split(","))

    @transaction.atomic
    def wijzig(self, door, woorden: str, versie: int) -> bool:
        """Other words; False when someone else changed them after ``versie`` was read."""
        gelukt = type(self).objects.filter(pk=self.pk, versie=versie).update(versie=F("versie") + 1)
        if not gelukt:
            return False
        self.woorden, self.versie = woorden, versie + 1
        self.save(update_fields=["woorden", "sorteerwoorden", "gewijzigd_op"])
        Event.record("synoniem.gewijzigd", actor=door, ding=self)
        return True

    @transaction.atomic
    def verwijder(self, door) -> None:
        Event.record("synoniem.gewijzigd", actor=door, ding=self)
        self.delete()

    @classmethod
    @transaction.atomic
    def zet_meegeleverd(cls, door, sleutel: str, woorden: str, *, aan: bool) -> None:
        """Switch the shipped group ``sleutel`` off, or on again as it was shipped."""
        if aan:
            cls.objects.filter(meegeleverd=sleutel).delete()
            Event.record("synoniem.gewijzigd", actor=door)
            return
        synoniem, nieuw = cls.objects.get_or_create(meegeleverd=sleutel, defaults={"woorden": woorden})
        if nieuw:
            Event.record("synoniem.gewijzigd", actor=door, ding=synoniem)
