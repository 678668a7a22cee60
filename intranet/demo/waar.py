"""Where: forty Groepen with their kaders, onderwerpen and leden.

The content files ``groepen/<slug>.toml`` say what a Groep is; ``BEZETTING`` says who is in it.
"""

import tomllib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from django.utils.text import slugify

from groepen.models import Groep, Lidmaatschap
from groepen.toegang import BEHEERDER, EIGENAAR, LID, OPEN, SCHRIJFT, VERBORGEN, WAARNEMER
from profielen.models import Onderwerp
from profielen.namen import vouw

from .wie import Mens, Wie, gesorteerd

INHOUD = Path(__file__).parent / "groepen"


class Bezetting(NamedTuple):
    """Who is in a Groep: from which departments, and who by name (keys of ``helden``)."""

    afdelingen: str
    eigenaar: str = ""
    beheer: str = ""
    leden: str = ""
    waarnemers: str = ""
    aantal: int = 0


_INWONERS = "Klantcontact,Burgerzaken"
_BEDRIJF = "Personeel en Organisatie,Financiën,Juridische Zaken,Communicatie,Archief"

BEZETTING = {
    "aanbesteding-wegen": Bezetting(
        "Wegen en Verkeer,Uitvoering,Projecten", "dora", "willem", "anna chris ruud yara derya", "", 14
    ),
    "afval-riool": Bezetting(f"Afval en Riool,Groen en Bomen,{_INWONERS}", aantal=58),
    "archief-dossier": Bezetting("Archief,Juridische Zaken,Data en Informatie,Bestuurssecretariaat", aantal=64),
    "belastingen": Bezetting(f"Belastingen,{_INWONERS}", "", "", "anna", "", 52),
    "bestuurssecretariaat": Bezetting("Bestuurssecretariaat,Griffie,Communicatie,Bestuur", aantal=26),
    "bomen-groen": Bezetting("Groen en Bomen,Vergunningen,Klantcontact", aantal=34),
    "bouwen-toezicht": Bezetting("Veiligheid en Handhaving,Omgevingsplan,Vergunningen", "", "", "wilhelmina", "", 41),
    "buitendienst": Bezetting("Groen en Bomen,Wegen en Verkeer,Afval en Riool,Klantcontact", "", "", "anna", "", 61),
    "burgerzaken-balie": Bezetting(_INWONERS, "kees", "imke", "sanne anna", "", 78),
    "communicatie-web": Bezetting("Communicatie,Klantcontact", "", "mirjam", "tirza saskia", "", 47),
    "crisis-veiligheid": Bezetting("Veiligheid en Handhaving,Bestuur,Communicatie", aantal=16),
    "data-dashboards": Bezetting("Data en Informatie,Financiën,Archief", aantal=18),
    "duidelijke-taal": Bezetting(f"Communicatie,{_INWONERS},Inkomen,Wmo", "tirza", "mirjam", "sanne fatima anna", "", 112),
    "duurzaamheid-energie": Bezetting("Duurzaamheid,Omgevingsplan,Klantcontact", aantal=33),
    "evenementenkalender": Bezetting(
        "Vergunningen,Veiligheid en Handhaving,Sport en Cultuur,Wegen en Verkeer", "joost", "fatima",
        "bram anna annelies jan-willem wilhelmina", "milan", 49,
    ),
    "financien": Bezetting("Financiën,Belastingen,Inkoop", aantal=44),
    "fusie-oosterwold-lindenaar": Bezetting("Bestuur,Personeel en Organisatie,Communicatie,Juridische Zaken", aantal=13),
    "handhaving-boa": Bezetting("Veiligheid en Handhaving", aantal=15),
    "ict-werkplek": Bezetting("Servicedesk,Informatiebeveiliging,Klantcontact", "", "", "anna bram beheer saskia", "", 124),
    "inburgering": Bezetting("Inburgering,Burgerzaken,Inkomen", aantal=29),
    "informatiebeveiliging": Bezetting("Informatiebeveiliging,Servicedesk,Data en Informatie", "", "dora", "", "", 17),
    "inkoop-aanbesteding": Bezetting("Inkoop,Financiën,Juridische Zaken", aantal=38),
    "juridische-zaken": Bezetting("Juridische Zaken,Vergunningen,Inkomen", "", "hanneke", "fatima", "", 46),
    "kcc-telefoon": Bezetting("Klantcontact,Burgerzaken", "", "anna", "sanne mirjam", "", 67),
    "nieuwbouw-gemeentehuis": Bezetting(
        "Klantcontact,Burgerzaken,Bestuurssecretariaat,Servicedesk", "dora", "",
        "anna sanne fatima ravi chris ruud tom", "", 26,
    ),
    "nieuwe-collega": Bezetting("Personeel en Organisatie,Samenwerking", "saskia", "", "milan anna", "", 96),
    "omgevingswet": Bezetting("Omgevingsplan,Vergunningen,Veiligheid en Handhaving", "wilhelmina", "", "joost", "", 43),
    "onderwijs-leerplicht": Bezetting("Onderwijs en Jeugd,Jeugd", aantal=24),
    "or-overleg": Bezetting(f"{_BEDRIJF},Groen en Bomen,Klantcontact", "", "dora", "", "", 9),
    "parkeren": Bezetting(f"Wegen en Verkeer,Veiligheid en Handhaving,{_INWONERS},Belastingen", "imke", "",
                          "sanne anna bram", "", 62),
    "personeel-hr": Bezetting("Personeel en Organisatie", aantal=88),
    "privacy-avg": Bezetting("Juridische Zaken,Informatiebeveiliging,Data en Informatie,Archief", aantal=51),
    "raad-griffie": Bezetting("Griffie,Bestuurssecretariaat,Juridische Zaken,Bestuur", aantal=14),
    "schuldhulp": Bezetting("Schuldhulp,Inkomen,Klantcontact", aantal=17),
    "sociaal-domein-inkomen": Bezetting("Inkomen,Schuldhulp,Klantcontact", "", "", "noor", "", 39),
    "sport-cultuur": Bezetting("Sport en Cultuur,Onderwijs en Jeugd", aantal=21),
    "vergunningen-apv": Bezetting(
        "Vergunningen,Veiligheid en Handhaving,Klantcontact,Burgerzaken,Juridische Zaken", "fatima", "bram hanneke",
        "sanne anna annelies joost wilhelmina jan-willem imke kees tirza ruud derya", "milan", 104,
    ),
    "verkeer-wegwerk": Bezetting("Wegen en Verkeer,Klantcontact,Veiligheid en Handhaving", "willem", "", "bram", "", 45),
    "verkiezingen": Bezetting("Burgerzaken,Bestuurssecretariaat,Communicatie", "kees", "", "anna", "", 28),
    "wmo-jeugd": Bezetting("Wmo,Jeugd,Onderwijs en Jeugd,Klantcontact", "noor", "", "sanne anna", "", 57),
}  # fmt: skip

# Who waits at the door of which besloten Groep, with what they wrote.
VERZOEKEN = (
    (
        "handhaving-boa",
        "bram",
        "Ik ben toezichthouder en wil meelezen over bevoegdheden en het proces-verbaal.",
        2,
    ),
    ("nieuwbouw-gemeentehuis", "milan", "Mijn stageopdracht gaat over de nieuwe publiekshal.", 6),
)


@dataclass
class Plek:
    """A Groep as built, with what its questions need: content, onderwerpen, people by what they may."""

    groep: Groep
    inhoud: dict[str, Any]
    onderwerpen: dict[str, Onderwerp]
    leden: list[Mens] = field(default_factory=list)
    kenners: list[Mens] = field(default_factory=list)
    lezers: list[Mens] = field(default_factory=list)

    @property
    def schrijvers(self) -> list[Mens]:
        return [mens for mens in self.leden if mens.groepen[self.groep.slug] in SCHRIJFT]


def lees() -> dict[str, dict[str, Any]]:
    """The content files by slug, in order."""
    return {pad.stem: tomllib.loads(pad.read_text()) for pad in sorted(INHOUD.glob("*.toml"))}


def bouw(rnd: Random, nu: datetime, wie: Wie) -> dict[str, Plek]:
    inhoud = lees()
    onderwerpen = maak_onderwerpen({naam for een in inhoud.values() for naam in een["groep"]["onderwerpen"]})
    plekken = {}
    lidmaatschappen: list[Lidmaatschap] = []
    for slug, een in inhoud.items():
        eigen = {naam: onderwerpen[naam] for naam in een["groep"]["onderwerpen"]}
        bezetting = BEZETTING[slug]
        rollen = _rollen(een["groep"], bezetting, wie, rnd)
        eigenaar = next(mens for mens, rol in rollen.items() if rol == EIGENAAR)
        plek = Plek(_groep(slug, een["groep"], eigenaar, eigen, wie, nu, rnd), een, eigen)
        plek.leden = list(rollen)
        plek.kenners = _kenners(rollen, bezetting, rnd)
        plek.lezers = _lezers(een["groep"], plek.leden, wie)
        for mens, rol in rollen.items():
            mens.groepen[slug] = rol
            sinds = plek.groep.gemaakt_op + (nu - plek.groep.gemaakt_op) * rnd.random() ** 2
            if rol != EIGENAAR:
                lidmaatschappen.append(
                    Lidmaatschap(groep=plek.groep, gebruiker=mens.gebruiker, rol=rol, begonnen_op=sinds)
                )
        plekken[slug] = plek
    Lidmaatschap.objects.bulk_create(lidmaatschappen)
    _verzoeken(plekken, wie, nu)
    return plekken


def maak_onderwerpen(namen: set[str]) -> dict[str, Onderwerp]:
    """An Onderwerp for each name: the one of the UPL where the folded names are equal, else one of our own."""
    alle = list(Onderwerp.objects.order_by("pk"))
    bekend = {vouw(onderwerp.naam): onderwerp for onderwerp in alle}
    slugs = {onderwerp.slug for onderwerp in alle}
    for naam in sorted(namen):
        if vouw(naam) not in bekend:
            slug = slugify(naam)
            slug = slug if slug not in slugs else f"{slug}-binnenplein"
            slugs.add(slug)
            bekend[vouw(naam)] = Onderwerp.objects.create(naam=naam, slug=slug)
    return {naam: bekend[vouw(naam)] for naam in sorted(namen)}


def _groep(slug, inhoud, eigenaar: Mens, onderwerpen, wie: Wie, nu: datetime, rnd: Random) -> Groep:
    groep = Groep.start(
        eigenaar.gebruiker,
        organisaties=[wie.organisaties[sleutel] for sleutel in inhoud["organisaties"]],
        onderwerpen=onderwerpen.values(),
        naam=inhoud["naam"],
        slug=slug,
        soort=inhoud["soort"],
        icoon=inhoud["icoon"],
        tint=inhoud["tint"],
        doel=inhoud["doel"],
        hoort_wel="\n".join(inhoud["hoort_wel"]),
        hoort_niet="\n".join(inhoud.get("hoort_niet", [])),
        norm_werkdagen=inhoud["norm_werkdagen"],
        gemaakt_op=nu - timedelta(days=rnd.randint(410, 900)),
    )
    groep.lidmaatschappen.update(begonnen_op=groep.gemaakt_op)
    return groep


def _rollen(inhoud, bezetting: Bezetting, wie: Wie, rnd: Random) -> dict[Mens, str]:
    """Who is in it with which rol; the eigenaar first."""
    deelnemers = [mens for mens in gesorteerd(wie.mensen) if mens.organisatie in inhoud["organisaties"]]
    afdelingen = bezetting.afdelingen.split(",")
    # Guests come by department too, but only where the bezetting names that department.
    gasten = [
        mens for mens in gesorteerd(wie.mensen)
        if mens.gebruiker.is_gast and mens.afdeling in afdelingen and not mens.held
    ]  # fmt: skip
    # People with a story go where they are sent.
    vrij = [mens for mens in deelnemers if not mens.held]
    passend = [mens for mens in vrij if mens.afdeling in afdelingen]
    overig = [mens for mens in vrij if mens.afdeling not in afdelingen]
    rnd.shuffle(passend)
    rnd.shuffle(overig)

    genoemd = dict.fromkeys(bezetting.leden.split(), LID)
    genoemd |= dict.fromkeys(bezetting.waarnemers.split(), WAARNEMER)
    genoemd |= dict.fromkeys(bezetting.beheer.split(), BEHEERDER)
    rollen: dict[Mens, str] = {}
    # Who leads comes from the department that the Groep is about: the first one.
    leiders = [mens for mens in passend if mens.afdeling == afdelingen[0]]
    rollen[wie[bezetting.eigenaar] if bezetting.eigenaar else leiders.pop()] = EIGENAAR
    rollen |= {wie[sleutel]: rol for sleutel, rol in genoemd.items()}
    if not bezetting.beheer:
        rollen[leiders.pop()] = BEHEERDER
    passend = [mens for mens in passend if mens not in rollen]
    rollen |= dict.fromkeys(gasten, LID)
    nog = max(0, bezetting.aantal - len(rollen))
    uit_afdeling = passend[: nog if inhoud["soort"] != OPEN else round(nog * 0.8)]
    rollen |= dict.fromkeys(uit_afdeling, LID)
    if inhoud["soort"] == OPEN:
        rollen |= dict.fromkeys(overig[: nog - len(uit_afdeling)], LID)
    elif inhoud["soort"] != VERBORGEN and len(uit_afdeling) > 6:
        rollen[uit_afdeling[-1]] = WAARNEMER
    return rollen


def _kenners(rollen: dict[Mens, str], bezetting: Bezetting, rnd: Random) -> list[Mens]:
    """The handful that knows most here and gives most of the answers."""
    eerste = bezetting.afdelingen.split(",")[0]
    beheert = [mens for mens, rol in rollen.items() if rol in (EIGENAAR, BEHEERDER)]
    kandidaten = [
        mens for mens, rol in rollen.items() if rol == LID and mens.afdeling == eerste and mens not in beheert
    ]
    kandidaten += [
        mens
        for mens, rol in rollen.items()
        if rol == LID and not mens.gebruiker.is_gast and mens not in kandidaten
    ]
    return beheert + kandidaten[: 7 - len(beheert)]


def _lezers(inhoud, leden: list[Mens], wie: Wie) -> list[Mens]:
    if inhoud["soort"] != OPEN:
        return leden
    binnen = set(leden)
    eigen = [mens for mens in gesorteerd(wie.mensen) if mens.organisatie in inhoud["organisaties"]]
    return leden + [mens for mens in eigen if mens not in binnen]


def _verzoeken(plekken: dict[str, Plek], wie: Wie, nu: datetime) -> None:
    for slug, sleutel, motivatie, uren in VERZOEKEN:
        verzoek = plekken[slug].groep.vraag_toegang(wie[sleutel].gebruiker, motivatie)
        verzoek.gedaan_op = nu - timedelta(hours=uren)
        verzoek.save(update_fields=["gedaan_op"])
    plekken["nieuwbouw-gemeentehuis"].groep.nodig_uit(
        "meubels@noorderlicht.example", LID, wie["dora"].gebruiker
    )
