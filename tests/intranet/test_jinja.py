"""What a template of ours may use: faces, marks, states, forms."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.conf import settings
from django.template.loader import get_template
from django.test import RequestFactory
from django.utils import translation
from jinja2 import UndefinedError

from groepen.models import Groep
from intranet import jinja
from intranet.iconen import GROEPSICONEN
from profielen.models import Gebruiker

SPRITE = "/static/intranet/gebouwd/iconen.svg"


def sjabloon(bron):
    return get_template("_voet.html", using="jinja2").backend.env.from_string(bron)


def icoon(naam):
    return f'<svg class="bp-icoon" aria-hidden="true" focusable="false"><use href="{SPRITE}#i-{naam}"/></svg>'


def test_face_shows_initials_with_a_tint_that_stays():
    gebruiker = Gebruiker(pk=12, voornaam="Fatima", tussenvoegsel="el", achternaam="Idrissi")
    assert jinja.gezicht(gebruiker) == ('<span class="bp-gezicht bp-tint-5" aria-hidden="true">FI</span>')
    assert 'class="bp-gezicht bp-tint-5 bp-gezicht--klein"' in jinja.gezicht(gebruiker, "klein")


def test_face_of_someone_who_is_gone_has_no_letters():
    assert jinja.gezicht(None) == (
        f'<span class="bp-gezicht bp-gezicht--leeg" aria-hidden="true">{icoon("user")}</span>'
    )


def test_face_escapes_what_people_call_themselves():
    assert "<" not in jinja.gezicht(Gebruiker(pk=1, voornaam="<b>", achternaam="&"))[40:-7].replace(
        "&lt;", ""
    )


def test_face_shows_the_photo_only_when_it_came_along(anna, django_assert_num_queries):
    anna.profiel.foto = "gezichten/abcdef12.jpg"
    anna.profiel.save()
    zonder = Gebruiker.objects.get(pk=anna.pk)
    met = Gebruiker.objects.select_related("profiel").get(pk=anna.pk)
    with django_assert_num_queries(0):
        assert ">AL<" in jinja.gezicht(zonder)
        assert f'src="/mensen/{anna.pk}/foto/?v=abcdef12"' in jinja.gezicht(met)


def test_mark_of_a_groep_falls_back_on_an_icon_that_is_there():
    assert jinja.groepsmerk(Groep(icoon="building-store", tint=3), "groot") == (
        '<span class="bp-groepsmerk bp-tint-3 bp-groepsmerk--groot" aria-hidden="true">'
        f"{icoon('building-store')}</span>"
    )
    assert icoon(jinja.GROEP_ZONDER_ICOON) in jinja.groepsmerk(Groep(icoon="", tint=1))
    assert jinja.GROEP_ZONDER_ICOON in GROEPSICONEN


@pytest.mark.parametrize(
    ("stand", "soort", "woorden"),
    [
        ("open", "open", "Open"),
        ("opgepakt", "bezig", "Opgepakt"),
        ("meer_informatie", "let", "Meer informatie nodig"),
        ("opgelost", "goed", "Opgelost"),
        ("gesloten", "open", "Gesloten"),
    ],
)
def test_status_is_said_in_words(stand, soort, woorden):
    html = jinja.status(stand)
    assert f"bp-status--{soort}" in html
    assert html.endswith(f"{woorden}</span>")


def test_numbers_as_people_write_them():
    assert [jinja.getal(n) for n in (0, 999, 1017, 1234567)] == ["0", "999", "1.017", "1.234.567"]
    with translation.override("en"):
        assert jinja.getal(1017) == "1,017"


def test_query_changes_the_present_one():
    request = RequestFactory().get("/?filter=mijn&na=12")
    assert jinja.query(request, na=None, volgorde="nieuw") == "?filter=mijn&volgorde=nieuw"


def test_everything_is_escaped_but_rich_text():
    html = sjabloon("{{ x }}{{ x | tekst }}").render(x="<b>a</b>")
    assert html == "&lt;b&gt;a&lt;/b&gt;<b>a</b>"


def test_a_misspelt_name_fails_instead_of_showing_nothing():
    with pytest.raises(UndefinedError):
        sjabloon("{{ vraga.titel }}").render()


def test_only_one_place_marks_text_of_people_as_safe():
    """``|safe`` nowhere; ``mark_safe`` and ``Markup(x)`` of a variable only where the list below says why."""
    mag = {
        "intranet/jinja.py",  # tekst() itself, and icons and faces built from escaped parts
        "intranet/tijd.py",  # words of our own tables
        "intranet/meldingen/gebeurd.py",  # a sentence of the catalogue; what is filled in is escaped
        "intranet/templatetags/raam.py",  # carries finished HTML from one template language to the other
    }
    gevonden = set()
    for map_ in ("intranet", "groepen", "profielen", "kennisbank"):
        for pad in (settings.BASE_DIR / map_).rglob("*.py"):
            if re.search(r"mark_safe\(|\bMarkup\((?!['\"])|SafeString\(", pad.read_text()):
                gevonden.add(str(pad.relative_to(settings.BASE_DIR)))
    assert gevonden <= mag
    for pad in (settings.BASE_DIR / "templates").rglob("*.html"):
        assert not re.search(r"\|\s*safe\b|autoescape (off|false)", pad.read_text()), pad


class Formulier(forms.Form):
    titel = forms.CharField(
        label="Wat wil je weten?",
        help_text="Eén zin.",
        widget=forms.Textarea,
        error_messages={"required": "Schrijf hier je vraag."},
    )
    uitleg = forms.CharField(label="Vertel er iets bij", required=False, widget=forms.Textarea)
    naam = forms.CharField(label="Naam", widget=forms.TextInput(attrs={"class": "eigen"}))
    kanaal = forms.ChoiceField(
        label="Hoe kwam de vraag bij je?",
        choices=[("zelf", "Zelf"), ("balie", "Balie")],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies hoe de vraag kwam."},
    )
    groep = forms.ChoiceField(label="Groep", choices=[("a", "A")])
    akkoord = forms.BooleanField(label="Ik ken de spelregels", help_text="Ze staan bij Hulp.")
    sleutel = forms.CharField(widget=forms.HiddenInput, required=False)


def veld(naam, data=None, **kwargs):
    macros = get_template("_formulier.html", using="jinja2").template.module
    return re.sub(r">\s+<", "><", macros.veld(Formulier(data)[naam], **kwargs).strip())


def test_field_has_label_help_and_description():
    html = veld("titel", groot=True)
    assert '<label for="id_titel">Wat wil je weten?</label>' in html
    assert '<div class="bp-veld__hulp" id="id_titel_helptext">Eén zin.</div>' in html
    assert 'aria-describedby="id_titel_helptext"' in html
    assert "bp-veld__groot" in html
    assert "aria-invalid" not in html


def test_error_stands_beside_the_field_and_is_described():
    html = veld("titel", {})
    assert 'class="bp-veld bp-veld--fout"' in html
    assert f'<p class="bp-veld__fout" id="id_titel_error">{icoon("alert-circle")}' in html
    assert "<span>Schrijf hier je vraag.</span>" in html
    assert 'aria-describedby="id_titel_helptext id_titel_error"' in html
    assert 'aria-invalid="true"' in html


def test_field_that_may_stay_empty_says_so():
    assert "(mag leeg blijven)" in veld("uitleg")
    assert "(mag leeg blijven)" not in veld("uitleg", keuze=False)
    assert "(mag leeg blijven)" not in veld("titel")


def test_field_keeps_the_class_of_its_widget():
    assert 'class="eigen utrecht-textbox utrecht-textbox--html-input"' in veld("naam")


def test_choices_are_a_group_with_a_legend():
    html = veld("kanaal", {}, soort="kanalen")
    assert '<fieldset class="bp-veld bp-veld--fout" id="id_kanaal" tabindex="-1"' in html
    assert 'aria-describedby="id_kanaal_error"' in html
    assert "<legend>Hoe kwam de vraag bij je?</legend>" in html
    assert html.count('type="radio"') == 2


def test_checkbox_and_select_and_hidden_field():
    assert 'aria-describedby="id_akkoord_helptext"' in veld("akkoord")
    assert '<small id="id_akkoord_helptext">' in veld("akkoord")
    assert "bp-keuzelijst" in veld("groep")
    assert veld("sleutel") == '<input type="hidden" name="sleutel" id="id_sleutel">'


def test_summary_links_to_each_wrong_field():
    macros = get_template("_formulier.html", using="jinja2").template.module
    html = macros.foutensamenvatting(Formulier({"naam": "x"}), kop="Nog niet geplaatst")
    assert 'role="alert"' in html
    assert "<h2>Nog niet geplaatst</h2>" in html
    assert '<a class="nl-link" href="#id_titel">Schrijf hier je vraag.</a>' in html
    assert '<a class="nl-link" href="#id_kanaal">Kies hoe de vraag kwam.</a>' in html
    assert "#id_naam" not in html
    assert macros.foutensamenvatting(Formulier()).strip() == ""


def test_quiet_action_works_as_a_plain_form_and_with_htmx():
    macros = get_template("_knoppen.html", using="jinja2").template.module
    gewoon = macros.actie("/vragen/1/bedankje/", "[csrf]", "Bedankt", "heart", aantal=4, aan=False)
    assert '<form method="post" action="/vragen/1/bedankje/">[csrf]' in gewoon
    assert 'aria-pressed="false"' in gewoon
    assert '<span class="bp-tel">4</span>' in gewoon
    met = macros.actie("/vragen/1/volgen/", "", "Volgen", "f-bookmark", aan=True, doel="#acties-1")
    assert 'hx-post="/vragen/1/volgen/" hx-target="#acties-1" hx-swap="outerHTML"' in met
    assert "nl-button--pressed" in met


def test_address_is_remembered_until_the_settings_change(settings):
    eerst = jinja.url("account_login")
    settings.ROOT_URLCONF = "tests.intranet.raam_urls"
    assert jinja.url("account_login") == eerst
    assert jinja.url.cache_info().currsize == 1


def test_own_code_has_no_loose_template_of_the_frame():
    """There is one frame: nothing but the two frames writes an <html> of its own."""
    paden = {
        pad.name
        for pad in Path(settings.BASE_DIR / "templates").rglob("*.html")
        if "<html" in pad.read_text() and "mail" not in pad.parts
    }
    assert paden == {"raam.html", "raam_kaal.html"}


def test_environment_knows_only_what_the_docstring_lists():
    namen = SimpleNamespace(**get_template("_voet.html", using="jinja2").backend.env.globals)
    for naam in ("url", "static", "icoon", "gezicht", "groepsmerk", "tijd", "datum", "uur", "getal", "status",
                 "badge", "query", "raam", "_", "gettext", "ngettext", "pgettext", "npgettext"):  # fmt: skip
        assert callable(getattr(namen, naam))
        assert naam in (jinja.__doc__ or "")
