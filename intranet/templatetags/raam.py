"""Our frame and our icons for the templates of allauth, Wagtail and Django (built in: no ``{% load %}``).

``{% raam kaal=True pagina="inloggen" %}…{% endraam %}`` renders its body and hands it to the same Jinja2
frame as every other page, so that there is one frame. Inside it ``{% deel "titel" %}…{% enddeel %}`` sends
a part elsewhere: titel, hoofd (in <head>), onder (below the box of the bare frame), staart (end of <body>).
"""

from typing import Any

from django import template
from django.conf import settings
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from intranet import jinja
from intranet.tijd import tijd as tijd_html

register = template.Library()
DELEN = "_raam_delen"
# The order matters: Edge also calls itself Chrome, and Chrome calls itself Safari.
BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"),
    ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
SYSTEMEN = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "ChromeOS"),
    ("Windows", "Windows"), ("Macintosh", "Mac"), ("Linux", "Linux"),
)  # fmt: skip
# What a page may tell the frame; `kaal` chooses which one.
INSTELLINGEN = ("kaal", "titel", "pagina", "actief", "inhoud_klasse")


class RaamNode(template.Node):
    child_nodelists = ("nodelist",)

    def __init__(self, nodelist: template.NodeList, instellingen: dict[str, Any]):
        self.nodelist = nodelist
        self.instellingen = instellingen

    def render(self, context: template.Context) -> str:
        delen: dict[str, Any] = {"hoofd": "", "onder": "", "staart": "", "kaal": False}
        delen.update((naam, waarde.resolve(context)) for naam, waarde in self.instellingen.items())
        with context.push(**{DELEN: delen}):
            delen["inhoud"] = self.nodelist.render(context)
        return get_template("raam_django.html", using="jinja2").render(delen, context.get("request"))


class DeelNode(template.Node):
    child_nodelists = ("nodelist",)

    def __init__(self, nodelist: template.NodeList, naam: template.base.FilterExpression):
        self.nodelist = nodelist
        self.naam = naam

    def render(self, context: template.Context) -> str:
        context[DELEN][self.naam.resolve(context)] = mark_safe(self.nodelist.render(context).strip())
        return ""


@register.tag("raam")
def do_raam(parser: template.base.Parser, token: template.base.Token) -> RaamNode:
    instellingen = template.base.token_kwargs(token.split_contents()[1:], parser)
    vreemd = set(instellingen) - set(INSTELLINGEN)
    if vreemd:
        raise template.TemplateSyntaxError(f"raam kent geen {', '.join(sorted(vreemd))}")
    nodelist = parser.parse(("endraam",))
    parser.delete_first_token()
    return RaamNode(nodelist, instellingen)


@register.tag("deel")
def do_deel(parser: template.base.Parser, token: template.base.Token) -> DeelNode:
    _tag, naam = token.split_contents()
    nodelist = parser.parse(("enddeel",))
    parser.delete_first_token()
    return DeelNode(nodelist, parser.compile_filter(naam))


@register.simple_tag
def icoon(naam: str) -> SafeString:
    """One icon of the sprite, as in Jinja2."""
    return mark_safe(jinja.icoon(naam))


@register.simple_tag
def huizen() -> SafeString:
    """The row of houses."""
    return mark_safe(get_template("_huizen.html", using="jinja2").render({}))


@register.filter
def tijd(moment: Any) -> SafeString:
    """``<time>`` with how long ago, as in Jinja2; nothing for no moment."""
    return mark_safe(tijd_html(moment) if moment else "")


@register.simple_tag
def site() -> dict[str, str]:
    """Name, subtitle and address of this Binnenplein, also where there is no request (mail)."""
    return {"naam": settings.SITE_NAAM, "ondertitel": settings.SITE_ONDERTITEL, "adres": settings.SITE_URL}


@register.simple_tag
def veld(
    bound_field: Any,
    hulp: str = "",
    keuze: bool = True,
    label: str = "",
    vergeten: str = "",
    code: bool = False,
) -> SafeString:
    """A form field in the design's markup: the macro ``veld`` of ``templates/_formulier.html``.

    ``label`` replaces that of allauth; ``vergeten`` sets a link "Wachtwoord vergeten" beside it; ``code`` is
    the large field for a one-time code.
    """
    if label:
        bound_field.label = label
    if "<a " in str(bound_field.help_text):
        bound_field.help_text = ""  # allauth's own "Wachtwoord vergeten?"
    # allauth repeats its label as placeholder.
    bound_field.field.widget.attrs.pop("placeholder", None)
    return mark_safe(
        _macros().veld(
            bound_field,
            hulp=hulp,
            keuze=keuze,
            naast=(vergeten, gettext("Wachtwoord vergeten")) if vergeten else None,
            klasse="bp-code" if code else "",
            attrs={"inputmode": "numeric"} if code else {},
        )
    )


@register.simple_tag
def foutensamenvatting(form: Any, kop: str = "") -> SafeString:
    """What is wrong with a form, on top of it, linked to its fields."""
    return mark_safe(_macros().foutensamenvatting(form, kop=kop))


def _macros() -> Any:
    return get_template("_formulier.html", using="jinja2").template.module  # type: ignore[attr-defined]


@register.filter
def apparaat(user_agent: str) -> str:
    """Browser and system of a session in words: "Firefox op Windows". Good enough to recognise your own."""
    browser = next((naam for teken, naam in BROWSERS if teken in user_agent), "")
    systeem = next((naam for teken, naam in SYSTEMEN if teken in user_agent), "")
    if browser and systeem:
        return gettext("%(browser)s op %(systeem)s") % {"browser": browser, "systeem": systeem}
    return browser or systeem or gettext("Onbekend apparaat")
