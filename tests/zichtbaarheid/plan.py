"""Who is who in the world of the matrix, as plain data: what the oracle reasons about. No models in here."""

from dataclasses import dataclass, field

ORGANISATIES = {"eigen": "deelnemer", "elders": "deelnemer", "partner": "partner"}


@dataclass(frozen=True)
class Plek:
    """A Groep as the oracle knows it."""

    soort: str
    organisaties: tuple[str, ...] = ("eigen",)
    is_gesloten: bool = False


# The first three have the onlookers among their leden; their twins ("_ander") and those of elsewhere do not.
GROEPEN = {
    "open": Plek("open"),
    "besloten": Plek("besloten"),
    "verborgen": Plek("verborgen"),
    "open_gesloten": Plek("open", is_gesloten=True),
    "open_ander": Plek("open"),
    "besloten_ander": Plek("besloten"),
    "verborgen_ander": Plek("verborgen"),
    "open_samen": Plek("open", ("eigen", "elders")),
    "open_elders": Plek("open", ("elders",)),
    "besloten_elders": Plek("besloten", ("elders",)),
    "verborgen_elders": Plek("verborgen", ("elders",)),
}
MET_KIJKERS = ("open", "besloten", "verborgen", "open_gesloten")


@dataclass(frozen=True)
class Mens:
    """Someone: ``rollen`` by Groep; ``verlopen`` when all those Lidmaatschappen have ended by date."""

    organisatie: str | None
    rollen: dict[str, str] = field(default_factory=dict)
    is_actief: bool = True
    is_verlopen: bool = False
    is_superuser: bool = False
    is_manager: bool = False
    # Worked here and was lid of these and wrote there, until they went to work elsewhere.
    was_lid_van: tuple[str, ...] = ()


def overal(rol: str) -> dict[str, str]:
    return dict.fromkeys(MET_KIJKERS, rol)


# Everyone who looks. None is someone who is not logged in.
KIJKERS: dict[str, Mens | None] = {
    "anoniem": None,
    "geblokkeerd": Mens("eigen", overal("lid"), is_actief=False),
    "beeindigd": Mens("eigen", overal("beheerder"), is_actief=False),
    "medewerker": Mens("eigen"),
    "medewerker elders": Mens("elders"),
    "waarnemer": Mens("eigen", overal("waarnemer")),
    "lid": Mens("eigen", overal("lid")),
    "beheerder": Mens("eigen", overal("beheerder")),
    "eigenaar": Mens("eigen", overal("eigenaar")),
    "gast lid": Mens("partner", overal("lid")),
    "gast waarnemer": Mens("partner", overal("waarnemer")),
    "gast beheerder": Mens("partner", overal("beheerder")),
    "gast elders": Mens("partner", {"besloten_elders": "lid"}),
    "gast zonder": Mens("partner"),
    "superuser zonder": Mens("partner", is_superuser=True),
    "superuser eigen": Mens("eigen", is_superuser=True),
    "communitymanager": Mens("eigen", is_manager=True),
    "communitymanager elders": Mens("elders", is_manager=True),
    "medewerker elders, lid": Mens("elders", overal("lid")),
    "verlopen gast": Mens("partner", overal("lid"), is_verlopen=True),
    "verlopen eigenaar": Mens("eigen", overal("eigenaar"), is_verlopen=True),
    "vertrokken": Mens("elders", was_lid_van=MET_KIJKERS),
    "zonder organisatie": Mens(None),
    "zonder organisatie, lid": Mens(None, overal("lid")),
}

# For whom the matrix runs again on another database: each stage of the truth table for each soort of Groep
# (test_lezen.py holds that), and what databases themselves see differently: an end by date, an empty column.
# What a page shows of what the rule let through, and to whom else, is the same on every one.
OP_ELKE_DATABASE = (
    "medewerker",
    "waarnemer",
    "beheerder",
    "eigenaar",
    "verlopen gast",
    "zonder organisatie, lid",
)

# Those who fill the Groepen.
SPELERS: dict[str, Mens] = {
    # Writes in every Groep there is: whose numbers a reader could count hidden rows by.
    "duizendpoot": Mens("eigen", dict.fromkeys(GROEPEN, "lid")),
    # Known to nobody who only sees the card of the Groep that they look after.
    "gastbeheerder": Mens("partner", {"besloten_ander": "beheerder", "verborgen_ander": "beheerder"}),
    "klopper": Mens("eigen"),
    "klopper elders": Mens("elders"),
}
for _groep, _plek in GROEPEN.items():
    SPELERS[f"eigenaar {_groep}"] = Mens(_plek.organisaties[0], {_groep: "eigenaar"})
    SPELERS[f"schrijver {_groep}"] = Mens(_plek.organisaties[0], {_groep: "lid"})
    SPELERS[f"gastschrijver {_groep}"] = Mens("partner", {_groep: "lid"})

MENSEN: dict[str, Mens] = {naam: mens for naam, mens in (KIJKERS | SPELERS).items() if mens is not None}
