"""What happened and why somebody hears of it, in words, for the page and for mail."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext
from markupsafe import Markup

from groepen.models import Lidmaatschap
from intranet.meldingen.models import Melding, Reden

# soort of Event -> who did what.
DADEN = {
    "vraag.gesteld": gettext_noop("%(naam)s stelde een vraag"),
    "vraag.bewerkt": gettext_noop("%(naam)s paste de vraag aan"),
    "antwoord.gegeven": gettext_noop("%(naam)s gaf antwoord"),
    "antwoord.bewerkt": gettext_noop("%(naam)s paste een antwoord aan"),
    "reactie.gegeven": gettext_noop("%(naam)s reageerde"),
    "reactie.bewerkt": gettext_noop("%(naam)s paste een reactie aan"),
    "oplossing.gekozen": gettext_noop("%(naam)s koos een oplossing"),
    "oplossing.ingetrokken": gettext_noop("%(naam)s trok de oplossing in"),
    "vraag.opgepakt": gettext_noop("%(naam)s pakte de vraag op"),
    "vraag.overgedragen": gettext_noop("%(naam)s droeg de vraag over"),
    "vraag.informatie_gevraagd": gettext_noop("%(naam)s vroeg om meer informatie"),
    "vraag.informatie_gegeven": gettext_noop("%(naam)s gaf meer informatie"),
    "vraag.gesloten": gettext_noop("%(naam)s sloot de vraag"),
    "vraag.heropend": gettext_noop("%(naam)s heropende de vraag"),
    "thread.verplaatst": gettext_noop("%(naam)s verplaatste de vraag naar een andere groep"),
    "kennisartikel.gepubliceerd": gettext_noop("%(naam)s publiceerde dit artikel"),
    "stilte.uitgelegd": gettext_noop("Je vraag is niet vergeten: %(naam)s heeft hem en laat van zich horen"),
    "toegang.gevraagd": gettext_noop("%(naam)s wil erbij"),
    "lidmaatschap.begonnen": gettext_noop("%(naam)s haalde je erbij. Je hoort nu bij deze groep"),
    "lidmaatschap.gewijzigd": gettext_noop("%(naam)s gaf je een andere rol in deze groep"),
    "groep.overgedragen": gettext_noop("%(naam)s droeg de groep aan jou over"),
    "kennis.aanbevolen": gettext_noop("%(naam)s beveelt je aan voor een onderwerp"),
    "bedankt": gettext_noop("%(naam)s bedankte je"),
}
# The same, where it is known as what or for what (``waarover``).
_DADEN_OVER = {
    "lidmaatschap.gewijzigd": gettext_noop("%(naam)s maakte je %(over)s van deze groep"),
    "kennis.aanbevolen": gettext_noop("%(naam)s beveelt je aan voor %(over)s"),
}
# What nobody did: the clock.
VANZELF = {
    "vraag.verlopen": gettext_noop("De vraag is weer vrij"),
    "norm.nadert": gettext_noop(
        "De norm van de groep is bijna voorbij. Schrijf een antwoord of pak de vraag op"
    ),
    "stilte.gemerkt": gettext_noop("De vraagsteller hoorde een week niets. Laat weten hoe het staat"),
}
# Where there is nobody to name.
_ZONDER_NAAM = {
    "stilte.uitgelegd": gettext_noop(
        "Nog niemand pakte je vraag op. Noem met een @ een collega die het kan weten"
    ),
}
# What somebody wrote: their words belong to it.
MET_TEKST = frozenset(soort for soort in DADEN if soort.endswith((".gesteld", ".gegeven", ".bewerkt"))) | {
    "oplossing.gekozen"
}

KOPPEN = {
    Reden.NOEMT: gettext_noop("Je bent genoemd"),
    Reden.NOEMT_GROEP: gettext_noop("Je groep of afdeling is genoemd"),
    Reden.DESKUNDIG: gettext_noop("Een vraag waar jij veel van weet"),
    Reden.WACHT: gettext_noop("Dit wacht op jou"),
}
_ANTWOORD_AAN_JOU = gettext_noop("Antwoord op je vraag")
_KOP_PER_SOORT = {
    "antwoord.gegeven": gettext_noop("Nieuw antwoord"),
    "reactie.gegeven": gettext_noop("Nieuwe reactie"),
    "vraag.gesteld": gettext_noop("Nieuwe vraag"),
    "oplossing.gekozen": gettext_noop("Er is een oplossing"),
    "oplossing.ingetrokken": gettext_noop("De oplossing is ingetrokken"),
    "vraag.opgepakt": gettext_noop("De vraag is opgepakt"),
    "vraag.overgedragen": gettext_noop("De vraag is overgedragen"),
    "vraag.verlopen": gettext_noop("De vraag is weer vrij"),
    "vraag.informatie_gegeven": gettext_noop("Er is meer informatie"),
    "vraag.gesloten": gettext_noop("De vraag is gesloten"),
    "vraag.heropend": gettext_noop("De vraag is heropend"),
    "thread.verplaatst": gettext_noop("De vraag is verplaatst"),
    "stilte.uitgelegd": gettext_noop("Je vraag is niet vergeten"),
    "kennisartikel.gepubliceerd": gettext_noop("Nieuw artikel"),
}


def vet(woorden: str) -> Markup:
    """What the eye should catch, on a page."""
    return Markup("<b>{}</b>").format(woorden)


def zin(woorden: str, **waarden: str) -> str:
    """Our ``woorden`` with these filled in; Markup, and the rest escaped, where one of them is Markup."""
    if any(isinstance(waarde, Markup) for waarde in waarden.values()):
        return Markup(woorden) % waarden  # noqa: S704  what the catalogue says is ours
    return woorden % waarden


def daad(soort: str, naam: str, over: str = "") -> str:
    """One sentence without a full stop: "Fatima el Idrissi gaf antwoord"; ``over`` as ``waarover`` says."""
    if soort in VANZELF or soort not in DADEN:
        return _(VANZELF.get(soort, gettext_noop("Er is iets nieuws")))
    if not naam and soort in _ZONDER_NAAM:
        return _(_ZONDER_NAAM[soort])
    wie = naam or _("iemand")
    if over:
        return _hoofdletter(zin(_(_DADEN_OVER[soort]), naam=wie, over=over))
    return _hoofdletter(zin(_(DADEN[soort]), naam=wie))


def waarover(soort: str, feit: str) -> str:
    """In words what an Event of this soort keeps as ``feit``: an Onderwerp's name, a rol; "" for nothing."""
    if soort == "lidmaatschap.gewijzigd":
        return str(dict(Lidmaatschap.Rol.choices).get(feit, "")).lower()
    return feit if soort in _DADEN_OVER else ""


def dank(namen: list[str], waarvoor: str, nadruk: Callable[[str], str] = str) -> str:
    """Who thanked, and for what of yours (``waarvoor``: "antwoord", "vraag" or "")."""
    aantal = len(namen)
    if aantal == 1:
        wie = nadruk(namen[0]) if namen[0] else _("iemand")
        return _hoofdletter(zin(_(_DANK.get(waarvoor, DADEN["bedankt"])), naam=wie))
    if waarvoor == "antwoord":
        woorden = ngettext(
            "%d collega bedankte je voor je antwoord", "%d collega’s bedankten je voor je antwoord", aantal
        )
    elif waarvoor == "vraag":
        woorden = ngettext(
            "%d collega bedankte je voor je vraag", "%d collega’s bedankten je voor je vraag", aantal
        )
    else:
        woorden = ngettext("%d collega bedankte je", "%d collega’s bedankten je", aantal)
    return woorden % aantal


_DANK = {
    "antwoord": gettext_noop("%(naam)s bedankte je voor je antwoord"),
    "vraag": gettext_noop("%(naam)s bedankte je voor je vraag"),
}


def _hoofdletter(woorden: str) -> str:
    return woorden[:1].upper() + woorden[1:]


def daden(wat_en_wie: list[tuple[str, str]], nadruk: Callable[[str], str] = str, over: str = "") -> str:
    """Many (soort, name) in one line: "3 nieuwe antwoorden, van A en B"; one as ``daad``.

    ``nadruk`` is done to what says most: the number, or the one name.
    """
    soorten = {soort for soort, _naam in wat_en_wie}
    namen = list(dict.fromkeys(naam for _soort, naam in wat_en_wie if naam))
    aantal = len(wat_en_wie)
    if aantal == 1:
        ((soort, naam),) = wat_en_wie
        return daad(soort, nadruk(naam) if naam else "", over)
    if soorten == {"antwoord.gegeven"}:
        wat = ngettext("%d nieuw antwoord", "%d nieuwe antwoorden", aantal) % aantal
    elif soorten == {"reactie.gegeven"}:
        wat = ngettext("%d nieuwe reactie", "%d nieuwe reacties", aantal) % aantal
    else:
        wat = ngettext("%d keer iets nieuws", "%d keer iets nieuws", aantal) % aantal
    wat = nadruk(wat)
    return zin("%(wat)s, %(van)s", wat=wat, van=_van(namen)) if namen else wat


def _van(namen: list[str]) -> str:
    if len(namen) == 1:
        return _("van %(naam)s") % {"naam": namen[0]}
    if len(namen) == 2:
        return _("van %(naam)s en %(ander)s") % {"naam": namen[0], "ander": namen[1]}
    anderen = len(namen) - 1
    return ngettext(
        "van %(naam)s en %(aantal)d ander", "van %(naam)s en %(aantal)d anderen", anderen
    ) % {"naam": namen[0], "aantal": anderen}  # fmt: skip


# Strongest first, as ``ontvangers`` asks them.
VOLGORDE = {reden: plek for plek, reden in enumerate(Reden)}


def sterkste(redenen) -> Reden:
    return min((Reden(reden) for reden in redenen), key=VOLGORDE.__getitem__)


def kop(meldingen: list[Melding]) -> str:
    """A few words above the title of a mail."""
    reden = sterkste(melding.reden for melding in meldingen)
    if reden in KOPPEN:
        return _(KOPPEN[reden])
    soorten = {melding.soort for melding in meldingen}
    if reden == Reden.JOUW_VRAAG and soorten == {"antwoord.gegeven"}:
        return _(_ANTWOORD_AAN_JOU)
    if len(soorten) == 1:
        return _(_KOP_PER_SOORT.get(soorten.pop(), gettext_noop("Er is iets nieuws")))
    return _("Er is iets nieuws")
