"""The overview as a letter: a frame rendered once per language and rows rendered once per Thread, joined."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import escape

from groepen.wachten import wacht
from intranet.meldingen import afmelden, gebeurd
from intranet.meldingen.mailtekst import kort
from intranet.meldingen.post import adres, envelop, instellen, omgeving
from intranet.meldingen.threadmail import lijst_uit
from intranet.tijd import datum

if TYPE_CHECKING:
    from intranet.meldingen.overzicht import Draad, Lezer

FRAGMENT = 140
# Where each person's own words go in the frame: nobody types these.
NAAM, RIJEN, PROEF, ANDERS, STOP = (f"\x02{letter}\x03" for letter in "nrpas")


class Regel(NamedTuple):
    """One row: in which part, about which Thread, and (soort, name) of what happened."""

    deel: str
    draad: "Draad"
    wat: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Rij:
    """A row as rendered."""

    html: str
    tekst: str


class Schrijver:
    """Writes the letters of one run."""

    def __init__(self, nu: datetime):
        self.nu = timezone.localtime(nu)
        self._rijen: dict[tuple[str, Any], Rij] = {}
        self._ramen: dict[tuple[str, str], tuple[str, str, str]] = {}

    def brief(self, lezer: "Lezer", sleutel: str) -> EmailMultiAlternatives:
        with translation.override(lezer.taal):
            onderwerp, tekst, html = self._raam(lezer.taal, lezer.hoe)
            rijen = self._inhoud(lezer)
            week = lezer.hoe == "week"
            anders = afmelden.overzicht(lezer.pk, "dag" if week else "week").link
            stop = afmelden.overzicht(lezer.pk, "")
            proef = ". ".join(_telling(lezer))
            for waar, tekst_ervoor, html_ervoor in (
                (NAAM, lezer.voornaam, escape(lezer.voornaam)),
                (RIJEN, rijen.tekst, rijen.html),
                (PROEF, proef, proef),
                (ANDERS, anders, anders),
                (STOP, stop.link, stop.link),
            ):
                tekst, html = tekst.replace(waar, tekst_ervoor), html.replace(waar, html_ervoor)
        koppen = {"Precedence": "bulk"} | lijst_uit(stop)
        return envelop(lezer.email, onderwerp, tekst, html, sleutel, koppen)

    # --- Frame and rows -----------------------------------------------------------------------

    def _raam(self, taal: str, hoe: str) -> tuple[str, str, str]:
        if (taal, hoe) not in self._ramen:
            context = omgeving(taal) | {
                "dag": datum(self.nu, "dag"),
                "groet": _groet(self.nu.hour),
                "week": hoe == "week",
                "link": adres("/"),
                "naam": NAAM,
                "rijen": RIJEN,
                "voorproef": PROEF,
                "anders": ANDERS,
                "stop": STOP,
                "instellen": instellen(),
            }
            onderwerp, _leeg, tekst = render_to_string("mail/overzicht.txt", context).strip().partition("\n")
            html = render_to_string("mail/overzicht.html", context | {"onderwerp": onderwerp})
            self._ramen[taal, hoe] = onderwerp, tekst, html
        return self._ramen[taal, hoe]

    def _inhoud(self, lezer: "Lezer") -> Rij:
        delen = [(naam, regels) for naam, regels in lezer.regels.items() if regels]
        if lezer.zonder_tekst:
            per_groep: dict[tuple[int, str], int] = {}
            for _naam, regels in delen:
                for regel in regels:
                    waar = regel.draad.groep_id, regel.draad.groep
                    per_groep[waar] = per_groep.get(waar, 0) + 1
            rijen = [
                self._onthoud(lezer.taal, ("groep", *waar, aantal), _van_groep)
                for waar, aantal in per_groep.items()
            ]
        else:
            rijen = []
            for naam, regels in delen:
                rijen.append(self._onthoud(lezer.taal, ("kop", naam), _kop))
                rijen += [self._onthoud(lezer.taal, regel, self._regel) for regel in regels]
                rijen.append(self._onthoud(lezer.taal, ("eind",), _eind))
        if lezer.meer:
            rijen.append(self._onthoud(lezer.taal, ("meer", lezer.meer), _meer))
        return Rij("".join(rij.html for rij in rijen), "\n".join(rij.tekst for rij in rijen))

    def _onthoud(self, taal: str, wat: Any, maak: Callable[[Any], Rij]) -> Rij:
        """Rendered once for everyone who gets it."""
        if (taal, wat) not in self._rijen:
            self._rijen[taal, wat] = maak(wat)
        return self._rijen[taal, wat]

    def _regel(self, regel: Regel) -> Rij:
        draad = regel.draad
        oplossing = kort(draad.fragment, FRAGMENT) if regel.deel == "opgelost" else ""
        if regel.deel == "helpen":
            hoelang = wacht(draad.gestart_op, draad.norm, self.nu).woorden
            uitleg = _("%(groep)s. %(wacht)s") % {"groep": draad.groep, "wacht": hoelang}
        elif regel.deel == "opgelost":
            uitleg = "" if oplossing else draad.groep
        else:
            uitleg = _("%(groep)s. %(wat)s") % {"groep": draad.groep, "wat": gebeurd.daden(list(regel.wat))}
        return _render(
            "rij",
            titel=draad.titel,
            link=adres(_adres(draad)),
            uitleg=uitleg,
            oplossing=oplossing,
            let=regel.deel == "wacht",
        )


def _render(stuk: str, **context: Any) -> Rij:
    """One piece of ``mail/delen/overzicht``, both ways."""
    context = {"stuk": stuk, **context}
    return Rij(
        render_to_string("mail/delen/overzicht.html", context).strip(),
        render_to_string("mail/delen/overzicht.txt", context).strip("\n"),
    )


def _adres(draad: "Draad") -> str:
    if draad.artikel_id is not None:
        return reverse("kennisbank:artikel_kort", args=[draad.artikel_id])
    return reverse("groepen:vraag", args=[draad.pk])


def _kop(wat: tuple[str, str]) -> Rij:
    koppen = {
        "wacht": _("Wacht op jou"),
        "nieuw": _("Nieuw voor jou"),
        "helpen": _("Hier kun jij helpen"),
        "opgelost": _("Opgelost in jouw groepen"),
    }
    return _render("kop", kop=koppen[wat[1]])


def _eind(_wat: tuple) -> Rij:
    return _render("eind")


def _van_groep(wat: tuple[str, int, str, int]) -> Rij:
    _soort, _pk, groep, aantal = wat
    nieuws = ngettext("%d keer iets nieuws", "%d keer iets nieuws", aantal) % aantal
    return _render("groep", groep=groep, nieuws=nieuws)


def _meer(wat: tuple[str, int]) -> Rij:
    aantal = wat[1]
    woorden = ngettext("En nog %d andere melding", "En nog %d andere meldingen", aantal) % aantal
    return _render("meer", woorden=woorden, link=adres("/meldingen/"))


def _telling(lezer: "Lezer") -> list[str]:
    """What a list of mail programs shows beside the subject."""
    uit = []
    aantallen = {naam: len(regels) for naam, regels in lezer.regels.items()}
    if n := aantallen.get("wacht"):
        uit.append(ngettext("%d ding wacht op jou", "%d dingen wachten op jou", n) % n)
    if n := aantallen.get("nieuw", 0) + lezer.meer:
        uit.append(ngettext("%d keer iets nieuws voor jou", "%d keer iets nieuws voor jou", n) % n)
    if n := aantallen.get("helpen"):
        uit.append(ngettext("%d vraag die jij misschien weet", "%d vragen die jij misschien weet", n) % n)
    if n := aantallen.get("opgelost"):
        uit.append(ngettext("%d vraag opgelost", "%d vragen opgelost", n) % n)
    return uit


def _groet(uur: int) -> str:
    if uur < 12:
        return _("Goedemorgen")
    return _("Goedemiddag") if uur < 18 else _("Goedenavond")
