"""Whose turn it is for an overview: two statements for everyone.

By the local day: an hour that comes twice or never, when the clock changes, sends nothing twice and skips
nobody (``Instelling.overzicht_van``). Workers that were down send as soon as they are back that day.
"""

from datetime import datetime, time, timedelta

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.db.models.lookups import GreaterThan
from django.utils import timezone

from intranet.meldingen import rust
from intranet.meldingen.models import Instelling, Zending
from intranet.werkdagen import is_werkdag
from profielen.dagdelen import MIDDAG, MIDDAG_BEGINT, dag_masker, dagdeel_bit
from profielen.models import Gebruiker

STANDAARD_TIJD = Instelling._meta.get_field("overzicht_tijd").default
# Who works in the morning only and chose a later hour gets it just before going home.
LAATSTE_HALF_UUR = time(12)


def aan_de_beurt(nu: datetime) -> QuerySet:
    """Whose overview is due at ``nu`` (on a working day), with since when they are here."""
    lokaal = timezone.localtime(nu)
    dag, klok = lokaal.date(), lokaal.time()
    zonder = Q(meldinstelling=None)
    nog_niet = Q(meldinstelling__overzicht_van=None)
    maandag = dag - timedelta(days=dag.weekday())
    hoe = (
        zonder
        | Q(nog_niet | Q(meldinstelling__overzicht_van__lt=dag), meldinstelling__overzicht="dag")
        | Q(nog_niet | Q(meldinstelling__overzicht_van__lt=maandag), meldinstelling__overzicht="week")
    )
    tijd = Q(meldinstelling__overzicht_tijd__lte=klok)
    if klok >= STANDAARD_TIJD:
        tijd |= zonder
    if LAATSTE_HALF_UUR <= klok < MIDDAG_BEGINT:
        tijd |= ~rust.werkt_in(dagdeel_bit(dag.weekday(), MIDDAG))
    gekozen = Q(GreaterThan(F("meldinstelling__dagen").bitand(1 << dag.weekday()), 0))
    dagen = Q(gekozen, meldinstelling__dagen__isnull=False) | Q(
        rust.werkt_in(dag_masker(dag.weekday())), meldinstelling__dagen__isnull=True
    )
    return (
        Gebruiker.objects.filter(hoe, tijd, dagen, rust.te_storen(nu), is_active=True)
        .order_by()
        .values("pk", "aangemeld_op")
    )


_ZENDINGEN = """
INSERT INTO {zending} (gebruiker_id, soort, sleutel, van_melding, tot_melding, gemaakt_op, beschikbaar_op,
                       geclaimd_door, pogingen, uitkomst)
SELECT q.pk, 'overzicht', 'overzicht-' || q.pk || %s, 0, 0, %s, %s, '', 0, ''
FROM ({mensen}) AS q
WHERE true
ON CONFLICT DO NOTHING
"""
# Also for who will have nothing to read: today's turn has been. Who had no row gets one with the defaults.
_GEWEEST = """
INSERT INTO {instelling} (gebruiker_id, overzicht, overzicht_tijd, rust, zonder_tekst, overzicht_van,
                          gewijzigd_op)
SELECT q.pk, 'dag', %s, true, false, %s, q.aangemeld_op
FROM ({mensen}) AS q
WHERE true
ON CONFLICT (gebruiker_id) DO UPDATE SET overzicht_van = excluded.overzicht_van
"""


def zet_klaar(nu: datetime) -> int:
    """A Zending for everyone whose turn it is; how many."""
    dag = timezone.localdate(nu)
    if not is_werkdag(dag):
        return 0
    mensen, waarden = aan_de_beurt(nu).query.sql_with_params()
    ops = connection.ops
    moment = ops.adapt_datetimefield_value(nu)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            _ZENDINGEN.format(zending=Zending._meta.db_table, mensen=mensen),
            [f"-{dag:%Y%m%d}", moment, moment, *waarden],
        )
        aantal = cursor.rowcount
        if aantal:
            cursor.execute(
                _GEWEEST.format(instelling=Instelling._meta.db_table, mensen=mensen),
                [ops.adapt_timefield_value(STANDAARD_TIJD), ops.adapt_datefield_value(dag), *waarden],
            )
    return aantal
