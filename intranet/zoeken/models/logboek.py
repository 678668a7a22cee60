from collections.abc import Iterable
from datetime import date, timedelta

from django.db import connection, models
from django.db.models import Count, F, Q
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.prepared import plan_cursor
from intranet.zoeken import analyse
from intranet.zoeken.maskeer import maskeer
from profielen.models import Gebruiker, Organisatie

BEWAAR = timedelta(days=365)
LANGSTE = 200
# A search that fewer than so many times was done says too much about who did it.
MINSTENS = 3
_NOTEER = (
    "insert into zoeken_zoekactie (tekst, kern, dag, aantal, organisatie_id, klik_soort)"
    " values (%s, %s, %s, %s, %s, '') returning id"
)


class ZoekactieQuerySet(models.QuerySet):
    def sinds(self, dag: date):
        return self.filter(dag__gte=dag)

    def tel(self) -> dict[str, int]:
        """How often somebody searched, found nothing, and opened something."""
        return self.aggregate(keer=Count("pk"), niets=Count("pk", filter=Q(aantal=0)), geopend=Count("klik"))

    def per_kern(self):
        """Each search with how often it was done (at least ``MINSTENS`` times), found and clicked.

        Left out is what mostly led to a person: a list of who is sought is nobody's business.
        """
        return (
            # Without a telling word there is nothing that could be missing.
            self.exclude(kern="")
            .values("kern")
            .annotate(
                keer=Count("pk"),
                kliks=Count("klik"),
                naar_mens=Count("pk", filter=Q(klik_soort="mens")),
            )
            .filter(keer__gte=MINSTENS)
            .exclude(kliks__gt=0, naar_mens__gte=F("kliks") - F("naar_mens"))
            .order_by("-keer", "kern")
        )

    def woorden(self, kernen: Iterable[str]) -> dict[str, str]:
        """Each of these searches as it is typed most; left out is the name of a person."""
        vaakst: dict[str, str] = {}
        teksten = self.filter(kern__in=set(kernen)).values_list("kern", "tekst").annotate(keer=Count("pk"))
        for kern, tekst, _keer in teksten.order_by("-keer", Length("tekst"), "tekst"):
            vaakst.setdefault(kern, tekst)
        namen = Gebruiker.objects.die_heten(vaakst.values())
        return {kern: tekst for kern, tekst in vaakst.items() if tekst not in namen}

    def zonder_treffers(self):
        return self.filter(aantal=0)

    def zonder_klik(self):
        """What was found and, nearly always, left alone."""
        return self.filter(aantal__gt=0).per_kern().filter(keer__gte=F("kliks") * 10)


class Zoekactie(models.Model):
    """Somebody searched for this. Who is not kept: not by name, number or session, and only the day.

    Personal data in the query is masked; see ``intranet.zoeken.maskeer``.
    """

    tekst = models.CharField(_("gezocht op"), max_length=LANGSTE)
    # The tokens of the telling words, sorted: what counts as the same search.
    kern = models.CharField(max_length=LANGSTE)
    dag = models.DateField(_("dag"), default=timezone.localdate)
    aantal = models.PositiveIntegerField(_("treffers"))
    organisatie = models.ForeignKey(
        Organisatie, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    # The place in the list of the first hit that was opened, from 1, and its kind.
    klik = models.PositiveSmallIntegerField(_("geopend op plek"), null=True, blank=True)
    klik_soort = models.CharField(max_length=20, blank=True)

    objects = ZoekactieQuerySet.as_manager()

    class Meta:
        verbose_name = _("zoekactie")
        verbose_name_plural = _("zoekacties")
        indexes = [models.Index(fields=["dag", "kern"], name="zoekactie_dag")]

    def __str__(self):
        return self.tekst

    @classmethod
    def noteer(cls, vraag: str, aantal: int, organisatie_id: int | None) -> int:
        """Keep that somebody searched for ``vraag`` and found so many; gives the number of the row."""
        tekst = maskeer(" ".join(vraag.split()))[:LANGSTE]
        dag = connection.ops.adapt_datefield_value(timezone.localdate())
        # Every new search does this, and saving a model costs more than all the rest of it.
        with plan_cursor() as cursor:
            cursor.execute(_NOTEER, [tekst, kern(tekst), dag, aantal, organisatie_id])
            return int(cursor.fetchone()[0])

    @classmethod
    def noteer_klik(cls, pk: int, plek: int, soort: str) -> None:
        """The first hit that was opened; what comes after it does not count."""
        cls.objects.filter(pk=pk, klik=None).update(klik=plek, klik_soort=soort)

    @classmethod
    def ruim_op(cls) -> int:
        """Forget what is older than a year; gives how many."""
        return cls.objects.filter(dag__lt=timezone.localdate() - BEWAAR).delete()[0]


def kern(tekst: str) -> str:
    """The words that tell one search from another: "Wat is een paspoort?" and "paspoorten" are one."""
    return " ".join(sorted({t.token for t in analyse.vraag(tekst).termen if t.soort == "hoofd"}))[:LANGSTE]
