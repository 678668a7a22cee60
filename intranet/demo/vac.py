"""The questions of rijksoverheid.nl (CC0 1.0) as colleagues would ask and answer them.

An inhabitant asks at the desk or on the telephone, somebody asks the group, a colleague answers with the text
of the national government and says where it comes from. See LEESMIJ.md for the licence.
"""

import json
import re
from collections.abc import Iterator
from datetime import date
from html import escape
from pathlib import Path
from random import Random
from typing import Any

from intranet.tijd import datum

BRON = Path(__file__).parent / "vac_rijksoverheid.jsonl"

# Where a question belongs: the first row of which the words stand in its title or subjects.
_GROEPEN = (
    ("omgevingswet", "omgevingswet"),
    ("rijksmedewerker|medewerker van de rijksoverheid|vacatures|overheidspersoneel", "personeel-hr"),
    ("onderwijsinstellingen", "onderwijs-leerplicht"),
    ("zorginstellingen|verpleeghuis", "wmo-jeugd"),
    ("gezichtsbedekkende", "handhaving-boa"),
    ("toeristenbelasting", "belastingen"),
    ("aanbesteding", "inkoop-aanbesteding"),
    ("politieke partij|europees parlement", "raad-griffie"),
    ("stemmen|verkiezingen|volmacht", "verkiezingen"),
    ("statushouder|nederland kom wonen", "inburgering"),
    ("aivd|inlichtingen", "juridische-zaken"),
    ("wetsvoorstel|wetten|wetgeving", "juridische-zaken"),
    ("talen|nedersaksisch", "duidelijke-taal"),
    ("skimmen|ondernemer|mijn bedrijf|fraude met een kopie|herken ik", "informatiebeveiliging"),
    ("mijn werkplek", "nieuwe-collega"),
    (
        "delen van mijn gegevens|aan anderen doorgeven|gegevens.*brp|gegevens in de basis|bankrekening",
        "privacy-avg",
    ),
    (
        "digid|european login|digitaal|inlogmiddelen|klok|woning kopen|bijna 18|ombudsman|klacht|gedrag",
        "kcc-telefoon",
    ),
    ("", "burgerzaken-balie"),
)
_KANALEN = ("telefoon", "telefoon", "balie", "mail", "web")
_INLEIDING = {
    "telefoon": (
        "Een inwoner belde hierover en ik wil het in één keer goed zeggen.",
        "Deze vraag kreeg ik vanochtend twee keer aan de telefoon. Wat vertel ik?",
        "Ik heb beloofd om terug te bellen. Weet iemand het precies?",
        "De beller had het zelf opgezocht en kwam er niet uit. Ik eerlijk gezegd ook niet.",
    ),
    "balie": (
        "Dit werd net aan de balie gevraagd. Ik heb het nummer van de inwoner genoteerd.",
        "Er staat iemand voor me die dit wil weten, en ik wil niet gokken.",
        "Aan de balie krijg ik dit steeds vaker. Hebben we er een vast antwoord op?",
    ),
    "mail": (
        "Deze vraag kwam binnen per mail. Ik zoek een antwoord dat ik zo kan doorsturen.",
        "Een inwoner mailt dit. Wie heeft hier een goede tekst voor?",
    ),
    "web": (
        "Via het contactformulier komt deze vraag. Op onze eigen site kan ik er niets over vinden.",
        "Deze vraag staat bij de zoekopdrachten op onze website die niets opleveren.",
    ),
}
_OPMERKINGEN = (
    "Dank je wel, dit kan ik zo voorlezen.",
    "Top, de inwoner is geholpen.",
    "Fijn dat de bron erbij staat.",
    "Precies wat ik zocht. Ik heb het doorgestuurd.",
    "Duidelijk. Zullen we dit ook op onze eigen site zetten?",
)


def lees() -> list[dict[str, Any]]:
    return [json.loads(regel) for regel in BRON.read_text().splitlines() if regel]


def vragen(rnd: Random) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every question with the slug of its group, in the shape of the content files."""
    for vac in lees():
        kanaal = rnd.choice(_KANALEN)
        antwoord = {
            "inhoud": antwoord_van(vac),
            "uren_later": rnd.choice([1, 2, 3, 5, 20, 26]),
            "oplossing": True,
            "bedankt": int(9 * rnd.random() ** 2),
            "reactie": [{"inhoud": rnd.choice(_OPMERKINGEN)}] if rnd.random() < 0.3 else [],
        }
        yield (
            groep_van(vac),
            {
                "titel": vac["title"],
                "kanaal": kanaal,
                "dagen_geleden": 20 + int(380 * rnd.random()),
                "status": "opgelost",
                "onderwerpen": [],
                "inhoud": f"<p>{rnd.choice(_INLEIDING[kanaal])}</p>",
                "ook_mijn": int(8 * rnd.random() ** 2),
                "gecontroleerd": rnd.random() < 0.25,
                "antwoord": [antwoord],
            },
        )


def groep_van(vac: dict[str, Any]) -> str:
    """The slug of the group where this question belongs."""
    for tekst in (vac["title"], " ".join(vac["subjects"])):
        for woorden, slug in _GROEPEN[:-1]:
            if re.search(woorden, tekst, re.IGNORECASE):
                return slug
    return _GROEPEN[-1][1]


# --- Their flat text, readable again ------------------------------------------------------------

# How a sentence begins that tells something: no heading.
_GEEN_KOP = {
    *("Dit", "Dat", "Hier", "Deze", "De", "Het", "Een", "U", "Je", "Zij", "Er"),
    *("Bijvoorbeeld", "Of", "En", "Dan", "Ook", "Sommige", "Zonder"),
}
_ZIN = re.compile(r"(?<=[.?!])\s+(?=[A-Z0-9‘'\"(])")


def antwoord_van(vac: dict[str, Any]) -> str:
    """The answer as HTML: headings, paragraphs and lists as far as the text shows them, and the source."""
    _weekdag, _spatie, dag = datum(date.fromisoformat(vac["lastmodified"][:10])).partition(" ")
    link = f'<a href="{escape(vac["url"])}">rijksoverheid.nl, {escape(vac["title"], quote=False)}</a>'
    return f"{_opmaak(vac['body'])}<p>Bron: {link}, bijgewerkt op {dag} (CC0 1.0, vrij te gebruiken).</p>"


def _opmaak(tekst: str) -> str:
    tekst = re.sub(r"\s+([.,;:?])", r"\1", tekst)  # " ." where a link stood
    tekst = re.sub(r"\.(\s*\.)+", ".", tekst)
    zinnen = _ZIN.split(tekst.strip())
    uit: list[str] = []
    alinea: list[str] = []

    def sluit() -> None:
        if alinea:
            uit.append(f"<p>{escape(' '.join(alinea), quote=False)}</p>")
            alinea.clear()

    for plek, zin in enumerate(zinnen):
        volgende = zinnen[plek + 1] if plek + 1 < len(zinnen) else ""
        na_kop = bool(uit) and not alinea and uit[-1].startswith("<h3>")
        if plek and _is_kop(zin, volgende) and (zin.endswith("?.") or not na_kop):
            sluit()
            uit.append(f"<h3>{escape(re.sub(r'(?<=[?])[.]$|[.]$', '', zin), quote=False)}</h3>")
        elif zin.count(";") >= 1 and ": " in zin:
            begin, _punt, rest = zin.partition(": ")
            alinea.append(f"{begin}:")
            sluit()
            punten = (punt.strip().removesuffix(".") for punt in rest.split(";"))
            uit.append(
                "<ul>" + "".join(f"<li>{escape(punt, quote=False)}</li>" for punt in punten if punt) + "</ul>"
            )
        else:
            alinea.append(zin)
            if len(alinea) == 4:
                sluit()
    sluit()
    return "".join(uit)


def _is_kop(zin: str, volgende: str) -> bool:
    """A short sentence whose words come back in the next one was a heading before the text went flat."""
    if zin.endswith("?."):
        return True
    woorden = zin.rstrip(".").split()
    if not volgende or not 2 <= len(woorden) <= 8 or not zin.endswith(".") or "," in zin:
        return False
    if woorden[0] in _GEEN_KOP or {"is", "zijn", "kunt", "hiervoor"} & set(woorden):
        return False
    inhoud = [woord.lower()[:6] for woord in woorden if len(woord) >= 5]
    return any(woord in volgende.lower() for woord in inhoud)
