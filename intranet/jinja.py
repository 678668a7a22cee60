"""The Jinja2 environment of our own pages: what every template may use without asking.

Views render with ``django.shortcuts.render(request, "groepen/vraag.html", context)``. A page is::

    {% extends "raam.html" %}
    {% set titel = vraag.titel %}              {# goes into <title> #}
    {% set pagina = "vraag" %}                 {# body class bp-pagina--vraag #}
    {% set actief = "vragen" %}                {# start vragen groepen kennisbank mensen; else by address #}
    {% block inhoud %}…{% endblock %}          {# inside <main class="bp-inhoud"> #}
    {% block zijkant %}<aside class="bp-zijkant" aria-label="…">…</aside>{% endblock %}
    {% block hoofd %}…{% endblock %}           {# extra <link>/<script> in <head> #}

``{% set inhoud_klasse = "bp-inhoud--filters" %}`` adds a class to ``<main>``. ``raam_kaal.html`` is the
bare frame (login, errors) with the same blocks ``inhoud`` and ``hoofd``. The frame keeps two names for
itself: ``het_raam`` and ``raam_plek``. The HTML of each thing is that of
``bron/*.html`` in the design: same classes, same order.

Everywhere, as globals (plain functions, fast; HTML comes back as ``Markup``):

=============================================  =========================================================
``url("groepen:vraag", vraag.pk)``             address by URL name, remembered
``static("intranet/plein.js")``                address of a static file, remembered
``icoon("heart")``                             ``<svg class="bp-icoon">``; a Tabler name, ``f-`` for filled
``gezicht(gebruiker, maat="")``                round face; maat ``klein`` or ``groot``; never queries
``groepsmerk(groep, maat="")``                 square of a Groep; maat ``groot`` or ``reus``
``tijd(moment)``                               ``<time>`` with "35 minuten geleden", exact in the title
``datum(dag)``                                 "vrijdag 20 november 2026"; vorm ``kort`` or ``dag``
``uur(moment)``                                "14.51 uur"
``getal(1017)``                                "1.017"
``status(vraag.status)``                       badge: open opgepakt meer_informatie opgelost gesloten
``badge("let", "hourglass", "Wacht 2 dagen")`` badge of the kinds open bezig let laat goed
``query(request, filter="mijn", na=None)``     "?…": the present query with changes; None takes away
``raam(request)``                              what the frame shows (``intranet.raam``)
``_ gettext ngettext pgettext npgettext``      Dutch msgids; ``_("Hallo %(naam)s", naam=x)``
``csrf_input``                                 the hidden field, in every ``<form method="post">``
=============================================  =========================================================

Filters: ``tekst|tekst`` — HTML that ``intranet.text.clean`` sanitised on write, inside
``<div class="bp-tekst">``. It is the only place that marks text as safe (a test holds it).

Macros, to import where needed (``icoon_naam`` is optional everywhere):

``{% from "_formulier.html" import veld, foutensamenvatting, verborgen, knop %}``
    ``foutensamenvatting(form, kop="", uitleg="")``  errors on top, linked to their fields; else nothing
    ``veld(form.titel, hulp="", keuze=true, groot=false, kort=false, soort="", attrs={})``  label, hulp,
    error and input of any Django field. "(mag leeg blijven)" comes by itself unless ``keuze=false``;
    ``groot`` is the large title (a textarea); ``soort="kanalen"`` sets radios in a row of buttons
    ``verborgen(form)``  its hidden fields · around it: ``<form class="bp-vlak bp-formulier" novalidate>``,
    at the foot ``<div class="bp-formulier__voet">``
    ``knop("Plaats antwoord", soort="primary", icoon_naam="", naam="", waarde="", breed=false,
    klein=false, verborgen_bij="")``  submit button: primary, secondary, subtle or gevaar
``{% from "_staten.html" import leeg, meldvak, kruimel, paginakop %}``
    ``{% call leeg("Stel hier de eerste vraag", teken="", huizen=true, niveau=2) %}<p>…</p>{% endcall %}``
    ``{% call meldvak("let", "clock", kop="", rol="", binnen=false) %}<p>…</p>{% endcall %}``  kinds fout
    let goed rustig "" · ``kruimel([(adres, naam), …], groep=none)`` · ``paginakop(titel, uitleg="")``,
    with ``{% call %}`` for a button on the right
``{% from "_knoppen.html" import linkknop, actie %}``
    ``linkknop(adres, "Stel een vraag", soort="primary", icoon_naam="plus", klein=false, bij="")``
    ``actie(adres, csrf_input, "Bedankt", "heart", aantal=4, aan=false, doel="", id="", bij="", velden={})``
    a quiet action in ``<div class="bp-acties">``: a POST form of its own; with ``doel="#acties-12"`` htmx
    replaces that element by the answer (check ``request.htmx``), without JavaScript it is a plain POST
``{% include "_huizen.html" %}``  the row of houses

What the page may ask of ``plein.js`` (no page needs a script of its own for it): ``data-verzend`` on a form
submits it when a choice changes; ``data-sluit`` closes the toast around it; ``data-dialoog="id"`` opens a
``<dialog>``; ``data-kopieer="adres"`` copies; ``.bp-met-js`` shows only with JavaScript, ``.bp-zonder-js``
only without. Messages of ``django.contrib.messages``: success is a toast, warning and error a notice on top.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import jinja2
from django.conf import settings
from django.core.signals import setting_changed
from django.template.backends import jinja2 as van_django
from django.templatetags.static import static as django_static
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from markupsafe import Markup

from intranet.tijd import datum, tijd, uur

# The status of a Vraag -> kind of badge, icon, words.
STATUSSEN = {
    "open": ("open", "message-circle", _("Open")),
    "opgepakt": ("bezig", "user-check", _("Opgepakt")),
    "meer_informatie": ("let", "help-circle", _("Meer informatie nodig")),
    "opgelost": ("goed", "f-circle-check", _("Opgelost")),
    "gesloten": ("open", "archive", _("Gesloten")),
}
GROEP_ZONDER_ICOON = "users-group"
TINTEN = 8


@lru_cache(maxsize=8192)
def url(naam: str, *args: Any, **kwargs: Any) -> str:
    """Address of a named URL. Remembered: ``reverse`` costs 15 µs and a list asks it 75 times."""
    return reverse(naam, args=args, kwargs=kwargs)


@lru_cache(maxsize=1024)
def static(pad: str) -> str:
    """Address of a static file, with the hash of its contents in production."""
    return django_static(pad)


@lru_cache(maxsize=1024)
def icoon(naam: str) -> Markup:
    """One icon of the sprite. It says nothing to a screen reader: words stand beside it."""
    sprite = static("intranet/gebouwd/iconen.svg")
    return Markup(
        '<svg class="bp-icoon" aria-hidden="true" focusable="false"><use href="{}#i-{}"/></svg>'
    ).format(sprite, naam)


def _vergeet(**kwargs: Any) -> None:
    for onthouden in (url, static, icoon, _letters, _foto, _merk, _badge, _vast, _zin, _hele_zin, _meervoud):
        onthouden.cache_clear()


# Tests swap ROOT_URLCONF and the static storage.
setting_changed.connect(_vergeet, dispatch_uid="intranet.jinja")


def gezicht(gebruiker: Any, maat: str = "") -> Markup:
    """The round face of a Gebruiker: the photo when the Profiel is loaded and has one, else initials.

    Never queries: a list that wants photos loads ``profiel`` along (``select_related``).
    ``None`` (the person is gone) gives a face without letters.
    """
    if gebruiker is None:
        return _letters(0, "", maat)
    profiel = gebruiker._state.fields_cache.get("profiel")
    if profiel is not None and profiel.foto and (adres := _foto_adres(gebruiker.pk, profiel.foto.name)):
        return _foto(adres, maat)
    return _letters(gebruiker.pk % TINTEN + 1, gebruiker.initialen, maat)


@lru_cache(maxsize=4096)
def _letters(tint: int, initialen: str, maat: str) -> Markup:
    klasse = f"bp-tint-{tint}" if tint else "bp-gezicht--leeg"
    return Markup('<span class="bp-gezicht {}{}" aria-hidden="true">{}</span>').format(
        klasse, f" bp-gezicht--{maat}" if maat else "", initialen or icoon("user")
    )


@lru_cache(maxsize=4096)
def _foto(adres: str, maat: str) -> Markup:
    return Markup('<img class="bp-gezicht{}" src="{}" alt="" width="40" height="40" loading="lazy">').format(
        f" bp-gezicht--{maat}" if maat else "", adres
    )


def _foto_adres(pk: int, bestand: str) -> str:
    try:
        # The file name is new with each upload, so that a browser never shows yesterday's photo.
        return f"{url('profielen:foto', pk)}?v={bestand[-12:-4]}"
    except NoReverseMatch:
        return ""


def groepsmerk(groep: Any, maat: str = "") -> Markup:
    """The tinted square with the icon of a Groep."""
    return _merk(groep.icoon or GROEP_ZONDER_ICOON, groep.tint, maat)


@lru_cache(maxsize=2048)
def _merk(icoon_naam: str, tint: int, maat: str) -> Markup:
    return Markup('<span class="bp-groepsmerk bp-tint-{}{}" aria-hidden="true">{}</span>').format(
        tint, f" bp-groepsmerk--{maat}" if maat else "", icoon(icoon_naam)
    )


def badge(soort: str, icoon_naam: str, woorden: Any) -> Markup:
    """A state as words with an icon. ``soort``: open, bezig, let, laat or goed."""
    return _badge(soort, icoon_naam, str(woorden))


@lru_cache(maxsize=1024)
def _badge(soort: str, icoon_naam: str, woorden: str) -> Markup:
    return Markup('<span class="nl-data-badge bp-status bp-status--{}">{}{}</span>').format(
        soort, icoon(icoon_naam), woorden
    )


def status(stand: str) -> Markup:
    """The badge of a Vraag's status."""
    return badge(*STATUSSEN[stand])


def getal(n: int) -> str:
    """A number as people write it: 1.017, in English 1,017."""
    if -1000 < n < 1000:
        return str(n)
    woord = f"{n:,}"
    return woord if translation.get_language() == "en" else woord.replace(",", ".")


def query(request: Any, **veranderingen: Any) -> str:
    """The present query string with changes, as "?…"; a value of None takes a key away."""
    params = request.GET.copy()
    for sleutel, waarde in veranderingen.items():
        if waarde is None:
            params.pop(sleutel, None)
        else:
            params[sleutel] = waarde
    return f"?{params.urlencode()}"


def tekst(html: str | None) -> Markup:
    """Rich text that people wrote, as stored: ``intranet.text.clean`` sanitised it on write.

    The only place in the house that marks text of people as safe. Names in it become links when the page is
    whole (``Sjabloon``).
    """
    return Markup(html or "")  # noqa: S704


class Sjabloon(van_django.Template):
    """A template that draws who and what is named in texts, once for the whole page: one statement."""

    def render(self, context: Any = None, request: Any = None) -> Any:
        html = super().render(context, request)
        # In a page this stands only where ``tekst`` put it: everything else that people typed is escaped.
        if '<span data-mention="' not in html:
            return html
        from intranet.meldingen.tekenen import met_namen  # as in _raam

        return met_namen(html, getattr(request, "user", None))


class Sjablonen(van_django.Jinja2):
    """Django's Jinja2 with our ``Sjabloon``: the back end that ``settings.TEMPLATES`` names."""

    def from_string(self, template_code: str) -> Any:
        return Sjabloon(super().from_string(template_code).template, self)

    def get_template(self, template_name: str) -> Any:
        return Sjabloon(super().get_template(template_name).template, self)


# --- Words in the language of the reader ---------------------------------------------------------
# A page asks some 75 of them. Django looks up the language for each, and Jinja makes each into Markup anew.


def _taal(context: Any) -> str:
    """The language of this rendering, looked up once."""
    try:
        return context.taal  # type: ignore[no-any-return]
    except AttributeError:
        context.taal = translation.get_language() or ""
        return context.taal  # type: ignore[no-any-return]


@lru_cache(maxsize=4096)
def _zin(taal: str, woorden: str) -> Markup:
    return Markup(translation.gettext(woorden))  # noqa: S704  what the catalogue says is ours


@lru_cache(maxsize=4096)
def _hele_zin(taal: str, woorden: str) -> Markup:
    return _zin(taal, woorden) % {}


@lru_cache(maxsize=4096)
def _meervoud(taal: str, een: str, meer: str, aantal: int) -> Markup:
    return Markup(translation.ngettext(een, meer, aantal))  # noqa: S704  what the catalogue says is ours


@jinja2.pass_context
def _gettext(context: Any, woorden: str, /, **waarden: Any) -> str:
    if not context.eval_ctx.autoescape:  # the plain half of a letter
        return str(_zin(_taal(context), woorden)) % waarden
    if not waarden:
        return _hele_zin(_taal(context), woorden)
    return _zin(_taal(context), woorden) % waarden


@jinja2.pass_context
def _ngettext(context: Any, een: str, meer: str, aantal: int, /, **waarden: Any) -> str:
    zin = _meervoud(_taal(context), een, meer, aantal)
    waarden = {"num": aantal, **waarden}
    return zin % waarden if context.eval_ctx.autoescape else str(zin) % waarden


def _raam(request: Any) -> Any:
    # Late: the frame knows groepen, and groepen may be loading when this module is.
    from intranet.raam import raam

    return raam(request)


@lru_cache(maxsize=1024)
def _vast(env: jinja2.Environment, sjabloon: str, taal: str, plek: str) -> Markup:
    return Markup(env.get_template(sjabloon).render(het_raam=_raam(None), raam_plek=plek))  # noqa: S704


def environment(**options: Any) -> jinja2.Environment:
    """The environment that ``settings.TEMPLATES`` names."""
    if settings.DEBUG or settings.TESTING:
        # A misspelt name fails on the developer's machine, not silently on the page.
        options["undefined"] = jinja2.StrictUndefined
    env = jinja2.Environment(**options)  # noqa: S701  Django's backend asks for autoescape
    functies: tuple[Callable[..., Any], ...] = (
        url, static, icoon, gezicht, groepsmerk, tijd, datum, uur, getal, status, badge, query,
    )  # fmt: skip

    def vast(sjabloon: str, plek: str = "") -> Markup:
        """A piece of the frame that is the same for everyone: rendered once per language and place."""
        maak = _vast.__wrapped__ if settings.DEBUG else _vast
        return maak(env, sjabloon, translation.get_language() or "", plek)

    env.globals.update({functie.__name__: functie for functie in functies}, raam=_raam, vast=vast)
    env.filters["tekst"] = tekst
    env.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    if not settings.DEBUG:
        env.globals.update(_=_gettext, gettext=_gettext, ngettext=_ngettext)
    return env
