"""What follows from the questions: votes, thanks, followers, who read what, who knows what.

These come in thousands, so they are written in bulk; ``groepen.tellers`` counts them afterwards.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db.models import OuterRef, Subquery

from groepen import bewijs
from groepen.models import Antwoord, Bedankje, Gelezen, Groep, Lidmaatschap, Stem, Thread, Volger
from profielen.models import Aanbeveling, Deskundigheid, Onderwerp, Profiel

from .waar import Plek
from .wat import Zaak
from .wie import Mens


def bouw(rnd: Random, nu: datetime, plekken: dict[str, Plek], zaken: list[Zaak]) -> None:
    volgt = set(
        Volger.objects.filter(thread__in=[zaak.vraag.pk for zaak in zaken]).values_list("thread", "gebruiker")
    )
    stemmen: list[Stem] = []
    bedankjes: list[Bedankje] = []
    volgers: list[Volger] = []
    gelezen: list[Gelezen] = []

    for zaak in zaken:
        pk, inhoud, lot = zaak.vraag.pk, zaak.inhoud, zaak.lot

        def straks(op: datetime, uren: float, lot: Random = lot) -> datetime:
            return min(op + timedelta(hours=uren * lot.random()), nu - timedelta(minutes=1))

        anderen = [mens for mens in zaak.plek.lezers if mens not in zaak.deelnemers]
        delers = anderen[:40] if len(anderen) > 40 else anderen
        for mens in lot.sample(delers, min(inhoud["ook_mijn"], len(delers))):
            stemmen.append(Stem(thread_id=pk, gebruiker=mens.gebruiker, gegeven_op=straks(zaak.op, 60)))
            volgers.append(Volger(thread_id=pk, gebruiker=mens.gebruiker, is_automatisch=True))
        for mens in lot.sample(anderen, min(lot.choice([0, 0, 1, 1, 2, 4]), len(anderen))):
            volgers.append(Volger(thread_id=pk, gebruiker=mens.gebruiker))
            if lot.random() < 0.6:
                bedankjes.append(_bedankje(zaak, None, mens, zaak.steller, straks(zaak.op, 90)))
        for (antwoord, schrijver, op), een in zip(zaak.antwoorden, _op_volgorde(inhoud), strict=True):
            dankbaar = [mens for mens in [zaak.steller, *anderen[:60]] if mens is not schrijver]
            bedankjes += [
                _bedankje(zaak, antwoord, mens, schrijver, straks(op, 72))
                for mens in _eerste_en(lot, dankbaar, een.get("bedankt", 0))
            ]
        gelezen += _lezers(zaak, anderen, nu, straks)
    Stem.objects.bulk_create(stemmen)
    Bedankje.objects.bulk_create(bedankjes)
    uniek = {(volger.thread_id, volger.gebruiker_id): volger for volger in reversed(volgers)}
    Volger.objects.bulk_create(volger for sleutel, volger in reversed(uniek.items()) if sleutel not in volgt)
    Gelezen.objects.bulk_create(gelezen, batch_size=2000)
    Volger.objects.update(
        sinds=Subquery(Thread.objects.filter(pk=OuterRef("thread")).values("gestart_op")[:1])
    )
    _bezoeken(plekken, nu, rnd)
    _kennis(plekken, rnd)


def _bedankje(zaak: Zaak, antwoord: Antwoord | None, van: Mens, voor: Mens, op: datetime) -> Bedankje:
    return Bedankje(
        thread_id=zaak.vraag.pk,
        antwoord=antwoord,
        gebruiker=van.gebruiker,
        ontvanger=voor.gebruiker,
        gegeven_op=op,
    )


def _op_volgorde(inhoud: dict[str, Any]) -> list[dict[str, Any]]:
    return sorted(inhoud.get("antwoord", []), key=lambda een: een["uren_later"])


def _eerste_en(rnd: Random, mensen: list[Mens], aantal: int) -> list[Mens]:
    """The first one, and others by lot: the asker thanks before anyone else."""
    aantal = min(aantal, len(mensen))
    return [mensen[0], *rnd.sample(mensen[1:], aantal - 1)] if aantal else []


def _lezers(zaak: Zaak, anderen: list[Mens], nu: datetime, straks) -> Iterable[Gelezen]:
    """Who read it, and whom it helped. The newest are unread by most, and some old ones by some."""
    rnd = zaak.lot
    dagen = (nu - zaak.op).total_seconds() / 86_400
    opgelost = zaak.oplossing is not None
    geholpen = zaak.inhoud.get("geholpen")
    if geholpen is None:
        geholpen = int((3 + 2 * zaak.inhoud["ook_mijn"]) * rnd.random()) if opgelost and dagen > 2 else 0
    aantal = min(
        len(anderen), geholpen + int(len(zaak.plek.leden) * (0.5 if dagen > 1.5 else 0.1) * rnd.random())
    )
    gekozen = rnd.sample(anderen, max(aantal, min(geholpen, len(anderen))))
    for nummer, mens in enumerate(gekozen):
        op = straks(zaak.einde, 24 * 6)
        yield Gelezen(
            thread_id=zaak.vraag.pk,
            gebruiker=mens.gebruiker,
            gelezen_op=op,
            geholpen_op=op if nummer < geholpen else None,
        )
    for mens in dict.fromkeys(zaak.deelnemers):
        yield Gelezen(thread_id=zaak.vraag.pk, gebruiker=mens.gebruiker, gelezen_op=straks(zaak.einde, 5))


def _bezoeken(plekken: dict[str, Plek], nu: datetime, rnd: Random) -> None:
    """When everyone last opened each Groep: six out of ten since the last thing happened there."""
    actief = dict(Groep.objects.values_list("pk", "laatst_actief_op"))
    leden = list(
        Lidmaatschap.objects.filter(groep__in=[plek.groep.pk for plek in plekken.values()]).order_by("pk")
    )
    for lid in leden:
        laatst = actief[lid.groep_id] or nu
        sinds = timedelta(hours=1 + 400 * rnd.random() ** 2)
        lid.bezocht_op = laatst + (nu - laatst) * rnd.random() if rnd.random() < 0.6 else laatst - sinds
    Lidmaatschap.objects.bulk_update(leden, ["bezocht_op"], batch_size=400)


# --- Who knows what -------------------------------------------------------------------------------


def _kennis(plekken: dict[str, Plek], rnd: Random) -> None:
    """Deskundigheid: said by people themselves, recommended by colleagues, and proved by solutions."""
    soort = Deskundigheid.Soort
    rijen: dict[tuple[Mens, Onderwerp, str], list[Mens]] = {}
    over: dict[Mens, list[str]] = {}
    for plek in plekken.values():
        for nummer, mens in enumerate(plek.kenners):
            namen = rnd.sample(list(plek.onderwerpen), min(2, len(plek.onderwerpen)))
            over.setdefault(mens, []).extend(namen)
            rijen |= {(mens, plek.onderwerpen[naam], soort.OPGEGEVEN): [] for naam in namen}
            if rnd.random() < 0.3:
                collegas = [ander for ander in plek.leden if ander is not mens]
                door = collegas[nummer : nummer + 1 + len(namen[0]) % 4]
                rijen.setdefault((mens, plek.onderwerpen[namen[0]], soort.AANBEVOLEN), door)
    kennis = [
        Deskundigheid(profiel_id=mens.gebruiker.pk, onderwerp=onderwerp, soort=welke)
        for mens, onderwerp, welke in rijen
    ]
    Deskundigheid.objects.bulk_create(kennis)
    Aanbeveling.objects.bulk_create(
        Aanbeveling(deskundigheid=een, door=collega.gebruiker)
        for een, door in zip(kennis, rijen.values(), strict=True)
        for collega in door
    )
    bewijs.werk_bij()
    profielen = [mens.gebruiker.profiel for mens in over if not mens.held]
    for mens, namen in over.items():
        if not mens.held:
            woorden = [
                naam if naam.isupper() else naam[0].lower() + naam[1:] for naam in dict.fromkeys(namen)
            ][:4]
            zin = ", ".join(woorden[:-1]) + f" en {woorden[-1]}" if len(woorden) > 1 else woorden[0]
            mens.gebruiker.profiel.vraag_mij_over = f"{zin[0].upper()}{zin[1:]}."
    Profiel.objects.bulk_update(profielen, ["vraag_mij_over"], batch_size=200)
