"""Mail at once: what is still unread two minutes after it happened, one mail per person and Thread.

The clock of the worker calls ``verwerk``. First new Zendingen are made, in two statements for everyone; then
what is due is claimed, composed through the rule, and sent. More about the same Thread, not looked at since
the last mail, waits half an hour, then an hour, and so on; nobody gets more than a few mails an hour.
"""

from collections import Counter
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import (
    BigIntegerField,
    Count,
    Exists,
    F,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast
from django.utils import timezone

from groepen import toegang
from groepen.models import Gelezen
from intranet.meldingen import rust, threadmail
from intranet.meldingen.bezorgen import Niet, Post, Weg, bezorg
from intranet.meldingen.models import Instelling, Mailmoment, Melding, Niveau, Reden, Zending
from intranet.meldingen.wachtrij import grepen
from profielen.models import Gebruiker

WACHT = timedelta(minutes=2)
# After the first mail about a Thread that its reader did not open; doubles with each, up to eight hours.
PAUZE, VERDUBBELT = timedelta(minutes=30), 4
PER_UUR = 10
# The vervanger hears of what is not older than this when the absence begins.
NAMENS_TERUG = timedelta(days=7)
GREEP = 20
NIETS_MEER = "niets meer te melden"
# The other work of the clock waits this long at most.
SECONDEN = 45


def verwerk(seconden: float = SECONDEN) -> int:
    """Make and send what is due; how many were handled."""
    zet_klaar(timezone.now())
    aantal = 0
    with Weg() as weg:
        for greep in grepen(Zending.Soort.THREAD, GREEP, seconden):
            aantal += len(greep.zendingen)
            if not bezorg(greep, weg, _Maker(greep.zendingen)):
                break
    return aantal


# --- Who gets one ---------------------------------------------------------------------------------


def zet_klaar(nu: datetime) -> int:
    """Make the Zendingen for what waits: one statement, one for who is replaced, one for what was read."""
    with transaction.atomic():
        _klaar_want_gelezen(nu)
        return _voeg_in(_eigen(nu), nu) + _voeg_in(_namens(nu), nu)


def _klaar_want_gelezen(nu: datetime) -> None:
    """What waits its turn while its reader has seen everything would keep back what comes next."""
    nog = Melding.objects.filter(
        gebruiker=OuterRef("gebruiker"),
        thread=OuterRef("thread"),
        pk__gte=OuterRef("van_melding"),
        gelezen_op=None,
        gemaild_op=None,
    )
    wachtend = Zending.objects.open().filter(soort=Zending.Soort.THREAD, namens=None, geclaimd_tot=None)
    opende = Gelezen.objects.filter(
        gebruiker=OuterRef("gebruiker"), thread=OuterRef("thread"), gelezen_op__gt=OuterRef("gemaakt_op")
    )
    # Of what came after that a new one is made.
    wachtend.filter(~Exists(nog) | Exists(opende)).update(klaar_op=nu, uitkomst=NIETS_MEER)


def _eigen(nu: datetime) -> QuerySet:
    al = Zending.objects.open().filter(
        soort=Zending.Soort.THREAD, gebruiker=OuterRef("gebruiker"), thread=OuterRef("thread"), namens=None
    )
    return (
        _ongelezen(nu)
        .filter(
            rust.te_storen(nu, "gebruiker"),
            ~Exists(al),
            mail=Mailmoment.METEEN,
            gemaild_op=None,
            gebruiker__is_active=True,
        )
        .exclude(_dicht("gebruiker"))
        .order_by()
        .values(naar=F("gebruiker"), voor=_niemand(), draad=F("thread"))
        .annotate(van=Min("pk"), tot=Max("pk"))
    )


def _namens(nu: datetime) -> QuerySet:
    """What waits for somebody who is away goes to their vervanger, who may read there and is at work."""
    naar = "gebruiker__profiel__vervanger"
    al = Zending.objects.filter(
        gebruiker=OuterRef(naar),
        namens=OuterRef("gebruiker"),
        thread=OuterRef("thread"),
        tot_melding__gte=OuterRef("pk"),
    )
    return (
        _ongelezen(nu)
        .filter(
            rust.afwezig(timezone.localdate(nu), "gebruiker"),
            rust.te_storen(nu, naar),
            toegang.leest(naar, "thread__groep"),
            ~Exists(al),
            reden=Reden.WACHT,
            op__gte=nu - NAMENS_TERUG,
        )
        .exclude(_dicht(naar))
        .exclude(Q(door__isnull=False) & Q(door=F(naar)))
        .order_by()
        .values(naar=F(naar), voor=F("gebruiker"), draad=F("thread"))
        .annotate(van=Min("pk"), tot=Max("pk"))
    )


def _ongelezen(nu: datetime) -> QuerySet:
    return Melding.objects.filter(gelezen_op=None, thread__isnull=False, op__lte=nu - WACHT)


def _dicht(naar: str) -> Q:
    """No mail of this Groep, said ``naar`` since the Melding was made."""
    return Q(
        Exists(Niveau.objects.filter(gebruiker=OuterRef(naar), groep=OuterRef("thread__groep"), mail=""))
    )


def _niemand() -> Cast:
    return Cast(Value(None), BigIntegerField())


_INVOEGEN = """
INSERT INTO {tabel} (gebruiker_id, namens_id, thread_id, van_melding, tot_melding, soort, sleutel,
                     gemaakt_op, beschikbaar_op, geclaimd_door, pogingen, uitkomst)
SELECT q.naar, q.voor, q.draad, q.van, q.tot, 'thread',
       'melding-' || q.naar || coalesce('-voor-' || q.voor, '') || '-' || q.draad || '-' || q.tot,
       %s, %s, '', 0, ''
FROM ({rijen}) AS q
WHERE true
ON CONFLICT DO NOTHING
"""


def _voeg_in(rijen: QuerySet, nu: datetime) -> int:
    """INSERT … SELECT of (naar, voor, draad, van, tot); the ``sleutel`` makes a second one impossible."""
    sql, waarden = rijen.values_list("naar", "voor", "draad", "van", "tot").query.sql_with_params()
    moment = connection.ops.adapt_datetimefield_value(nu)
    with connection.cursor() as cursor:
        # Built by Django from a QuerySet; the rest is our own.
        cursor.execute(_INVOEGEN.format(tabel=Zending._meta.db_table, rijen=sql), [moment, moment, *waarden])
        return cursor.rowcount


# --- At leaving -----------------------------------------------------------------------------------


class _Maker:
    """Makes the letters of one claim. People and settings are looked up once, what is told per letter."""

    def __init__(self, zendingen: list[Zending]):
        wie = {zending.gebruiker_id for zending in zendingen} | {
            z.namens_id for z in zendingen if z.namens_id
        }
        mensen = Gebruiker.objects.select_related("organisatie", "profiel", "meldinstelling")
        self.mensen = {mens.pk: mens for mens in mensen.filter(pk__in=wie)}
        verstuurd = (
            Zending.objects.verstuurd().filter(gebruiker__in=wie, soort=Zending.Soort.THREAD).order_by()
        )
        dit_uur = verstuurd.filter(klaar_op__gt=timezone.now() - timedelta(hours=1))
        geteld = dit_uur.values("gebruiker").annotate(n=Count("pk"))
        self.dit_uur = Counter({rij["gebruiker"]: rij["n"] for rij in geteld})
        self.eerder = _ongezien(verstuurd, {zending.thread_id for zending in zendingen})

    def __call__(self, zending: Zending) -> Post | Niet:
        nu = timezone.now()
        gebruiker = self.mensen[zending.gebruiker_id]
        namens = self.mensen[zending.namens_id] if zending.namens_id else None
        instelling: Instelling | None = getattr(gebruiker, "meldinstelling", None)
        if not gebruiker.is_active:
            return Niet("account gesloten")
        if namens is not None and not namens.profiel.is_afwezig(timezone.localdate(nu)):
            return Niet("weer aanwezig")
        if not rust.mag_storen(gebruiker.profiel, instelling, nu):
            weer = rust.volgend_moment(gebruiker.profiel, instelling, nu)
            return Niet("", weer or nu + timedelta(days=1))
        straks = self._na_pauze(zending)
        if straks > nu:
            return Niet("", straks)
        if self.dit_uur[gebruiker.pk] >= PER_UUR:
            return Niet("", nu + PAUZE)
        meldingen = threadmail.te_melden(zending, gebruiker)
        if not meldingen:
            return Niet(NIETS_MEER)
        self.dit_uur[gebruiker.pk] += 1
        bericht = threadmail.maak(zending, gebruiker, instelling, meldingen, namens)
        return Post(bericht, lambda: _gemaild(zending, meldingen))

    def _na_pauze(self, zending: Zending) -> datetime:
        """Until when more about this Thread waits for this person."""
        keren, laatste = self.eerder.get((zending.gebruiker_id, zending.thread_id), (0, zending.gemaakt_op))
        if not keren or zending.namens_id is not None:
            return zending.gemaakt_op
        return laatste + PAUZE * 2 ** min(keren - 1, VERDUBBELT)


def _ongezien(
    verstuurd: QuerySet, threads: set[int | None]
) -> dict[tuple[int, int | None], tuple[int, datetime]]:
    """(gebruiker, thread) -> how many mails since they last opened it, and when the last one went."""
    opende = Gelezen.objects.filter(
        gebruiker=OuterRef("gebruiker"), thread=OuterRef("thread"), gelezen_op__gt=OuterRef("klaar_op")
    )
    geteld = (
        verstuurd.filter(~Exists(opende), thread__in=threads, namens=None)
        .values("gebruiker", "thread")
        .annotate(keren=Count("pk"), laatste=Max("klaar_op"))
    )
    return {(rij["gebruiker"], rij["thread"]): (rij["keren"], rij["laatste"]) for rij in geteld}


def _gemaild(zending: Zending, meldingen: list[Melding]) -> None:
    Zending.objects.filter(pk=zending.pk).update(tot_melding=meldingen[-1].pk)
    if zending.namens_id is None:
        pks = [melding.pk for melding in meldingen]
        Melding.objects.filter(pk__in=pks).update(gemaild_op=timezone.now())
