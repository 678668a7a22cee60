"""No more of this: what a link at the foot of a mail does, by one click and without logging in (RFC 8058).

The link says, signed, whose setting becomes what. Doing it gives the link that puts it back.
"""

from functools import lru_cache
from typing import NamedTuple

from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from groepen.models import Groep, Thread
from intranet.meldingen.models import Instelling, Mailmoment, Niveau
from intranet.meldingen.post import adres
from profielen.models import Gebruiker

ZOUT = "meldingen.afmelden"
VOLGT, MAIL, OVERZICHT = "volgt", "mail", "overzicht"


@lru_cache
def _pad() -> str:
    """What comes before every token: an overview for everyone asks it thirty thousand times."""
    return reverse("meldingen:afmelden", args=["x"]).removesuffix("x/")


class Keuze(NamedTuple):
    """``wat`` of this person becomes ``waarde``: of a Thread (VOLGT), of a Groep (MAIL), of themselves."""

    gebruiker: int
    wat: str
    nummer: int
    waarde: str

    @property
    def token(self) -> str:
        return signing.dumps(list(self), salt=ZOUT)

    @property
    def link(self) -> str:
        """The whole address, for in a mail."""
        return f"{adres(_pad())}{self.token}/"


class Gedaan(NamedTuple):
    """What was done, in words for whoever clicked, and the way back. Nothing that asks to be logged in."""

    tekst: str
    terug: Keuze


def volgt_niet(gebruiker_id: int, thread_id: int) -> Keuze:
    return Keuze(gebruiker_id, VOLGT, thread_id, "")


def geen_mail(gebruiker_id: int, groep_id: int) -> Keuze:
    return Keuze(gebruiker_id, MAIL, groep_id, Mailmoment.NOOIT)


def overzicht(gebruiker_id: int, hoe: str) -> Keuze:
    return Keuze(gebruiker_id, OVERZICHT, 0, hoe)


def lees(token: str) -> Keuze | None:
    """The Keuze in a link; None when it was not we who made it."""
    try:
        return Keuze(*signing.loads(token, salt=ZOUT))
    except (signing.BadSignature, TypeError, ValueError):
        return None


def vraag(keuze: Keuze) -> str:
    """What the button will do, in words."""
    if keuze.wat == VOLGT:
        return _("Volg deze vraag weer") if keuze.waarde else _("Volg deze vraag niet meer")
    if keuze.wat == MAIL:
        return _("Weer mail van deze groep") if keuze.waarde else _("Geen mail meer van deze groep")
    return {
        Instelling.Overzicht.DAG: _("Weer elke werkdag een overzicht"),
        Instelling.Overzicht.WEEK: _("Liever één keer per week"),
        Instelling.Overzicht.NOOIT: _("Stop met dit overzicht"),
    }[Instelling.Overzicht(keuze.waarde)]


@transaction.atomic
def doe(keuze: Keuze) -> Gedaan | None:
    """Set it; None when there is nothing (any more) to set. Twice is as once."""
    gebruiker = Gebruiker.objects.select_related("organisatie").filter(pk=keuze.gebruiker).first()
    if gebruiker is None or not gebruiker.is_active:
        return None
    return {VOLGT: _volg, MAIL: _mail, OVERZICHT: _overzicht}[keuze.wat](keuze, gebruiker)


def _volg(keuze: Keuze, gebruiker: Gebruiker) -> Gedaan | None:
    # Following again asks the rule; to stop anybody may.
    threads = Thread.objects.zichtbaar_voor(gebruiker) if keuze.waarde else Thread.objects.all()
    thread = threads.filter(pk=keuze.nummer).first()
    if thread is None:
        return None
    if keuze.waarde:
        thread.volg(gebruiker)
        return Gedaan(_("Je volgt deze vraag weer."), keuze._replace(waarde=""))
    thread.volg_niet(gebruiker)
    return Gedaan(_("Je volgt deze vraag niet meer."), keuze._replace(waarde="ja"))


def _mail(keuze: Keuze, gebruiker: Gebruiker) -> Gedaan | None:
    groepen = Groep.objects.zichtbaar_voor(gebruiker) if keuze.waarde else Groep.objects.all()
    groep = groepen.filter(pk=keuze.nummer).first()
    if groep is None:
        return None
    was = Niveau.objects.filter(gebruiker=gebruiker, groep=groep).values_list("mail", flat=True).first()
    Niveau.objects.update_or_create(
        gebruiker=gebruiker, groep=groep, defaults={"mail": Mailmoment(keuze.waarde)}
    )
    if keuze.waarde:
        return Gedaan(_("Je krijgt weer mail van deze groep."), keuze._replace(waarde=Mailmoment.NOOIT))
    return Gedaan(
        _("Je krijgt geen mail meer van deze groep. Op de website zie je nog wel wat er is."),
        keuze._replace(waarde=was or Mailmoment.OVERZICHT),
    )


def _overzicht(keuze: Keuze, gebruiker: Gebruiker) -> Gedaan:
    instelling, _nieuw = Instelling.objects.get_or_create(gebruiker=gebruiker)
    was, instelling.overzicht = instelling.overzicht, Instelling.Overzicht(keuze.waarde)
    instelling.save(update_fields=["overzicht", "gewijzigd_op"])
    tekst = {
        Instelling.Overzicht.DAG: _("Je krijgt elke werkdag een overzicht, als er iets voor je is."),
        Instelling.Overzicht.WEEK: _("Je krijgt één keer per week een overzicht, als er iets voor je is."),
        Instelling.Overzicht.NOOIT: _("Je krijgt geen overzicht meer per mail."),
    }[instelling.overzicht]
    # Clicking twice must not lose the way back.
    terug = was if was != instelling.overzicht else Instelling.Overzicht.DAG
    return Gedaan(tekst, keuze._replace(waarde=terug))
