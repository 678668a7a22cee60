"""What a phone shows: who did what, about which Thread. Made when it leaves, through the rule."""

import json
from typing import Any, cast

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groepen.models import Thread
from groepen.voorbereid import Voor
from intranet.meldingen import gebeurd
from intranet.meldingen.mailtekst import kort
from intranet.meldingen.models import Melding, Niveau, Reden, Telefoon, Zending
from intranet.meldingen.telefoon.stuur import Bericht
from intranet.meldingen.threadmail import plek
from profielen.models import Gebruiker

# A title and a text of a notification; phones cut them shorter still.
TITEL, TEKST = 80, 180
# What a service makes haste with, and a phone wakes up for.
DRINGEND = frozenset({Reden.NOEMT, Reden.WACHT})
# A storm is one message; it counts no further than this.
MEEST = 100


def _bouw(ik: Any, heeft_thread: bool, thread: Any = None, vanaf: Any = None) -> Any:
    uit = Niveau.objects.filter(gebruiker=ik, telefoon=Telefoon.NOOIT)
    rijen = (
        Melding.objects.zichtbaar_voor(ik)
        .nog_gewenst()
        .filter(
            Q(thread=None) | Q(thread__verwijderd_op=None),
            Q(antwoord=None) | Q(antwoord__verwijderd_op=None),
            Q(reactie=None) | Q(reactie__verwijderd_op=None),
            Exists(Gebruiker.objects.filter(pk=ik, is_active=True)),
            # Said since it happened: not of this Groep, not of me.
            ~Exists(uit.filter(groep=OuterRef("thread__groep"))),
            ~Exists(uit.filter(groep=None)) | ~Q(reden__in=(Reden.NOEMT, Reden.WACHT, Reden.JIJ)),
            gebruiker=ik,
            pk__gte=vanaf,
            gelezen_op=None,
            naar_telefoon=True,
        )
        .select_related("thread__groep", "groep", "door")
        .order_by("pk")
    )
    return (rijen.filter(thread=thread) if heeft_thread else rijen)[:MEEST]


_meldingen = Voor(_bouw)


def te_melden(zending: Zending, gebruiker: Gebruiker) -> list[Melding]:
    """What ``zending`` may tell ``gebruiker`` now, oldest first. One statement."""
    vast = {"vanaf": zending.van_melding}
    if zending.thread_id is not None:
        vast["thread"] = zending.thread_id
    return _meldingen(gebruiker, zending.thread_id is not None, **vast)


def maak(meldingen: list[Melding], gebruiker: Gebruiker, is_stil: bool, nieuw: int) -> Bericht:
    """The message that tells ``gebruiker`` of ``meldingen``.

    Args:
        is_stil: without a word of what was written.
        nieuw: the number on the icon.
    """
    threads = {melding.thread_id for melding in meldingen}
    laatste = meldingen[-1]
    adres, merk = reverse("meldingen:lijst"), "alles"
    with translation.override(gebruiker.taal):
        if len(threads) > 1 or (None in threads and len(meldingen) > 1):
            titel, tekst = _samen(meldingen, is_stil)
            adres += "?toon=nieuw"
        elif laatste.thread is None:
            titel, tekst = settings.SITE_NAAM, _("Er is iets nieuws") if is_stil else _los(laatste)
        else:
            thread = cast(Thread, laatste.thread)
            adres, merk = plek(thread, laatste), f"t{thread.pk}"
            titel, tekst = _stil(thread) if is_stil else _van_thread(thread, meldingen)
    return _bericht(titel, tekst, adres, merk, nieuw, any(een.reden in DRINGEND for een in meldingen))


def proef(gebruiker: Gebruiker, nieuw: int) -> Bericht:
    """To see whether it works."""
    with translation.override(gebruiker.taal):
        tekst = _("Dit is een proef. Het werkt.")
        return _bericht(settings.SITE_NAAM, tekst, reverse("meldingen:instellen"), "proef", nieuw, True)


def _bericht(titel: str, tekst: str, adres: str, merk: str, nieuw: int, is_dringend: bool) -> Bericht:
    inhoud = {
        "titel": kort(titel, TITEL),
        "tekst": kort(tekst, TEKST),
        "adres": adres,
        "merk": merk,
        "nieuw": nieuw,
    }
    return Bericht(json.dumps(inhoud, ensure_ascii=False).encode(), merk, is_dringend)


def _stil(thread: Thread) -> tuple[str, str]:
    return settings.SITE_NAAM, _("Er is iets nieuws in %(groep)s") % {"groep": thread.groep.naam}


def _van_thread(thread: Thread, meldingen: list[Melding]) -> tuple[str, str]:
    daden = gebeurd.daden([_wat_en_wie(melding) for melding in meldingen])
    waar = {"daden": daden, "titel": thread.titel, "groep": thread.groep.naam}
    return gebeurd.kop(meldingen), _("%(daden)s: %(titel)s (%(groep)s)") % waar


def _los(melding: Melding) -> str:
    daad = gebeurd.daad(*_wat_en_wie(melding))
    return f"{daad} ({melding.groep.naam})" if melding.groep else daad


def _samen(meldingen: list[Melding], is_stil: bool) -> tuple[str, str]:
    aantal = len({melding.thread_id or -melding.pk for melding in meldingen})
    titel = ngettext("%d ding nieuw voor jou", "%d dingen nieuw voor jou", aantal) % aantal
    titels = dict.fromkeys(een.thread.titel for een in reversed(meldingen) if een.thread is not None)
    return titel, "" if is_stil else " · ".join(kort(een, 60) for een in list(titels)[:3])


def _wat_en_wie(melding: Melding) -> tuple[str, str]:
    return melding.soort, melding.door.naam if melding.door else ""
