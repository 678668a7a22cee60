"""Who: the organisations, their departments and about three hundred people."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from intranet.accounts import bevestig_adressen
from profielen.models import Afdeling, Gebruiker, Organisatie, OrganisatieDomein, Profiel
from profielen.models.profiel import ALLE_DAGDELEN, dagdeel_bit
from profielen.namen import vouw

from . import WACHTWOORD
from .helden import HELDEN, Held
from .namen import Naam, namen
from .organisaties import LEDEN, Deel, Lid


@dataclass(eq=False)
class Mens:
    """A person of the demo, and what the rest of the demo needs to know about them."""

    gebruiker: Gebruiker
    organisatie: str
    afdeling: str
    functie: str
    held: Held | None = None
    groepen: dict[str, str] = field(default_factory=dict)

    @property
    def sleutel(self) -> str:
        """What the content files call this person: "sanne"."""
        return self.held.mail if self.held else self.gebruiker.email


@dataclass
class Wie:
    organisaties: dict[str, Organisatie]
    mensen: list[Mens]

    def __post_init__(self):
        self.per_sleutel = {mens.sleutel: mens for mens in self.mensen}

    def __getitem__(self, sleutel: str) -> Mens:
        return self.per_sleutel[sleutel]


def bouw(rnd: Random, nu: datetime) -> Wie:
    organisaties = {lid.sleutel: _organisatie(lid) for lid in LEDEN}
    afdelingen = {
        (lid.sleutel, afdeling.naam): afdeling
        for lid in LEDEN
        for afdeling in _boom(lid, organisaties[lid.sleutel])
    }
    mensen = _helden() + _anderen(rnd)
    for mens in mensen:
        mens.gebruiker.organisatie = organisaties[mens.organisatie]
    # Hashing is slow on purpose: once for everyone.
    wachtwoord = make_password(WACHTWOORD)
    for mens in mensen:
        mens.gebruiker.password = wachtwoord
        mens.gebruiker.aangemeld_op = nu - timedelta(days=rnd.randint(420, 1500))
        mens.gebruiker.save()
    profielen = [_profiel(mens, afdelingen[mens.organisatie, mens.afdeling], rnd, nu) for mens in mensen]
    _afwezigen(mensen, profielen, rnd)
    Profiel.objects.bulk_create(profielen)
    bevestig_adressen(mens.gebruiker for mens in mensen)
    return Wie(organisaties, mensen)


# --- Organisations ------------------------------------------------------------------------------


def _organisatie(lid: Lid) -> Organisatie:
    deelname = Organisatie.Deelname.DEELNEMER if lid.is_deelnemer else Organisatie.Deelname.PARTNER
    organisatie = Organisatie.objects.create(naam=lid.naam, soort=lid.soort, deelname=deelname)
    OrganisatieDomein.objects.create(organisatie=organisatie, domein=lid.domein)
    return organisatie


def _boom(lid: Lid, organisatie: Organisatie) -> list[Afdeling]:
    uit: list[Afdeling] = []

    def plant(delen: tuple[Deel, ...], ouder: Afdeling | None) -> None:
        for deel in delen:
            afdeling = Afdeling.objects.create(organisatie=organisatie, ouder=ouder, naam=deel.naam)
            uit.append(afdeling)
            plant(deel.delen, afdeling)

    plant(lid.afdelingen, None)
    return uit


# --- People -------------------------------------------------------------------------------------


def _helden() -> list[Mens]:
    domein = {lid.sleutel: lid.domein for lid in LEDEN}
    return [
        Mens(
            Gebruiker(
                email=f"{held.mail}@{domein[held.organisatie]}",
                voornaam=held.voornaam,
                tussenvoegsel=held.tussenvoegsel,
                achternaam=held.achternaam,
                is_communitymanager=held.rol == "communitymanager",
                is_staff=held.rol == "administrator",
                is_superuser=held.rol == "administrator",
            ),
            held.organisatie,
            held.afdeling,
            held.functie,
            held,
        )
        for held in HELDEN
    ]


def _plekken(lid: Lid) -> list[tuple[Lid, str, str]]:
    """Every job in this organisation: (organisation, department, what it is called)."""

    def in_deel(deel: Deel):
        for nummer in range(deel.mensen):
            yield lid, deel.naam, deel.functies[nummer % len(deel.functies)]
        for onderdeel in deel.delen:
            yield from in_deel(onderdeel)

    return [plek for deel in lid.afdelingen for plek in in_deel(deel)]


def _anderen(rnd: Random) -> list[Mens]:
    plekken = [plek for lid in LEDEN for plek in _plekken(lid)]
    bezet = {Naam(held.voornaam, held.tussenvoegsel, held.achternaam).voor_mail for held in HELDEN}
    return [
        Mens(
            Gebruiker(
                email=f"{naam.voor_mail}@{lid.domein}",
                voornaam=naam.voornaam,
                tussenvoegsel=naam.tussenvoegsel,
                achternaam=naam.achternaam,
            ),
            lid.sleutel,
            afdeling,
            functie,
        )
        for (lid, afdeling, functie), naam in zip(plekken, namen(rnd, len(plekken), bezet), strict=True)
    ]


# --- Profiles -----------------------------------------------------------------------------------


def _zonder(*dagdelen: tuple[int, int]) -> int:
    uit = ALLE_DAGDELEN
    for dag, deel in dagdelen:
        uit &= ~dagdeel_bit(dag, deel)
    return uit


def _dag(dag: int) -> list[tuple[int, int]]:
    return [(dag, 0), (dag, 1)]


# How people here work: full time, four days, mornings, … with how often that is.
_ROOSTERS = (
    (34, ALLE_DAGDELEN),
    (14, _zonder(*_dag(2))),
    (16, _zonder(*_dag(4))),
    (8, _zonder(*_dag(0))),
    (8, _zonder((4, 1))),
    (8, _zonder((2, 1), (4, 1))),
    (6, _zonder(*_dag(2), *_dag(4))),
    (4, _zonder(*_dag(0), *_dag(1))),
    (2, _zonder(*[(dag, 1) for dag in range(5)])),
)
_FATIMA = _zonder((2, 1), (4, 1))


def _profiel(mens: Mens, afdeling: Afdeling, rnd: Random, nu: datetime) -> Profiel:
    held = mens.held
    lid = next(lid for lid in LEDEN if lid.sleutel == mens.organisatie)
    verdieping = rnd.choice(["begane grond", "1e verdieping", "2e verdieping", "3e verdieping"])
    rooster = rnd.choices([bits for _vaak, bits in _ROOSTERS], [vaak for vaak, _bits in _ROOSTERS])[0]
    nummer = f"{rnd.randint(0, 99):02d} {rnd.randint(0, 99):02d}"
    bevestigd = timezone.localtime(nu).date() - timedelta(days=int(700 * rnd.random() ** 2))
    heeft_mobiel, nooit_bevestigd = rnd.random() < 0.5, rnd.random() < 0.08
    if held:
        rooster = _FATIMA if held.mail == "fatima" else ALLE_DAGDELEN if held.waarom else rooster
        bevestigd = timezone.localtime(nu).date() - timedelta(days=19)
    return Profiel(
        gebruiker=mens.gebruiker,
        functie=mens.functie,
        afdeling=afdeling,
        # No number begins like this: whoever dials one reaches nobody.
        telefoon=f"0500 12 {nummer}",
        mobiel=f"06 0500 {nummer.replace(' ', '')}" if heeft_mobiel else "",
        locatie=(held.locatie if held else "")
        or (f"{lid.plek}, {verdieping}" if lid.is_deelnemer else lid.plek),
        dagdelen=rooster,
        vraag_mij_over=held.vraag_mij_over if held else "",
        bevestigd_op=None if nooit_bevestigd and not held else bevestigd,
    )


def _afwezigen(mensen: list[Mens], profielen: list[Profiel], rnd: Random) -> None:
    """One in sixteen is away now or soon, and says who takes over."""
    vandaag = timezone.localdate()
    collegas: dict[tuple[str, str], list[Mens]] = {}
    for mens in mensen:
        collegas.setdefault((mens.organisatie, mens.afdeling), []).append(mens)
    for mens, profiel in zip(mensen, profielen, strict=True):
        begint, duurt = rnd.randint(-9, 4), rnd.randint(2, 18)
        is_weg = rnd.random() < 1 / 16
        anderen = [ander for ander in collegas[mens.organisatie, mens.afdeling] if ander is not mens]
        vervanger = rnd.choice(anderen) if anderen else None
        if mens.held:
            is_weg = mens.held.mail in ("fatima", "jan-willem")
            begint, duurt = (1, 7) if mens.held.mail == "fatima" else (-3, 10)
            vervanger = next((ander for ander in mensen if ander.sleutel == "bram"), None)
        if is_weg:
            profiel.afwezig_van = vandaag + timedelta(days=begint)
            profiel.afwezig_tot = profiel.afwezig_van + timedelta(days=duurt)
            profiel.vervanger = vervanger.gebruiker if vervanger else None


def gesorteerd(mensen) -> list[Mens]:
    """By name, so that a choice by lot is the same every time."""
    return sorted(mensen, key=lambda mens: (vouw(mens.gebruiker.naam), mens.gebruiker.email))
