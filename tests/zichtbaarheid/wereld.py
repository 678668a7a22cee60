"""The world of the matrix: ``plan`` made real, with a canary in every field that people fill."""

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from groepen.models import Groep, Lidmaatschap
from intranet.concepten.models import Concept
from intranet.meldingen.telefoon import apparaten
from intranet.zoeken.document import soorten
from intranet.zoeken.models import Synoniem
from intranet.zoeken.motor import motor
from kennisbank.models import Kennisartikel
from profielen.models import Afdeling, Deskundigheid, Gebruiker, Onderwerp, Organisatie

from .inhoud import vul
from .kanaries import Voliere
from .orakel import Orakel
from .plan import GROEPEN, MENSEN, ORGANISATIES

MET_FOTO = ("medewerker", "lid", "gast lid", "geblokkeerd", "duizendpoot", "schrijver verborgen_ander")
# Who wrote where some may read and others not.
SCHRIJVERS = {"duizendpoot", "verlopen gast", "vertrokken", "geblokkeerd"} | {
    f"{rol} {groep}" for rol in ("eigenaar", "gastschrijver") for groep in GROEPEN
}


@dataclass
class Ding:
    """Something with an address. ``args`` fill its URLs; ``wie`` wrote it."""

    soort: str
    groep: str | None
    args: tuple[Any, ...]
    wie: str | None = None
    ook: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.soort} {self.args[-1] if self.args else ''} in {self.groep}"


class Wereld:
    """Everything that was made, and the oracle that knows whose it is."""

    def __init__(self) -> None:
        self.vogels = Voliere()
        self.orakel = Orakel()
        self.organisaties: dict[str, Organisatie] = {}
        self.mensen: dict[str, Gebruiker] = {}
        self.groepen: dict[str, Groep] = {}
        self.dingen: list[Ding] = []
        # Thread number -> Groep, to judge a link by.
        self.thread_in: dict[int, str] = {}
        self.onderwerp = Onderwerp.objects.create(naam="Onderwerp van de matrix")

    def ding(self, soort: str, groep: str | None, *args, wie: str | None = None, **ook) -> Ding:
        self.dingen.append(Ding(soort, groep, args, wie, ook))
        return self.dingen[-1]

    def van(self, soort: str) -> list[Ding]:
        return [ding for ding in self.dingen if ding.soort == soort]

    @contextmanager
    def zoals_gebouwd(self):
        """Whatever is done to these objects inside is forgotten, as the database forgets its rows."""
        objecten = [*self.organisaties.values(), *self.mensen.values(), *self.groepen.values()]
        toen = [(ding, ding.__dict__.copy()) for ding in objecten]
        try:
            yield
        finally:
            for ding, velden in toen:
                ding.__dict__.clear()
                ding.__dict__.update(velden)
                # What hangs below it is fetched anew.
                ding._state.fields_cache.clear()

    def plaatje(self, teken: str) -> ContentFile:
        """A real image that carries its canary behind the last pixel."""
        beeld = BytesIO()
        Image.new("RGB", (1280, 8), "teal").save(beeld, "PNG")
        return ContentFile(beeld.getvalue() + teken.encode(), f"{teken}.png")


def bouw() -> Wereld:
    w = Wereld()
    _organisaties(w)
    _mensen(w)
    for naam in GROEPEN:
        _groep(w, naam)
    for naam in GROEPEN:
        vul(w, naam)
    _bron(w)
    _aanbevolen(w)
    _laat_gaan(w)
    _kladjes(w)
    _vindbaar(w)
    return w


def _vindbaar(w: Wereld) -> None:
    """All of it in the index, as the worker would have done."""
    for soort in soorten():
        motor().schrijf(soort.maak(soort.alle(0, 10**6)))
    synoniem = Synoniem.voeg_toe(w.mensen["communitymanager"], "apv, algemene plaatselijke verordening")
    w.ding("synoniem", None, synoniem.pk)


def _organisaties(w: Wereld) -> None:
    for naam, deelname in ORGANISATIES.items():
        teken = w.vogels.nieuw("organisatie", f"organisatie {naam}", wie=naam)
        w.organisaties[naam] = Organisatie.objects.create(naam=f"{teken} {naam}", deelname=deelname)
        teken = w.vogels.nieuw("afdeling", f"afdeling van {naam}", wie=naam)
        Afdeling.objects.create(organisatie=w.organisaties[naam], naam=f"{teken} afdeling")


def _veld_van(w: Wereld, wie: str, soort: str, veld: str) -> str:
    return w.vogels.nieuw(soort, f"{veld} van {wie}", wie=wie)


def _mensen(w: Wereld) -> None:
    for wie, mens in MENSEN.items():
        nieuw = partial(_veld_van, w, wie)
        # Whoever went to work elsewhere began here.
        waar = "eigen" if mens.was_lid_van else mens.organisatie
        organisatie = w.organisaties[waar] if waar else None
        gebruiker = Gebruiker.objects.create_user(
            f"{nieuw('adres', 'e-mail')}@matrix.example",
            voornaam=nieuw("naam", "voornaam"),
            achternaam=nieuw("naam", "achternaam"),
            organisatie=organisatie,
            is_superuser=mens.is_superuser,
            is_staff=mens.is_superuser,
            is_communitymanager=mens.is_manager,
        )
        profiel = gebruiker.profiel
        profiel.functie = nieuw("regel", "functie")
        profiel.telefoon = nieuw("profiel", "telefoon")
        profiel.mobiel = nieuw("profiel", "mobiel")
        profiel.locatie = nieuw("profiel", "locatie")
        profiel.vraag_mij_over = nieuw("profiel", "vraag mij over")
        profiel.afdeling = organisatie.afdelingen.first() if organisatie else None
        if wie in MET_FOTO:
            profiel.foto.save("foto.jpg", w.plaatje(nieuw("profiel", "foto")), save=False)
        profiel.save()
        Deskundigheid.objects.create(profiel=profiel, onderwerp=w.onderwerp)
        w.mensen[wie] = gebruiker
        w.ding("mens", None, gebruiker.pk, wie=wie)
        if wie in MET_FOTO:
            w.ding("gezicht", None, gebruiker.pk, wie=wie)
        if wie in SCHRIJVERS:
            w.ding("schrijver", None, gebruiker.pk, wie=wie)
    # Replaced by someone whom not everybody sees.
    profiel = w.mensen["duizendpoot"].profiel
    profiel.afwezig_van, profiel.vervanger = timezone.localdate() - timedelta(days=1), w.mensen["medewerker"]
    profiel.save()


def _groep(w: Wereld, naam: str) -> None:
    plek = GROEPEN[naam]

    def nieuw(veld: str, **rest) -> str:
        return w.vogels.nieuw("kaart", f"{veld} van {naam}", groep=naam, **rest)

    eigenaar = w.mensen[f"eigenaar {naam}"]
    groep = Groep.start(
        eigenaar,
        naam=f"Toen {nieuw('oude naam', stil=True)}",
        soort=plek.soort,
        organisaties=[w.organisaties[o] for o in plek.organisaties],
        onderwerpen=[w.onderwerp],
        doel=nieuw("doel"),
        hoort_wel=nieuw("wat hier hoort"),
        hoort_niet=nieuw("wat hier niet hoort"),
        # Everything that waits is beyond it.
        norm_werkdagen=1,
    )
    oude_slug = groep.slug
    groep.wijzig(eigenaar, naam=f"Nu {nieuw('naam')}")
    w.groepen[naam] = groep
    for wie, mens in MENSEN.items():
        if naam in mens.rollen and wie != f"eigenaar {naam}":
            groep.voeg_toe(w.mensen[wie], mens.rollen[naam], door=eigenaar)
        elif naam in mens.was_lid_van:
            groep.voeg_toe(w.mensen[wie], door=eigenaar)
    schrijver = w.mensen[f"schrijver {naam}"]
    w.ding("groep", naam, groep.slug)
    w.ding("groep_toen", naam, oude_slug)
    w.ding("lid", naam, groep.slug, schrijver.pk)
    if plek.soort == "besloten":
        klopper = "klopper" if plek.organisaties[0] == "eigen" else "klopper elders"
        teken = w.vogels.nieuw("beheer", f"motivatie voor {naam}", groep=naam, wie=klopper)
        verzoek = groep.vraag_toegang(w.mensen[klopper], f"{teken} graag")
        w.orakel.kloppers[naam].add(klopper)
        w.ding("verzoek", naam, groep.slug, verzoek.pk, wie=klopper)
    teken = w.vogels.nieuw("beheer", f"uitgenodigd adres voor {naam}", groep=naam)
    _nodig_uit(w, naam, f"{teken}@buiten.example", None)
    if naam == "verborgen":
        _nodig_uit(w, naam, w.mensen["gast zonder"].email, "gast zonder")


def _nodig_uit(w: Wereld, naam: str, email: str, wie: str | None) -> None:
    groep = w.groepen[naam]
    uitnodiging = groep.nodig_uit(email, "lid", w.mensen[f"eigenaar {naam}"])
    w.vogels.sleutel(uitnodiging.sleutel, "nooit", f"sleutel van uitnodiging voor {naam}", groep=naam)
    w.ding("uitnodiging", naam, uitnodiging.sleutel, wie=wie, email=email)
    w.ding("uitnodiging_nummer", naam, groep.slug, uitnodiging.pk)
    if wie is not None:
        w.orakel.genodigd[naam].add(wie)


def _aanbevolen(w: Wereld) -> None:
    """By colleagues whom few readers of that Profiel may know."""
    for groep in GROEPEN:
        door = w.mensen[f"gastschrijver {groep}"]
        Deskundigheid.beveel_aan(w.mensen["duizendpoot"].profiel, w.onderwerp, door)


def _bron(w: Wereld) -> None:
    """An article in the open Groep about a question in the hidden one, which few of its readers may know."""
    van = {ding.groep: ding.args[0] for ding in w.van("vraag")}
    artikel = next(ding for ding in w.van("artikel") if ding.groep == "open")
    Kennisartikel.objects.filter(pk=artikel.args[0]).update(bron=van["verborgen"])


def _laat_gaan(w: Wereld) -> None:
    """They all wrote, and then lost what they could see."""
    voorbij = timezone.now() - timedelta(hours=1)
    for wie, mens in MENSEN.items():
        gebruiker = w.mensen[wie]
        if mens.was_lid_van:
            gebruiker.wissel_organisatie(w.organisaties[mens.organisatie])
        if mens.is_verlopen:
            Lidmaatschap.objects.filter(gebruiker=gebruiker).update(eindigt_op=voorbij)
        if not mens.is_actief:
            gebruiker.blokkeer() if wie == "geblokkeerd" else gebruiker.beeindig()
    for naam, plek in GROEPEN.items():
        if plek.is_gesloten:
            w.groepen[naam].sluit(w.mensen[f"eigenaar {naam}"])
        w.groepen[naam].refresh_from_db()


def _kladjes(w: Wereld) -> None:
    """Everyone is writing something, and has a phone; which is nobody else's."""
    w.ding("pictogram", None, "vol", 192)
    for wie, mens in MENSEN.items():
        if mens.is_actief:
            naam = w.vogels.nieuw("eigen", f"telefoon van {wie}", wie=wie)
            velden = {"adres": f"https://push.example/{wie}", "p256dh": "", "auth": ""}
            apparaat = apparaten.meld_aan(w.mensen[wie], f"sessie van {wie}"[:40], velden, naam)
            w.ding("apparaat", None, apparaat.pk, wie=wie)
            teken = w.vogels.nieuw("eigen", f"concept van {wie}", wie=wie)
            Concept.bewaar(
                w.mensen[wie], "stel:nieuw", {"titel": f"{teken} titel", "inhoud": f"<p>{teken}</p>"}
            )
