"""Whom a mention reaches: always people who may read where it stands (``toegang.lezers``)."""

from datetime import datetime, timedelta

from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from groepen import toegang
from groepen.models import Groep
from intranet.meldingen.tekenen import te_kennen_afdelingen
from intranet.werkdagen import is_werkdag
from profielen.afdelingen import met_onderdelen
from profielen.dagdelen import dag_masker
from profielen.models import Afdeling, Deskundigheid, Onderwerp

#: What holds people that a reader may not know.
VELEN = ("groep", "afdeling")


def noembaar(schrijver, doelen: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Of what a text names, what ``schrijver`` may name: nobody reaches the leden of a Groep they cannot find
    by sending its number. At most two statements, none for people alone.
    """
    pks = {wat: {pk for soort, pk in doelen if soort == wat} for wat in VELEN}
    mag: set[tuple[str, int]] = set()
    if pks["groep"]:
        gevonden = Groep.objects.vindbaar_voor(schrijver).filter(pk__in=pks["groep"])
        mag |= {("groep", pk) for pk in gevonden.values_list("pk", flat=True)}
    if pks["afdeling"] and schrijver.is_medewerker:
        bekend = te_kennen_afdelingen(schrijver).filter(pk__in=pks["afdeling"])
        mag |= {("afdeling", pk) for pk in bekend.values_list("pk", flat=True)}
    return [doel for doel in doelen if doel[0] not in pks or doel in mag]


def groep_leden(genoemd: Groep, groep: Groep):
    """The leden of the Groep that was named, as far as they may read in ``groep``."""
    return toegang.lezers(groep).filter(is_lid(genoemd))


def is_lid(genoemd: Groep) -> Q:
    """The leden of a Groep, as a condition on Gebruikers."""
    return Q(pk__in=genoemd.lidmaatschappen.filter(toegang.lopend()).values("gebruiker"))


def werkt_bij(afdeling: Afdeling) -> Q:
    """Who works in an Afdeling or in a part of it, as a condition on Gebruikers."""
    alle = Afdeling.objects.filter(organisatie=afdeling.organisatie_id)
    return Q(profiel__afdeling__in=met_onderdelen(afdeling.pk, alle))


def deskundigen(onderwerp: Onderwerp, groep: Groep, moment: datetime | None = None):
    """Who knows about ``onderwerp`` (as they said or as was proven), is there that day and may read.

    On a free day: who is there on the next working day.
    """
    dag = timezone.localdate(moment or timezone.now())
    while not is_werkdag(dag):
        dag += timedelta(days=1)
    soorten = (Deskundigheid.Soort.OPGEGEVEN, Deskundigheid.Soort.BEWEZEN)
    kenners = Deskundigheid.objects.filter(onderwerp=onderwerp, soort__in=soorten, verborgen_op=None)
    afwezig = (
        (Q(profiel__afwezig_van__isnull=False) | Q(profiel__afwezig_tot__isnull=False))
        & (Q(profiel__afwezig_van=None) | Q(profiel__afwezig_van__lte=dag))
        & (Q(profiel__afwezig_tot=None) | Q(profiel__afwezig_tot__gte=dag))
    )
    return (
        toegang.lezers(groep)
        .filter(pk__in=kenners.values("profiel"))
        .exclude(afwezig)
        .annotate(werkt=Coalesce(F("profiel__dagdelen"), 0).bitand(dag_masker(dag.weekday())))
        .filter(werkt__gt=0)
    )
