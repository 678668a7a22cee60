"""Mentions as readers see them: a link with the name of now, in one statement for a whole page.

Stored is a reference with the name of then (``<span data-mention="gebruiker:12">@Jan</span>``). Who may see
the person, Groep, Afdeling or Onderwerp gets a link and its present name. For anybody else the words stand
there as they were written, and nothing more is told.
"""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django.db import models
from django.urls import reverse
from django.utils.html import escape

from groepen.models import Groep
from groepen.voorbereid import Voor
from intranet import text
from intranet.prepared import plan_cursor
from profielen.models import Afdeling, Gebruiker, Onderwerp
from profielen.toegang import is_actief

Doel = tuple[str, int]


class Genoemd(NamedTuple):
    """What is named, as its reader may know it."""

    naam: str
    adres: str


def met_namen(html: str, kijker: Any, *, site: str = "") -> str:
    """``html``, of one text or of a whole page, with its mentions drawn for ``kijker``.

    One statement, none without mentions. ``site`` (``settings.SITE_URL``) comes before an address, in mail.
    Without a ``kijker`` nothing becomes a link.
    """
    doelen = text.mentions(html)
    if not doelen:
        return html
    bekend = namen(doelen, kijker) if kijker is not None else {}

    def teken(soort: str, pk: int, zoals_bewaard: str) -> str:
        ding = bekend.get((soort, pk))
        if ding is None:
            return zoals_bewaard
        return f'<a class="bp-vermelding" href="{site}{escape(ding.adres)}">@{escape(ding.naam)}</a>'

    return text.teken_namen(html, teken)


def namen(doelen: Iterable[Doel], kijker: Any) -> dict[Doel, Genoemd]:
    """Of these, those that ``kijker`` may know. One statement."""
    if not is_actief(kijker):
        return {}
    pks: dict[str, list[int]] = {}
    for soort, pk in doelen:
        if soort != "afdeling" or kijker.is_medewerker:
            pks.setdefault(soort, []).append(pk)
    delen, waarden = [], []
    for soort in sorted(pks):
        sql, params = _TE_KENNEN[soort].sql(kijker, pks=pks[soort])
        delen.append(f"select '{soort}', q.*{_LEEG * (4 - _KOLOMMEN[soort])} from ({sql}) q")  # noqa: S608
        waarden += params
    if not delen:
        return {}
    with plan_cursor() as cursor:
        cursor.execute(" union all ".join(delen), waarden)
        return {(soort, pk): _MAAK[soort](pk, *rest) for soort, pk, *rest in cursor.fetchall()}


# --- Each kind, by its own rule -------------------------------------------------------------------

_LEEG = ", ''"
# Columns beside the number; they are filled up to four, as a union asks.
_KOLOMMEN = {"gebruiker": 4, "groep": 2, "afdeling": 1, "onderwerp": 2}


def _mensen(ik: Any, pks: Any) -> models.QuerySet:
    mensen = Gebruiker.objects.zichtbaar_voor(ik).filter(pk__in=pks).order_by()
    return mensen.values("pk", "voornaam", "tussenvoegsel", "achternaam", "email")


def _groepen(ik: Any, pks: Any) -> models.QuerySet:
    return Groep.objects.vindbaar_voor(ik).filter(pk__in=pks).order_by().values("pk", "naam", "slug")


def _afdelingen(ik: Any, pks: Any) -> models.QuerySet:
    return te_kennen_afdelingen(ik).filter(pk__in=pks).order_by().values("pk", "naam")


def _onderwerpen(ik: Any, pks: Any) -> models.QuerySet:
    return Onderwerp.objects.filter(pk__in=pks).order_by().values("pk", "naam", "slug")


def te_kennen_afdelingen(gebruiker: Any) -> models.QuerySet:
    """Medewerkers know how the deelnemers are divided; others are shown none."""
    if not gebruiker.is_medewerker:
        return Afdeling.objects.none()
    return Afdeling.objects.filter(organisatie__deelname="deelnemer")


_TE_KENNEN = {
    "gebruiker": Voor(_mensen),
    "groep": Voor(_groepen),
    "afdeling": Voor(_afdelingen),
    "onderwerp": Voor(_onderwerpen),
}


def _mens(pk: int, voornaam: str, tussenvoegsel: str, achternaam: str, email: str) -> Genoemd:
    mens = Gebruiker(voornaam=voornaam, tussenvoegsel=tussenvoegsel, achternaam=achternaam, email=email)
    return Genoemd(mens.naam, reverse("profielen:mens", args=[pk]))


_MAAK: dict[str, Callable[..., Genoemd]] = {
    "gebruiker": _mens,
    "groep": lambda pk, naam, slug, *_: Genoemd(naam, reverse("groepen:groep", args=[slug])),
    "afdeling": lambda pk, naam, *_: Genoemd(naam, f"{reverse('profielen:mensen')}?afdeling={pk}"),
    "onderwerp": lambda pk, naam, slug, *_: Genoemd(
        naam, f"{reverse('groepen:vragen')}?waar=alle&onderwerp={slug}"
    ),
}
