"""The field for rich text: a textarea that ``editor.js`` turns into django-prose-editor's Tiptap.

Use it in a form and show it with the macro of ``templates/_schrijfvak.html``::

    inhoud = RijkeTekstField(label=_("Jouw antwoord"))

    {% from "_schrijfvak.html" import schrijfvak, schrijfvak_hoofd with context %}
    {% block hoofd %}{{ schrijfvak_hoofd() }}{% endblock %}
    <form method="post" data-concept="{{ plek }}">… {{ schrijfvak(form.inhoud, plek=plek) }} …</form>

In Python the value is always HTML, also when it came from a bare textarea. Without JavaScript the textarea
shows plain text as long as that loses nothing (paragraphs, line ends, written-out addresses). A text with
more formatting shows its HTML, with a word about it: changing a typo there must not flatten a colleague's
table. Which of the two was sent stands in the hidden field ``<name>_opmaak``: "tekst" or "html".
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from intranet import text
from intranet.concepten.models import OPMAAK


class Schrijfvak(forms.Textarea):
    """A textarea for HTML, with the hidden field that says how to read what is in it."""

    def __init__(self, attrs: dict[str, Any] | None = None):
        super().__init__({"rows": 5, "autocomplete": "off", "data-editor": True, **(attrs or {})})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        waarde = super().value_from_datadict(data, files, name)
        if waarde and data.get(name + OPMAAK) == "tekst":
            return text.from_plain(waarde)
        return waarde

    def use_required_attribute(self, initial: Any) -> bool:
        # The browser cannot point at a textarea that is hidden behind the editor.
        return False

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        html = value or ""
        tekst = als_tekst(html)
        attrs = dict(attrs or {})
        if tekst is None:
            soort, zichtbaar = "html", html
        else:
            soort, zichtbaar = "tekst", tekst
            if html:
                attrs["data-html"] = html  # so that the editor need not guess what was a link
        return format_html(
            '{}<input type="hidden" name="{}" value="{}" autocomplete="off" data-opmaak>',
            super().render(name, zichtbaar, attrs, renderer),
            name + OPMAAK,
            soort,
        )


def als_tekst(html: str) -> str | None:
    """``html`` for a bare textarea, or None when plain text would lose formatting."""
    try:
        return text.to_plain(html)
    except text.TekstGeweigerd:
        return None


class RijkeTekstField(forms.CharField):
    """Rich text; cleans to HTML that may be stored and shown (``intranet.text.clean``).

    Text that says nothing (an empty paragraph) is empty: ``""``, or an error when ``required``.
    """

    widget = Schrijfvak
    default_error_messages = {"required": _("Schrijf eerst iets.")}

    def to_python(self, value: Any) -> str:
        try:
            html = text.clean(super().to_python(value) or "")
        except text.TekstGeweigerd as fout:
            code = "te_lang" if isinstance(fout, text.TekstTeLang) else "geweigerd"
            raise ValidationError(str(fout), code=code) from fout
        return "" if text.is_leeg(html) else html
