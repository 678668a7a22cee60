"""The catalogue command, on a small house of its own."""

import ast
import gettext
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from django.core.management import CommandError, call_command

from intranet.management.commands.catalogus import APPS, CATALOGUS, TREFWOORDEN, gebreken

CODE = """
from django.utils.translation import gettext as _, ngettext, pgettext_lazy
een = _("Stel een vraag")
twee = ngettext("%(aantal)d antwoord", "%(aantal)d antwoorden", 3)
drie = pgettext_lazy("kruimelpad", "Home")
"""
JINJA = """
<h1>{{ _("Welkom %(naam)s", naam=naam) }}</h1>
{% do x.append(1) %}{% trans %}Nog niets te doen.{% endtrans %}
{{ pgettext("knop", "Volgen") }}
"""
DJANGO = """{% load i18n %}
    {% if a %}
  {% translate "Uitloggen" %}
 {% blocktranslate trimmed with naam=n %}
   Dag {{ naam }},
   tot straks
 {% endblocktranslate %}{% endif %}
"""


@pytest.fixture
def huis(tmp_path, settings):
    settings.BASE_DIR = tmp_path
    for pad, inhoud in {
        "groepen/views/vragen.py": CODE,
        "groepen/migrations/0001_initial.py": "_('Niet van ons')",
        "templates/groepen/vraag.html": JINJA,
        "templates/django/account/logout.html": DJANGO,
    }.items():
        plek = tmp_path / pad
        plek.parent.mkdir(parents=True, exist_ok=True)
        plek.write_text(inhoud)
    return tmp_path


@pytest.fixture
def vertaald(huis):
    """The house with complete English."""
    call_command("catalogus", "--trek")
    po = huis / CATALOGUS
    for nederlands, engels in {
        'msgid "Stel een vraag"\nmsgstr ""': 'msgid "Stel een vraag"\nmsgstr "Ask a question"',
        'msgid "Home"\nmsgstr ""': 'msgid "Home"\nmsgstr "Home"',
        'msgid "Nog niets te doen."\nmsgstr ""': 'msgid "Nog niets te doen."\nmsgstr "Nothing to do yet."',
        'msgid "Volgen"\nmsgstr ""': 'msgid "Volgen"\nmsgstr "Follow"',
        'msgid "Uitloggen"\nmsgstr ""': 'msgid "Uitloggen"\nmsgstr "Log out"',
        'msgid "Welkom %(naam)s"\nmsgstr ""': 'msgid "Welkom %(naam)s"\nmsgstr "Welcome %(naam)s"',
        'tot straks"\nmsgstr ""': 'tot straks"\nmsgstr "Bye %(naam)s, see you"',
        'msgstr[0] ""\nmsgstr[1] ""': 'msgstr[0] "%(aantal)d answer"\nmsgstr[1] "%(aantal)d answers"',
    }.items():
        tekst = po.read_text()
        assert nederlands in tekst
        po.write_text(tekst.replace(nederlands, engels))
    call_command("catalogus", "--trek")  # our hand-made edits in the file's own shape
    return huis


def fout():
    with pytest.raises(CommandError) as mis:
        call_command("catalogus", "--controleer")
    return str(mis.value)


def test_finds_texts_in_python_jinja_and_django(huis, capsys):
    call_command("catalogus", "--trek")
    po = (huis / CATALOGUS).read_text()
    for tekst in (
        "Stel een vraag",
        "%(aantal)d antwoorden",
        "Welkom %(naam)s",
        "Nog niets te doen.",
        "Uitloggen",
    ):
        assert f'"{tekst}"' in po
    assert 'msgctxt "kruimelpad"\nmsgid "Home"' in po
    assert 'msgctxt "knop"\nmsgid "Volgen"' in po
    assert "Dag %(naam)s, tot straks" in po
    assert "Niet van ons" not in po
    assert "8 teksten, waarvan 8 nog te vertalen" in capsys.readouterr().out


def test_extracting_again_changes_nothing(vertaald):
    eerst = (vertaald / CATALOGUS).read_bytes()
    call_command("catalogus", "--trek")
    assert (vertaald / CATALOGUS).read_bytes() == eerst


def test_a_complete_catalogue_passes_and_compiles(vertaald):
    call_command("catalogus", "--controleer")
    call_command("catalogus", "--maak")
    with (vertaald / CATALOGUS).with_suffix(".mo").open("rb") as bestand:
        engels = gettext.GNUTranslations(bestand)
    assert engels.gettext("Stel een vraag") == "Ask a question"
    assert engels.ngettext("%(aantal)d antwoord", "%(aantal)d antwoorden", 2) == "%(aantal)d answers"
    assert engels.pgettext("knop", "Volgen") == "Follow"


@pytest.mark.parametrize(
    ("oud", "nieuw", "melding"),
    [
        ('msgstr "Ask a question"', 'msgstr ""', "geen Engelse tekst"),
        ('msgstr[1] "%(aantal)d answers"', 'msgstr[1] ""', "geen Engelse tekst"),
        ('msgid "Stel een vraag"', '#, fuzzy\nmsgid "Stel een vraag"', "fuzzy"),
        ('msgstr "Welcome %(naam)s"', 'msgstr "Welcome %(name)s"', "andere invulplekken"),
    ],
)
def test_what_is_wrong_in_the_file_is_named(vertaald, oud, nieuw, melding):
    po = vertaald / CATALOGUS
    assert oud in po.read_text()
    po.write_text(po.read_text().replace(oud, nieuw))
    assert melding in fout()


@pytest.mark.parametrize(
    ("nederlands", "engels", "melding"),
    [
        ("Neem <strong>%(naam)s</strong> over.", "Copy <strong>%(naam)s</strong>.", []),
        ("Neem <strong>%(naam)s</strong> over.", "Copy %(naam)s.", ["andere opmaak dan <strong> </strong>"]),
        ("%(van)s gaf dit aan %(naar)s", "%(naar)s got this from %(van)s", []),
        ("%s %d %s, %d.%02d uur", "%s %d %s, %d:%02d", []),
        ("%s %d, %02d uur", "%d %s, %02d", ["andere invulplekken dan %02d, %d, %s"]),
        ("{uur}.{minuut:02d} uur", "{uur}:{minuut:02d}", []),
        ("{uur}.{minuut:02d} uur", "{uur}:{minuut}", ["andere invulplekken dan {minuut:02d}, {uur}"]),
        ("{} is weg", "It is gone", ["andere invulplekken dan {}"]),
        (("%d dag", "%d dagen"), ("one day", "%d days"), ["andere invulplekken dan %d"]),
        (("Je groep", "Al je %(num)s groepen"), ("Your group", "All your %(num)s groups"), []),
    ],
)
def test_what_is_filled_in_and_marked_up_stays_the_same_in_each_form(nederlands, engels, melding):
    assert list(gebreken(Message(nederlands, engels))) == melding


def test_a_text_that_was_never_extracted_is_named(vertaald):
    (vertaald / "groepen" / "nieuw.py").write_text("_('Gloednieuwe tekst')")
    assert "make vertaal" in fout()


def test_a_word_that_another_part_turns_into_other_dutch_is_named(vertaald):
    """Without its context our "Log in" would show as Django's "Inloggen"."""
    (vertaald / "groepen" / "nieuw.py").write_text("_('Log in')")
    assert "'Log in': een ander onderdeel maakt er 'Inloggen' van; gebruik pgettext" in fout()


def test_a_broken_template_is_named(huis):
    (huis / "templates" / "groepen" / "stuk.html").write_text("{% trans %}geen einde")
    with pytest.raises(CommandError, match=r"templates/groepen/stuk\.html"):
        call_command("catalogus", "--trek")


def test_every_name_under_which_a_module_calls_gettext_is_read():
    """A text behind a name that is not read stays Dutch, and the catalogue still looks complete."""
    wortel = Path(__file__).resolve().parents[2]
    namen = set()
    for app in APPS:
        for pad in (wortel / app).rglob("*.py"):
            boom = ast.parse(pad.read_text())
            for knoop in ast.walk(boom):
                if isinstance(knoop, ast.ImportFrom) and knoop.module == "django.utils.translation":
                    namen |= {n.asname or n.name for n in knoop.names if "gettext" in n.name}
    assert "_t" in namen
    assert namen <= set(TREFWOORDEN)
