"""What a writer is told before a text that names others is posted: who cannot read it, how many it reaches.

Only what the writer may know: who cannot be seen is not spoken of, and the leden of a Groep of which only the
card may be seen are counted by that card.
"""

from typing import Any

from django.conf import settings
from django.db.models import BooleanField, Count, ExpressionWrapper, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groepen import toegang
from groepen.haken import Bezwaar, Ernst
from groepen.models import Groep
from groepen.voorbereid import EenGroep, Voor
from intranet.meldingen import bereik
from intranet.meldingen.tekenen import te_kennen_afdelingen
from profielen.afdelingen import met_onderdelen
from profielen.models import Afdeling, Deskundigheid, Gebruiker, Onderwerp

Doel = tuple[str, int]
# What lies beyond is not kept as a Vermelding either.
MEEST = 50


def nagaan(schrijver: Any, groep: Groep, doelen: list[Doel], bevestigd: bool = False) -> list[Bezwaar]:
    """In the order of reading. A fixed number of statements; one when only people are named.

    Who may reach any number and said yes is not counted for: a text to ten thousand is posted as soon as one
    to ten.
    """
    pks: dict[str, list[int]] = {}
    for soort, pk in doelen[:MEEST]:
        pks.setdefault(soort, []).append(pk)
    uit = _lezen_niet_mee(schrijver, groep, pks.pop("gebruiker", []))
    if not pks or (bevestigd and mag_velen(schrijver, groep)):
        return uit
    return uit + _bereiken(schrijver, groep, pks)


def mag_velen(schrijver: Any, groep: Groep) -> bool:
    """Whether ``schrijver`` may send more than ``VERMELD_RECHT_BOVEN`` people a Melding at once."""
    return schrijver.is_communitymanager or toegang.mag_beheren(schrijver, groep)


def _genoemd_zonder_toegang(ik: Any, soort: str, groep: Any, pks: Any) -> Any:
    mensen = Gebruiker.objects.zichtbaar_voor(ik).filter(pk__in=pks)
    lezers = toegang.lezers(EenGroep(soort, ik.nu)).filter(pk__in=pks)  # of these, not of everybody
    return mensen.exclude(pk__in=lezers.values("pk")).order_by("sorteernaam", "pk")


# Asked of every text with a name in it, before it is posted.
_zonder_toegang = Voor(_genoemd_zonder_toegang)


def _lezen_niet_mee(schrijver: Any, groep: Groep, pks: list[int]) -> list[Bezwaar]:
    mensen = _zonder_toegang(schrijver, groep.soort, groep=groep.pk, pks=pks) if pks else []
    if not mensen:
        return []
    adres = knop = ""
    if toegang.mag_beheren(schrijver, groep):
        adres = f"{reverse('groepen:leden', args=[groep.slug])}?uitnodigen={{}}#uitnodigen"
        knop = _("Nodig %(naam)s uit")
    return [
        Bezwaar(
            Ernst.ZEG,
            _("%(naam)s kan deze groep niet lezen en krijgt geen bericht.") % {"naam": mens.naam},
            adres.format(mens.pk),
            knop and knop % {"naam": mens.naam},
        )
        for mens in mensen
    ]


# --- Many at once ---------------------------------------------------------------------------------


def _bereiken(schrijver: Any, groep: Groep, pks: dict[str, list[int]]) -> list[Bezwaar]:
    te_tellen: list[tuple[str, str, Q]] = []
    uit: list[Bezwaar] = []
    hooguit = 0
    for genoemd, leest in _groepen(schrijver, pks.get("groep", [])):
        if leest:
            te_tellen.append(("groep", genoemd.naam, Q(pk__in=_pks(bereik.groep_leden(genoemd, groep)))))
        else:
            hooguit += genoemd.aantal_leden
            uit.append(Bezwaar(Ernst.WEET, _hooguit(genoemd.naam, genoemd.aantal_leden)))
    for naam, wie in _afdelingen(schrijver, pks.get("afdeling", [])):
        te_tellen.append(("groep", naam, wie))
    for onderwerp in Onderwerp.objects.filter(pk__in=pks.get("onderwerp", ())):
        # What proves it may stand where the writer cannot read: those are asked, and not told of.
        bekend = Deskundigheid.objects.zichtbaar_voor(schrijver).filter(onderwerp=onderwerp)
        wie = bereik.deskundigen(onderwerp, groep).filter(pk__in=bekend.values("profiel"))
        te_tellen.append(("onderwerp", onderwerp.naam, Q(pk__in=_pks(wie))))
    aantallen, samen = _tel(schrijver, groep, [wie for _soort, _naam, wie in te_tellen])
    for (soort, naam, _wie), aantal in zip(te_tellen, aantallen, strict=True):
        zin = _vraagt(naam, aantal) if soort == "onderwerp" else _bereikt(naam, aantal)
        uit.append(Bezwaar(Ernst.WEET, zin))
    return uit + _grens(schrijver, groep, samen + hooguit)


def _pks(mensen: Any) -> Any:
    return mensen.order_by().values("pk")


def _groepen(schrijver: Any, pks: list[int]) -> list[tuple[Groep, bool]]:
    """Those whose card the writer may see, and whether they may see who is in."""
    if not pks:
        return []
    leest = Q(pk__in=Groep.objects.zichtbaar_voor(schrijver).values("pk"))
    gevonden = Groep.objects.vindbaar_voor(schrijver).filter(pk__in=pks).order_by("sorteernaam")
    return [
        (genoemd, genoemd.leest)
        for genoemd in gevonden.annotate(leest=ExpressionWrapper(leest, BooleanField()))
    ]


def _afdelingen(schrijver: Any, pks: list[int]) -> list[tuple[str, Q]]:
    if not pks or not schrijver.is_medewerker:
        return []
    genoemd = te_kennen_afdelingen(schrijver).filter(pk__in=pks)
    alle = list(Afdeling.objects.filter(organisatie__in=genoemd.values("organisatie")))
    return [
        (afdeling.naam, Q(profiel__afdeling__in=met_onderdelen(afdeling.pk, alle)))
        for afdeling in alle
        if afdeling.pk in pks
    ]


def _tel(schrijver: Any, groep: Groep, wie: list[Q]) -> tuple[list[int], int]:
    """How many readers each of these holds, and all together; the writer is told nothing new."""
    if not wie:
        return [], 0
    samen = Q()
    for een in wie:
        samen |= een
    getallen = (
        toegang.lezers(groep)
        .exclude(pk=schrijver.pk)
        .order_by()
        .aggregate(
            samen=Count("pk", filter=samen),
            **{f"n{nummer}": Count("pk", filter=een) for nummer, een in enumerate(wie)},
        )
    )
    return [getallen[f"n{nummer}"] for nummer in range(len(wie))], getallen["samen"]


def _grens(schrijver: Any, groep: Groep, aantal: int) -> list[Bezwaar]:
    """Above one limit it must be meant, above the next it must be theirs to do."""
    zoveel = {"aantal": aantal, "grens": settings.VERMELD_RECHT_BOVEN}
    if aantal > settings.VERMELD_RECHT_BOVEN and not mag_velen(schrijver, groep):
        zin = _(
            "Zo krijgen %(aantal)s mensen een bericht. Meer dan %(grens)s mag alleen een beheerder van deze "
            "groep. Noem de mensen die het weten."
        )
        return [Bezwaar(Ernst.WEIGER, zin % zoveel)]
    if aantal > settings.VERMELD_VRAAG_BOVEN:
        return [Bezwaar(Ernst.VRAAG, _("Ja, stuur deze %(aantal)s mensen een bericht") % zoveel)]
    return []


# --- Sentences ------------------------------------------------------------------------------------


def _bereikt(naam: str, aantal: int) -> str:
    if not aantal:
        return _("@%(naam)s: niemand anders daar leest hier mee. Niemand krijgt een bericht.") % {
            "naam": naam
        }
    zin = ngettext(
        "@%(naam)s: %(num)s mens krijgt een bericht.",
        "@%(naam)s: %(num)s mensen krijgen een bericht.",
        aantal,
    )
    return zin % {"naam": naam, "num": aantal}


def _hooguit(naam: str, aantal: int) -> str:
    """Who of them may read here would tell who is in that Groep."""
    zin = ngettext(
        "@%(naam)s: hooguit %(num)s mens krijgt een bericht.",
        "@%(naam)s: hooguit %(num)s mensen krijgen een bericht.",
        aantal,
    )
    return zin % {"naam": naam, "num": aantal}


def _vraagt(naam: str, aantal: int) -> str:
    if not aantal:
        return _("@%(naam)s: wie hier veel van weet, is er nu niet. Niemand krijgt een bericht.") % {
            "naam": naam
        }
    zin = ngettext(
        "@%(naam)s: je vraagt het aan %(num)s mens die hier veel van weet.",
        "@%(naam)s: je vraagt het aan %(num)s mensen die hier veel van weten.",
        aantal,
    )
    return zin % {"naam": naam, "num": aantal}
