"""A village made by lot: people, Groepen and what they wrote, to hold search against the rule by brute force.

Bigger and less tidy than the world of the matrix. Beside the rows it gives a plan (``MENSEN``, ``GROEPEN``,
``ORGANISATIES``), which the truth table of ``tests.zichtbaarheid.orakel`` can reason about.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from random import Random

from django.utils import timezone

from groepen.models import Antwoord, Groep, Lidmaatschap, Thread, Vraag
from kennisbank.models import GroepKennisbank, Kennisartikel
from profielen.models import Gebruiker, Onderwerp, Organisatie, Profiel
from tests.zichtbaarheid.plan import Mens, Plek

ROLLEN = ("eigenaar", "beheerder", "lid", "lid", "lid", "waarnemer")
# Words that hold no other word, so that who has them is no matter of language. The first stands everywhere.
OVERAL = "kwartel"
WOORDEN = ("wielewaal", "boomklever", "grutto", "tureluur", "zwaluw", "fuut", "kievit", "roodborst")
ORGANISATIES = {
    "Noord": "deelnemer",
    "Zuid": "deelnemer",
    "West": "deelnemer",
    "Van Elk": "partner",
    # Took part until last year; its Groepen and people are still there.
    "Oost": "partner",
}


@dataclass
class Dorp:
    """The plan by name, and for each document what it is about."""

    mensen: dict[str, Mens] = field(default_factory=dict)
    groepen: dict[str, Plek] = field(default_factory=dict)
    # Kind -> number -> name of the Groep (vraag, artikel, groep), of the person (mens), or nothing.
    van: dict[str, dict[int, str]] = field(default_factory=dict)
    # Document -> the bird in it, and the code that stands in no other.
    vogel: dict[str, str] = field(default_factory=dict)
    code: dict[str, str] = field(default_factory=dict)
    pk_van: dict[str, int] = field(default_factory=dict)
    organisatie_pk: dict[str, int] = field(default_factory=dict)


class Bouwer:
    def __init__(self, mensen: int, groepen: int, vragen: int, zaad: int):
        self.rnd, self.dorp = Random(zaad), Dorp()
        self.aantal_mensen, self.aantal_groepen, self.aantal_vragen = mensen, groepen, vragen
        self.nu = timezone.now()
        self.nummer = count(1)

    def vogel(self, id: str) -> str:
        return self.dorp.vogel.setdefault(id, self.rnd.choice(WOORDEN))

    def code(self, id: str) -> str:
        return self.dorp.code.setdefault(id, f"kq{len(self.dorp.code):04d}x")

    def bouw(self) -> Dorp:
        self.organisaties = {
            naam: Organisatie.objects.create(naam=naam, deelname=deelname)
            for naam, deelname in ORGANISATIES.items()
        }
        self.dorp.organisatie_pk = {naam: organisatie.pk for naam, organisatie in self.organisaties.items()}
        self.onderwerpen = [Onderwerp.objects.create(naam=f"Onderwerp {nummer}") for nummer in range(10)]
        for onderwerp in self.onderwerpen:
            onderwerp.naam = f"{OVERAL} {self.code(f'onderwerp:{onderwerp.pk}')}"
            onderwerp.save()
        self.dorp.van["onderwerp"] = {onderwerp.pk: "" for onderwerp in self.onderwerpen}
        self.maak_groepen()
        self.maak_mensen()
        self.maak_vragen()
        self.maak_artikelen()
        return self.dorp

    def maak_groepen(self) -> None:
        self.groepen, van = {}, {}
        for nummer in range(self.aantal_groepen):
            plek = Plek(
                soort=self.rnd.choice(("open", "besloten", "verborgen")),
                organisaties=tuple(self.rnd.sample(list(ORGANISATIES), self.rnd.choice((1, 1, 1, 2, 3)))),
                is_gesloten=self.rnd.random() < 0.1,
            )
            naam = f"groep {nummer}"
            groep = Groep.objects.create(
                naam=f"{OVERAL} {naam}", soort=plek.soort, gesloten_op=self.nu if plek.is_gesloten else None
            )
            groep.organisaties.set([self.organisaties[een] for een in plek.organisaties])
            id = f"groep:{groep.pk}"
            Groep.objects.filter(pk=groep.pk).update(doel=f"{self.vogel(id)} {self.code(id)}")
            self.groepen[naam], self.dorp.groepen[naam] = groep, plek
            van[groep.pk] = naam
        self.dorp.van["groep"] = van

    def maak_mensen(self) -> None:
        lidmaatschappen, van = [], {}
        for nummer in range(self.aantal_mensen):
            organisatie = self.rnd.choice([*ORGANISATIES, None])
            is_verlopen = self.rnd.random() < 0.1
            plekken = self.rnd.sample(list(self.groepen), self.rnd.choice((0, 1, 2, 5, 12)))
            mens = Mens(
                organisatie=organisatie,
                rollen={plek: self.rnd.choice(ROLLEN) for plek in plekken},
                is_actief=self.rnd.random() > 0.08,
                is_verlopen=is_verlopen,
                is_superuser=self.rnd.random() < 0.05,
                is_manager=self.rnd.random() < 0.05,
            )
            naam = f"mens {nummer}"
            gebruiker = Gebruiker.objects.create(
                email=f"mens{nummer}@dorp.example",
                voornaam=OVERAL,
                achternaam=f"Nummer{nummer}",
                organisatie=self.organisaties[organisatie] if organisatie else None,
                is_active=mens.is_actief,
                is_superuser=mens.is_superuser,
                is_communitymanager=mens.is_manager,
            )
            id = f"mens:{gebruiker.pk}"
            Profiel.objects.create(gebruiker=gebruiker, functie=f"{self.vogel(id)} {self.code(id)}")
            straks, voorbij = self.nu + timedelta(days=2), self.nu - timedelta(minutes=1)
            for plek, rol in mens.rollen.items():
                einde = voorbij if is_verlopen else self.rnd.choice((None, None, straks))
                lidmaatschappen.append((plek, gebruiker, rol, einde))
            # Ended long ago, in Groepen that the plan knows nothing of.
            toen = set(self.rnd.sample(list(self.groepen), 2)) - set(plekken)
            lidmaatschappen += [(plek, gebruiker, "eigenaar", voorbij) for plek in sorted(toen)]
            self.dorp.mensen[naam], self.dorp.pk_van[naam] = mens, gebruiker.pk
            van[gebruiker.pk] = naam
        Lidmaatschap.objects.bulk_create(
            Lidmaatschap(groep=self.groepen[plek], gebruiker=gebruiker, rol=rol, eindigt_op=einde)
            for plek, gebruiker, rol, einde in lidmaatschappen
        )
        self.dorp.van["mens"] = van

    def maak_vragen(self) -> None:
        mensen, van = list(self.dorp.pk_van.values()), {}
        for naam, groep in self.groepen.items():
            for _keer in range(self.aantal_vragen):
                weg = self.rnd.random() < 0.1
                thread = Thread.objects.create(
                    groep=groep,
                    soort="vraag",
                    titel=f"{OVERAL} {next(self.nummer)}",
                    steller_id=self.rnd.choice(mensen),
                    verwijderd_op=self.nu if weg else None,
                    laatst_actief_op=self.nu - timedelta(days=self.rnd.randrange(900)),
                )
                vraag = Vraag.objects.create(thread=thread, status=self.rnd.choice(("open", "opgelost")))
                id = f"vraag:{thread.pk}"
                Antwoord.objects.create(
                    vraag=vraag,
                    schrijver_id=self.rnd.choice(mensen),
                    inhoud=f"<p>{self.vogel(id)} {self.code(id)}</p>",
                )
                if not weg:
                    van[thread.pk] = naam
        self.dorp.van["vraag"] = van

    def maak_artikelen(self) -> None:
        van = {}
        for naam, groep in list(self.groepen.items())[::3]:
            artikel = Kennisartikel(
                title=f"{OVERAL} artikel {next(self.nummer)}",
                owner_id=self.rnd.choice(list(self.dorp.pk_van.values())),
                live=False,
            )
            GroepKennisbank.open_voor(groep).add_child(instance=artikel)
            artikel.save_revision().publish()
            artikel.refresh_from_db()
            id = f"artikel:{artikel.thread_id}"
            woorden = f"{self.vogel(id)} {self.code(id)}"
            Kennisartikel.objects.filter(pk=artikel.pk).update(samenvatting=woorden)
            van[artikel.thread_id] = naam
        self.dorp.van["artikel"] = van


def bouw(mensen: int = 180, groepen: int = 45, vragen: int = 9, zaad: int = 4) -> Dorp:
    return Bouwer(mensen, groepen, vragen, zaad).bouw()
