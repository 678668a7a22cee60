"""Who reads along in a Groep, in words for whoever is about to write there."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groepen import toegang


@dataclass(slots=True)
class Bereik:
    """``organisaties``: "Zandmeer, Oosterwold en Lindenaar"; ``lezers``: the sentence under a text field."""

    organisaties: str
    gasten: str
    lezers: str
    is_open: bool

    @property
    def in_het_kort(self) -> str:
        """ "Zandmeer, Oosterwold, Lindenaar en 4 gasten", or for who is not open: "Alleen de leden"."""
        wie = self.organisaties if self.is_open else _("Alleen de leden")
        return _("%(wie)s, met %(gasten)s") % {"wie": wie, "gasten": self.gasten} if self.gasten else wie


def bereik(groep) -> Bereik:
    """One query, unless ``toegang.onthoud_organisaties`` was called for ``groep`` before."""
    namen = opsomming([organisatie.naam for organisatie in toegang.onthoud_organisaties(groep)])
    aantal = groep.aantal_gasten
    gasten = ngettext("%d gast", "%d gasten", aantal) % aantal if aantal else ""
    if groep.soort == toegang.OPEN:
        if gasten:
            lezers = _("Dit lezen alle collega’s van %(namen)s, met %(gasten)s van buiten.")
        else:
            lezers = _("Dit lezen alle collega’s van %(namen)s.")
    elif gasten:
        lezers = _("Dit lezen alleen de leden van deze groep, onder wie %(gasten)s.")
    else:
        lezers = _("Dit lezen alleen de leden van deze groep.")
    return Bereik(namen, gasten, lezers % {"namen": namen, "gasten": gasten}, groep.soort == toegang.OPEN)


def gasten_van(groep) -> str:
    """Whom the Gasten in ``groep`` work for, in words. One query, none without Gasten."""
    if not groep.aantal_gasten:
        return ""
    eigen = [
        organisatie.pk for organisatie in toegang.onthoud_organisaties(groep) if organisatie.is_deelnemer
    ]
    namen = (
        groep.lidmaatschappen.lopend()
        .filter(gebruiker__organisatie__isnull=False)
        .exclude(gebruiker__organisatie__in=eigen)
        .order_by("gebruiker__organisatie__sorteernaam")
        .values_list("gebruiker__organisatie__naam", flat=True)
        .distinct()
    )
    return opsomming(list(dict.fromkeys(namen)))


def opsomming(namen: list[str]) -> str:
    """ "Zandmeer, Oosterwold en Lindenaar"."""
    *eerste, laatste = namen or [""]
    return (
        _("%(eerste)s en %(laatste)s") % {"eerste": ", ".join(eerste), "laatste": laatste}
        if eerste
        else laatste
    )
