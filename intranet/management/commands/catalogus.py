"""The English catalogue without gettext on the machine: extract, compile and check with Babel."""

import io
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext, ngettext, npgettext, override, pgettext
from django.utils.translation.template import templatize

CATALOGUS = Path("intranet/locale/en/LC_MESSAGES/django.po")
APPS = ("intranet", "groepen", "kennisbank", "profielen")
TREFWOORDEN: dict = {
    **dict.fromkeys(("_", "_t", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
JINJA = {
    "extensions": "jinja2.ext.i18n,jinja2.ext.do,jinja2.ext.loopcontrols",
    "trim_blocks": "true",
    "lstrip_blocks": "true",
    "newstyle_gettext": "true",
    "silent": "false",
}
OP_NAAM = re.compile(r"%\(\w+\)[a-z]|\{\w+(?::[^{}]*)?\}")
OP_PLEK = re.compile(r"%0?\d*[sd]|\{\}")
OPMAAK = re.compile(r"</?[a-z][^<>]*>")


def extract_django(fileobj, keywords, comment_tags, options) -> Iterator:
    """Babel method for Django's own template language, by way of Django's ``templatize``."""
    bron = templatize(fileobj.read().decode())
    # What is left of the page is rows of X, whose indentation Python's tokenizer would trip over.
    bron = "\n".join(regel.lstrip() for regel in bron.split("\n"))
    return extract_python(io.BytesIO(bron.encode()), keywords, comment_tags, {"encoding": "utf-8"})


def bronnen(wortel: Path) -> Iterator[tuple[Path, str | Callable, dict]]:
    """Every file with texts of ours, with the method that reads it."""
    for app in APPS:
        for pad in sorted((wortel / app).rglob("*.py")):
            if "migrations" not in pad.parts:
                yield pad, "python", {}
        for pad in sorted((wortel / app).glob("**/templates/**/*.html")):
            yield pad, extract_django, {}
    django = wortel / "templates" / "django"
    for pad in sorted((wortel / "templates").rglob("*")):
        if pad.suffix in (".html", ".txt"):
            yield (pad, extract_django, {}) if django in pad.parents else (pad, "jinja2", JINJA)


def trek(wortel: Path) -> Catalog:
    """All texts of ours, without English."""
    catalogus = Catalog(locale="en", domain="django", fuzzy=False)
    for pad, methode, opties in bronnen(wortel):
        with pad.open("rb") as bestand:
            try:
                for nummer, tekst, _, context in extract(methode, bestand, TREFWOORDEN, (), opties):
                    catalogus.add(
                        tekst, None, [(pad.relative_to(wortel).as_posix(), nummer)], context=context
                    )
            except Exception as fout:
                raise CommandError(f"{pad.relative_to(wortel)}: {fout}") from fout
    return catalogus


def lees(pad: Path) -> Catalog:
    if not pad.exists():
        return Catalog(locale="en", domain="django", fuzzy=False)
    with pad.open("rb") as bestand:
        return read_po(bestand, locale="en", domain="django", abort_invalid=True)


def schrijf(catalogus: Catalog) -> bytes:
    """The file as it stands in the repository: no dates, no line numbers, nothing that changes by itself."""
    catalogus.header_comment = (
        "# English texts of Binnenplein. `make vertaal` keeps this file; fill in msgstr."
    )
    catalogus.project, catalogus.version = "Binnenplein", ""
    catalogus.creation_date = catalogus.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    catalogus.msgid_bugs_address = catalogus.last_translator = catalogus.language_team = ""
    catalogus.obsolete.clear()
    for bericht in catalogus:
        if bericht.id:
            bericht.locations = sorted({(pad, 0) for pad, _ in bericht.locations})
            bericht.auto_comments = []
            bericht.previous_id = []
    doel = io.BytesIO()
    write_po(doel, catalogus, width=100, sort_output=True, include_lineno=False, ignore_obsolete=True)
    return re.sub(rb'"Generated-By: .*\n', b"", doel.getvalue())


def bijgewerkt(wortel: Path) -> Catalog:
    """The catalogue on file, brought up to date with the texts in the sources."""
    catalogus = lees(wortel / CATALOGUS)
    catalogus.update(trek(wortel), no_fuzzy_matching=True)
    return catalogus


def vormen(tekst) -> tuple[str, ...]:
    """Singular and plural, or the one form there is."""
    return tuple(tekst) if isinstance(tekst, tuple | list) else (tekst or "",)


def gebreken(bericht: Message) -> Iterator[str]:
    """What is wrong with the English of one text."""
    if bericht.fuzzy:
        yield "onzeker (fuzzy)"
    nederlands = vormen(bericht.id)
    engels = vormen(bericht.string)
    if len(engels) != len(nederlands) or not all(engels):
        yield "geen Engelse tekst"
        return
    for van, naar in zip(nederlands, engels, strict=True):
        # By name a word may move; what fills in by place ("%s van %d") must keep its order too.
        namen, plekken, opmaak = (patroon.findall(van) for patroon in (OP_NAAM, OP_PLEK, OPMAAK))
        if set(OP_NAAM.findall(naar)) != set(namen) or OP_PLEK.findall(naar) != plekken:
            yield f"andere invulplekken dan {', '.join(sorted({*namen, *plekken})) or 'geen'}"
        if sorted(OPMAAK.findall(naar)) != sorted(opmaak):
            yield f"andere opmaak dan {' '.join(opmaak) or 'geen'}"


def nederlands_van_een_ander(bericht: Message) -> str | None:
    """The Dutch that Django, Wagtail or allauth makes of a text of ours; None when they leave it alone."""
    with override("nl"):
        if isinstance(bericht.id, tuple | list):
            een, meer = bericht.id
            paren = [
                (
                    vorm,
                    npgettext(bericht.context, een, meer, aantal)
                    if bericht.context
                    else ngettext(een, meer, aantal),
                )
                for vorm, aantal in ((een, 1), (meer, 2))
            ]
        else:
            tekst = bericht.id
            paren = [(tekst, pgettext(bericht.context, tekst) if bericht.context else gettext(tekst))]
    return next((wordt for was, wordt in paren if was != wordt), None)


class Command(BaseCommand):
    """``manage.py catalogus --trek | --maak | --controleer``."""

    help = "De Engelse vertaling: teksten verzamelen, klaarzetten of nakijken (zonder gettext)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        wat = parser.add_mutually_exclusive_group(required=True)
        wat.add_argument(
            "--trek", action="store_true", help="verzamelt de teksten uit code en sjablonen in django.po"
        )
        wat.add_argument("--maak", action="store_true", help="maakt django.mo, waar het programma uit leest")
        wat.add_argument(
            "--controleer", action="store_true", help="faalt als er Engels ontbreekt of iets niet klopt"
        )

    def handle(self, *args, **opties):
        wortel = Path(settings.BASE_DIR)
        pad = wortel / CATALOGUS
        if opties["trek"]:
            catalogus = bijgewerkt(wortel)
            pad.parent.mkdir(parents=True, exist_ok=True)
            pad.write_bytes(schrijf(catalogus))
            leeg = sum(1 for bericht in catalogus if bericht.id and list(gebreken(bericht)))
            self.stdout.write(f"{CATALOGUS}: {len(catalogus)} teksten, waarvan {leeg} nog te vertalen")
        elif opties["maak"]:
            with pad.with_suffix(".mo").open("wb") as doel:
                write_mo(doel, lees(pad))
        else:
            self._controleer(wortel, pad)

    def _controleer(self, wortel: Path, pad: Path) -> None:
        catalogus = lees(pad)
        fouten = [
            f"{bericht.id!r}: {gebrek}" for bericht in catalogus if bericht.id for gebrek in gebreken(bericht)
        ]
        nieuw = bijgewerkt(wortel)
        fouten += [
            f"{bericht.id!r}: een ander onderdeel maakt er {ander!r} van; gebruik pgettext"
            for bericht in nieuw
            if bericht.id and (ander := nederlands_van_een_ander(bericht)) is not None
        ]
        if not pad.exists() or schrijf(nieuw) != pad.read_bytes():
            fouten.append(f"{CATALOGUS} loopt achter op de teksten in de code: draai make vertaal")
        if fouten:
            raise CommandError("\n".join(fouten))
        self.stdout.write(f"{len(catalogus)} teksten, alle vertaald")
