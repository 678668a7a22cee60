"""Who gets which message on which device, and sending them. The clock of the worker calls ``verwerk``.

What is still unread some seconds after it happened becomes a Zending per device and Thread (and the Melding
is noted as handed over) in one transaction; then Zendingen are claimed with a lease, made through the rule
and posted side by side. Whoever does not work now hears of it when they do. Much at once is one message.
"""

from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from intranet.meldingen import rust
from intranet.meldingen.bel import aantal_nieuw
from intranet.meldingen.models import VERSTUURD, Abonnement, Melding, Zending
from intranet.meldingen.telefoon import bericht
from intranet.meldingen.telefoon.stuur import Oordeel, Uitslag, Weg
from intranet.meldingen.wachtrij import Greep, grepen
from profielen.models import Gebruiker

# Who is looking at the page sees it there.
WACHT = timedelta(seconds=10)
# A Melding of Friday evening may go on Monday morning; what is older is for the page and the overview.
TE_OUD = timedelta(days=4)
# About one Thread, and to one person, not oftener than this; what comes meanwhile goes along next time.
PAUZE, PER_UUR = timedelta(minutes=3), 20
# More Threads at once than this go as one message.
LOS = 3
PER_KEER = 5_000
GREEP, DRADEN = 100, 8
# Refused so often in a row, a device is no device of ours any more.
GENOEG = 5
SECONDEN = 30


def verwerk(seconden: float = SECONDEN, weg: Weg | None = None) -> int:
    """Make and send what is due; how many were handled."""
    if not Abonnement.objects.exists():
        return 0
    zet_klaar(timezone.now())
    weg = weg or Weg()
    aantal = 0
    with ThreadPoolExecutor(DRADEN, thread_name_prefix="telefoon") as draden:
        for greep in grepen(Zending.Soort.TELEFOON, GREEP, seconden):
            aantal += len(greep.zendingen)
            _stuur(greep, weg, draden)
    return aantal


# --- Who gets one ---------------------------------------------------------------------------------


def zet_klaar(nu: datetime) -> int:
    """Hand what waits over to the devices; how many Zendingen. As many statements for few as for many."""
    with transaction.atomic():
        rijen = _te_duwen(nu)
        if connection.features.has_select_for_update_skip_locked:
            rijen = rijen.select_for_update(skip_locked=True, of=("self",))
        meldingen = list(rijen[:PER_KEER])
        if not meldingen:
            return 0
        druk = _druk(nu, {melding.gebruiker_id for melding in meldingen})
        per_mens: dict[int, dict[int | None, list[int]]] = defaultdict(lambda: defaultdict(list))
        for melding in meldingen:
            if melding.gebruiker_id not in druk:
                per_mens[melding.gebruiker_id][melding.thread_id].append(melding.pk)
        apparaten = defaultdict(list)
        for pk, van in Abonnement.objects.filter(gebruiker__in=per_mens).values_list("pk", "gebruiker"):
            apparaten[van].append(pk)
        nieuw = [
            _zending(van, apparaat, thread, pks, nu)
            for van, threads in per_mens.items()
            for thread, pks in _gebundeld(threads).items()
            for apparaat in apparaten[van]
        ]
        Zending.objects.bulk_create(nieuw, ignore_conflicts=True, batch_size=500)
        gedaan = [pk for threads in per_mens.values() for pks in threads.values() for pk in pks]
        Melding.objects.filter(pk__in=gedaan).update(geduwd_op=nu)
        return len(nieuw)


def _te_duwen(nu: datetime) -> QuerySet:
    """The Meldingen that should be on a phone and are not, of people who may be disturbed now."""
    apparaat = Abonnement.objects.filter(gebruiker=OuterRef("gebruiker"), sinds__lte=OuterRef("op"))
    net = Zending.objects.filter(
        Q(thread=OuterRef("thread")) | Q(thread=None, tot_melding__gt=0),
        soort=Zending.Soort.TELEFOON,
        gebruiker=OuterRef("gebruiker"),
        gemaakt_op__gt=nu - PAUZE,
    )
    return (
        Melding.objects.filter(
            rust.te_storen(nu, "gebruiker"),
            Exists(apparaat),
            ~Exists(net),
            naar_telefoon=True,
            geduwd_op=None,
            gelezen_op=None,
            gebruiker__is_active=True,
            op__gte=nu - TE_OUD,
            op__lte=nu - WACHT,
        )
        .only("pk", "gebruiker_id", "thread_id")
        .order_by("op")
    )


def _druk(nu: datetime, mensen: set[int]) -> set[int]:
    """Who had enough for this hour."""
    dit_uur = Zending.objects.filter(
        soort=Zending.Soort.TELEFOON, gebruiker__in=mensen, gemaakt_op__gt=nu - timedelta(hours=1)
    )
    geteld = dit_uur.order_by().values("gebruiker")
    geteld = geteld.annotate(n=Count("sleutel"), m=Count("abonnement", distinct=True))
    return {rij["gebruiker"] for rij in geteld if rij["n"] >= PER_UUR * max(rij["m"], 1)}


def _gebundeld(threads: dict[int | None, list[int]]) -> dict[int | None, list[int]]:
    if len(threads) <= LOS:
        return threads
    return {None: sorted(pk for pks in threads.values() for pk in pks)}


def _zending(van: int, apparaat: int, thread: int | None, pks: list[int], nu: datetime) -> Zending:
    return Zending(
        soort=Zending.Soort.TELEFOON,
        gebruiker_id=van,
        abonnement_id=apparaat,
        thread_id=thread,
        sleutel=f"telefoon-{apparaat}-{thread or 'alles'}-{max(pks)}",
        van_melding=min(pks),
        tot_melding=max(pks),
        gemaakt_op=nu,
        beschikbaar_op=nu,
    )


def zet_proef_klaar(gebruiker: Gebruiker) -> int:
    """A message to every device of this person, to see whether it works; how many devices."""
    nu = timezone.now()
    zendingen = [
        Zending(
            soort=Zending.Soort.TELEFOON,
            gebruiker=gebruiker,
            abonnement_id=pk,
            # Clicking twice within a minute is clicking once.
            sleutel=f"telefoon-{pk}-proef-{nu:%Y%m%d%H%M}",
            van_melding=0,
            tot_melding=0,
        )
        for pk in Abonnement.objects.filter(gebruiker=gebruiker).values_list("pk", flat=True)
    ]
    Zending.objects.bulk_create(zendingen, ignore_conflicts=True)
    return len(zendingen)


# --- At leaving -----------------------------------------------------------------------------------


def _stuur(greep: Greep, weg: Weg, draden: ThreadPoolExecutor) -> None:
    """Make what was claimed, post it side by side, and note what came of each."""
    nu = timezone.now()
    apparaten = Abonnement.objects.in_bulk([een.abonnement_id for een in greep.zendingen])
    mensen = Gebruiker.objects.select_related("organisatie", "profiel", "meldinstelling").annotate(
        nieuw=aantal_nieuw(OuterRef("pk"), nu)
    )
    per_pk = {mens.pk: mens for mens in mensen.filter(pk__in={een.gebruiker_id for een in greep.zendingen})}
    werk = []
    for zending in greep.zendingen:
        if not greep.houd_vast():
            break
        apparaat = apparaten.get(zending.abonnement_id or 0)
        if apparaat is None:
            continue  # it went meanwhile, and this row with it
        uit = _maak(zending, per_pk[zending.gebruiker_id], nu)
        if isinstance(uit, datetime):
            greep.wacht(zending, uit)
        elif isinstance(uit, str):
            greep.klaar([zending.pk], uit)
        else:
            werk.append((zending, apparaat, draden.submit(weg.stuur, apparaat, uit)))
    for zending, apparaat, straks in werk:
        _noteer(greep, zending, apparaat, straks.result())
        greep.houd_vast()
    greep.laat_los()


def _maak(zending: Zending, gebruiker: Gebruiker, nu: datetime) -> bericht.Bericht | datetime | str:
    """The message; or until when it waits; or why there is none."""
    instelling = getattr(gebruiker, "meldinstelling", None)
    nieuw = gebruiker.nieuw  # type: ignore[attr-defined]
    if not gebruiker.is_active:
        return "account gesloten"
    if not zending.tot_melding:
        return bericht.proef(gebruiker, nieuw)
    if not rust.mag_storen(gebruiker.profiel, instelling, nu):
        return rust.volgend_moment(gebruiker.profiel, instelling, nu) or "werkt niet meer"
    meldingen = bericht.te_melden(zending, gebruiker)
    if not meldingen:
        return "niets meer te melden"
    is_stil = instelling is not None and instelling.zonder_tekst
    return bericht.maak(meldingen, gebruiker, is_stil, nieuw)


def _noteer(greep: Greep, zending: Zending, apparaat: Abonnement, uitslag: Uitslag) -> None:
    dit = Abonnement.objects.filter(pk=apparaat.pk)
    if uitslag.oordeel == Oordeel.GING:
        greep.klaar([zending.pk], VERSTUURD)
        dit.update(gelukt_op=timezone.now(), mislukt=0)
    elif uitslag.oordeel == Oordeel.WEG:
        dit.delete()  # its Zendingen go with it
    elif uitslag.oordeel == Oordeel.WEIGERT:
        greep.klaar([zending.pk], f"geweigerd: {uitslag.waarom}")
        dit.update(mislukt=F("mislukt") + 1)
        dit.filter(mislukt__gte=GENOEG).delete()
    elif uitslag.wacht:
        greep.wacht(zending, timezone.now() + timedelta(seconds=uitslag.wacht))
    else:
        greep.later(zending, uitslag.waarom)
