"""The demo: an invented partnership of municipalities, built by ``manage.py demo``.

``wie`` (people), ``waar`` (groups), ``wat`` (questions) and ``nasleep`` (thanks, votes, readers) build it in that
order, ``bouw`` calls them;
``omvang`` fills a database with bulk for measuring. Light to import: what needs models is imported late.
"""

from typing import Any

from .helden import HELDEN
from .organisaties import DOMEINEN, LEDEN

#: One password for everyone in the demo; the login refuses it where settings.DEMO_TOEGESTAAN is off.
WACHTWOORD = "welkom-op-het-plein"
# Whoever finds this account, finds a finished demo: everything is built in one transaction.
MERK = "beheer@zandmeer.example"


def is_demo(gebruiker) -> bool:
    """Whether this is an account of the demo or of the bulk. The domain .example belongs to nobody (RFC 2606)."""
    return gebruiker.email.endswith(".example")


def staat_er() -> bool:
    """Whether the demo is in this database."""
    from profielen.models import Gebruiker

    return Gebruiker.objects.filter(email=MERK).exists()


def helden() -> list[dict[str, str]]:
    """Who to log in as, in a handful of lines: naam, email and in Dutch why. Asks no database."""
    domein = {lid.sleutel: lid.domein for lid in LEDEN}
    return [
        {
            "naam": " ".join(deel for deel in (held.voornaam, held.tussenvoegsel, held.achternaam) if deel),
            "email": f"{held.mail}@{domein[held.organisatie]}",
            "wachtwoord": WACHTWOORD,
            "waarom": held.waarom,
        }
        for held in HELDEN
        if held.waarom
    ]


def toon() -> dict[str, Any]:
    """Everyone and every Groep of the demo, for scripts that log in: what ``manage.py demo --toon`` prints.

    People with a story come first. ``rol`` is medewerker, gast, communitymanager, redacteur or administrator.
    """
    from groepen.models import Groep, Lidmaatschap
    from profielen.models import Gebruiker

    volgorde = {f"{held.mail}@{domein}": plek for plek, held in enumerate(HELDEN) for domein in DOMEINEN}
    rollen = {f"{held.mail}@{domein}": held.rol for held in HELDEN for domein in DOMEINEN}
    wie = [
        gebruiker
        for gebruiker in Gebruiker.objects.select_related("organisatie").order_by("sorteernaam", "email")
        if gebruiker.email.rpartition("@")[2] in DOMEINEN
    ]
    wie.sort(key=lambda gebruiker: volgorde.get(gebruiker.email, len(volgorde)))
    groepen_van: dict[int, list[dict[str, str]]] = {gebruiker.pk: [] for gebruiker in wie}
    lidmaatschappen = Lidmaatschap.objects.filter(gebruiker__in=groepen_van).lopend().order_by("groep__slug")
    for wiens, slug, rol in lidmaatschappen.values_list("gebruiker", "groep__slug", "rol"):
        groepen_van[wiens].append({"slug": slug, "rol": rol})
    groepen = Groep.objects.filter(lidmaatschappen__gebruiker__in=groepen_van).distinct().order_by("slug")
    return {
        "wachtwoord": WACHTWOORD,
        "mensen": [
            {
                "email": gebruiker.email,
                "wachtwoord": WACHTWOORD,
                "naam": gebruiker.naam,
                "rol": rollen.get(gebruiker.email, "gast" if gebruiker.is_gast else "medewerker"),
                "organisatie": gebruiker.organisatie.naam if gebruiker.organisatie else "",
                "groepen": groepen_van[gebruiker.pk],
            }
            for gebruiker in wie
        ],
        "groepen": list(groepen.values("slug", "naam", "soort")),
    }
