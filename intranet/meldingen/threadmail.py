"""The mail about one Thread: what happened there since the last one, by whom, and why its reader gets it.

Made when it leaves. What it tells comes through the rule (``Melding.objects.zichtbaar_voor``) at that moment,
and only what is still unread, still stands there and is still wanted.
"""

from dataclasses import dataclass
from typing import Any, cast

from django.core.mail import EmailMultiAlternatives
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce, Left
from django.utils import translation
from django.utils.translation import gettext as _

from groepen.models import Thread
from groepen.models.antwoord import op_blad
from groepen.voorbereid import Voor
from intranet.meldingen import afmelden, gebeurd, mailtekst
from intranet.meldingen.models import Instelling, Mailmoment, Melding, Niveau, Reden, Zending
from intranet.meldingen.post import adres, host, instellen, letter, nummer
from profielen.models import Gebruiker

# The newest so many; the rest is for the page.
MEEST = 10


@dataclass(slots=True)
class Stuk:
    """One thing that happened: who, what, and the words when there are."""

    wie: Gebruiker | None
    daad: str
    html: str
    tekst: str


# --- What there is to tell ------------------------------------------------------------------------


def _bouw(ik: Any, is_namens: bool, van: Any, thread: Any, vanaf: Any, tot: Any) -> Any:
    meldingen = (
        Melding.objects.zichtbaar_voor(ik)
        .filter(
            Q(antwoord=None) | Q(antwoord__verwijderd_op=None),
            Q(reactie=None) | Q(reactie__verwijderd_op=None),
            Exists(Gebruiker.objects.filter(pk=ik, is_active=True)),
            ~Exists(Niveau.objects.filter(gebruiker=ik, groep=OuterRef("thread__groep"), mail="")),
            gebruiker=van,
            thread=thread,
            thread__verwijderd_op=None,
            pk__gte=vanaf,
            gelezen_op=None,
        )
        .annotate(
            woorden=Coalesce(
                Left("reactie__inhoud", mailtekst.HAAL),
                Left("antwoord__inhoud", mailtekst.HAAL),
                Left("thread__vraag__inhoud", mailtekst.HAAL),
            )
        )
        .select_related("thread__groep", "door__profiel__afdeling")
        .order_by("pk")
    )
    if is_namens:
        return meldingen.filter(pk__lte=tot, reden=Reden.WACHT).exclude(door=ik)
    return meldingen.nog_gewenst().filter(pk__lte=tot, mail=Mailmoment.METEEN, gemaild_op=None)


_meldingen = Voor(_bouw)
# A storm is bundled; this keeps the memory it takes within bounds too.
_TOT = 2**62


def te_melden(zending: Zending, gebruiker: Gebruiker) -> list[Melding]:
    """What ``zending`` may tell ``gebruiker`` now, oldest first. One statement."""
    return _meldingen(
        gebruiker,
        zending.namens_id is not None,
        van=zending.namens_id or gebruiker.pk,
        thread=zending.thread_id,
        vanaf=zending.van_melding,
        tot=zending.tot_melding if zending.namens_id else _TOT,
    )


# --- The letter -----------------------------------------------------------------------------------


def maak(
    zending: Zending,
    gebruiker: Gebruiker,
    instelling: Instelling | None,
    meldingen: list[Melding],
    namens: Gebruiker | None = None,
) -> EmailMultiAlternatives:
    """The mail that tells ``gebruiker`` of ``meldingen``, which are all about one Thread."""
    thread = cast(Thread, meldingen[-1].thread)
    stil = instelling is not None and instelling.zonder_tekst
    weg = _weg(gebruiker, meldingen, namens)
    with translation.override(gebruiker.taal):
        context: dict[str, Any] = {
            "groep": thread.groep,
            "thread_is_vraag": thread.soort != Thread.Soort.ARTIKEL,
            "link": adres(plek(thread, meldingen[-1])),
            "waarom": _waarom(meldingen, namens),
            "weg": weg,
            "weg_woorden": afmelden.vraag(weg) if weg else "",
            "instellen": instellen(),
        }
        if not stil:
            stukken = _stukken(meldingen[-MEEST:], gebruiker)
            context |= {
                "titel": thread.titel,
                "kop": gebeurd.kop(meldingen),
                "stukken": stukken,
                "eerder": len(meldingen) - len(stukken),
                "proef": next((mailtekst.kort(stuk.tekst, 120) for stuk in stukken if stuk.tekst), ""),
            }
    sjabloon = "melding_zonder_tekst" if stil else "melding"
    return letter(
        sjabloon, gebruiker.email, gebruiker.taal, zending.sleutel, koppen(thread, weg, stil), **context
    )


def koppen(thread: Thread, weg: afmelden.Keuze | None, stil: bool) -> dict[str, str]:
    """So that mail programs put mails about one Thread together, and offer to stop them."""
    gesprek = nummer(f"thread-{thread.pk}")
    naam = (
        ""
        if stil
        else "".join(teken for teken in thread.groep.naam if teken.isprintable() and teken not in "<>")
    )
    uit = {
        "In-Reply-To": gesprek,
        "References": gesprek,
        "List-Id": f"{naam} <groep-{thread.groep_id}.{host()}>".strip(),
        "Precedence": "list",
    }
    return uit | (lijst_uit(weg) if weg else {})


def lijst_uit(weg: afmelden.Keuze) -> dict[str, str]:
    """One click in the mail program (RFC 8058)."""
    return {"List-Unsubscribe": f"<{weg.link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


# These stop when the Thread is switched off; who follows a whole Groep wants no choice for each question.
_VAN_DE_THREAD = (Reden.VOLGT, Reden.JOUW_VRAAG, Reden.JOUW_ANTWOORD)


def _weg(gebruiker: Gebruiker, meldingen: list[Melding], namens: Gebruiker | None) -> afmelden.Keuze:
    """What one click stops: all about this Thread, or mail of this Groep when that is not why it came."""
    thread = cast(Thread, meldingen[-1].thread)
    if namens is None and all(melding.reden in _VAN_DE_THREAD for melding in meldingen):
        return afmelden.volgt_niet(gebruiker.pk, thread.pk)
    return afmelden.geen_mail(gebruiker.pk, thread.groep_id)


def _waarom(meldingen: list[Melding], namens: Gebruiker | None) -> str:
    if namens is not None:
        waarom = _("Je krijgt deze mail omdat je %(naam)s vervangt.") % {"naam": namens.naam}
    else:
        reden = gebeurd.sterkste(melding.reden for melding in meldingen)
        waarom = _("Je krijgt deze mail %(reden)s.") % {"reden": reden.label}
    return f"{waarom} {_('Reageren doe je op de website.')}"


def plek(thread: Thread, melding: Melding) -> str:
    """The address of the Thread, at the newest of what is told."""
    waar = thread.get_absolute_url()
    if thread.soort == Thread.Soort.ARTIKEL or melding.antwoord_id is None:
        return f"{waar}#reactie-{melding.reactie_id}" if melding.reactie_id else waar
    anker = f"reactie-{melding.reactie_id}" if melding.reactie_id else f"antwoord-{melding.antwoord_id}"
    return f"{waar}{op_blad(thread, melding.antwoord_id)}#{anker}"


def _stukken(meldingen: list[Melding], kijker: Gebruiker) -> list[Stuk]:
    ruw, al = [], set()
    for melding in meldingen:
        welke = melding.antwoord_id, melding.reactie_id
        # What was answered and then chosen stands there once.
        toon = melding.soort in gebeurd.MET_TEKST and welke not in al
        ruw.append((melding.woorden or "") if toon else "")  # type: ignore[attr-defined]
        al |= {welke} if toon else set()
    teksten = mailtekst.met_namen_van_nu(ruw, kijker)
    return [
        Stuk(
            melding.door,
            gebeurd.daad(melding.soort, melding.door.naam if melding.door else ""),
            mailtekst.als_html(tekst),
            mailtekst.als_tekst(tekst),
        )
        for melding, tekst in zip(meldingen, teksten, strict=True)
    ]
