"""What the frame around every page shows: who is here, the menu, my groups, messages.

Made once per request, lazily; for someone who is logged in it costs one query.
"""

import time
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.messages import get_messages
from django.contrib.messages.constants import ERROR, WARNING
from django.core.signals import setting_changed
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import pgettext_lazy

# The navigation column shows no more groups than fit on one screen.
GROEPEN_IN_RAAM = 12
THEMAS = ("licht", "donker")
NOOIT = datetime.min.replace(tzinfo=UTC)


class Plek(NamedTuple):
    """An entry of the main menu."""

    sleutel: str
    adres: str
    icoon: str
    naam: Any


PLEKKEN = (
    Plek("start", "/", "home", pgettext_lazy("menu", "Start")),
    Plek("vragen", "/vragen/", "message-circle-question", pgettext_lazy("menu", "Vragen")),
    Plek("groepen", "/groepen/", "users-group", pgettext_lazy("menu", "Groepen")),
    Plek("kennisbank", "/kennisbank/", "book-2", pgettext_lazy("menu", "Kennisbank")),
    Plek("mensen", "/mensen/", "address-book", pgettext_lazy("menu", "Mensen")),
)  # fmt: skip


class Bericht(NamedTuple):
    """A message of Django's framework. ``soort``: "toast" for good news, "let" or "fout" for a notice."""

    soort: str
    tekst: Any


@lru_cache
def adres(naam: str) -> str:
    """The address of a URL name, or "" while that part of the house is not built yet."""
    try:
        return reverse(naam)
    except NoReverseMatch:
        return ""


setting_changed.connect(lambda **kwargs: adres.cache_clear(), dispatch_uid="intranet.raam", weak=False)


class Raam:
    """The frame of one request. Without a request (the 500 page) it is that of a stranger."""

    naam = settings.SITE_NAAM
    ondertitel = settings.SITE_ONDERTITEL
    van = settings.SITE_VAN
    thema_css = f"intranet/gebouwd/gemeente-{settings.SITE_THEMA}.css"
    plekken = PLEKKEN

    def __init__(self, request: HttpRequest | None):
        self.request = request
        self.pad = request.path if request else ""

    @cached_property
    def gebruiker(self) -> Any:
        """Who is logged in, or None."""
        gebruiker = getattr(self.request, "user", None)
        return gebruiker if gebruiker is not None and gebruiker.is_authenticated else None

    @property
    def functie(self) -> str:
        """What I do here, when the Profiel came along with the Gebruiker (it does, at login)."""
        profiel = self.gebruiker._state.fields_cache.get("profiel")
        return profiel.functie if profiel is not None else ""

    @property
    def taal(self) -> str:
        return translation.get_language() or settings.LANGUAGE_CODE

    @property
    def thema(self) -> str:
        """licht, donker, or auto (as the device). In a cookie of thema.js, so that nothing flashes."""
        keuze = self.request.COOKIES.get("thema") if self.request else None
        return keuze if keuze in THEMAS else "auto"

    @property
    def zoeken(self) -> str:
        return adres("zoeken:zoek")

    @property
    def meldingen(self) -> str:
        return adres("meldingen:lijst")

    @property
    def stel_vraag(self) -> str:
        return adres("groepen:stel")

    @property
    def live(self) -> str:
        """Now, in seconds: live.js asks what happened since. Empty where it has nobody to ask."""
        return f"{time.time():.3f}" if settings.LIVE and self.gebruiker is not None else ""

    @cached_property
    def groepen(self) -> list[Any]:
        """My Lidmaatschappen with their Groep: the most recently active, by name."""
        if self.gebruiker is None:
            return []
        # The frame is the one piece that knows groepen from outside; late, so that the error pages do not.
        from groepen.toegang import onthoud_lidmaatschappen

        mijn = [lid for lid in onthoud_lidmaatschappen(self.gebruiker) if lid.groep.gesloten_op is None]
        if len(mijn) > GROEPEN_IN_RAAM:
            mijn.sort(key=lambda lid: lid.groep.laatst_actief_op or NOOIT, reverse=True)
            mijn = sorted(mijn[:GROEPEN_IN_RAAM], key=lambda lid: lid.groep.sorteernaam)
        return mijn

    @cached_property
    def actief(self) -> str:
        """The entry of the menu that this address belongs to: its key, or the slug of one of my groups."""
        plek, _streep, rest = self.pad.strip("/").partition("/")
        slug = rest.partition("/")[0]
        if plek == "groepen" and any(mijn.groep.slug == slug for mijn in self.groepen):
            return f"groep:{slug}"
        return plek or "start"

    @cached_property
    def berichten(self) -> list[Bericht]:
        """What Django's message framework has to say; read once, gone after."""
        if self.request is None or not hasattr(self.request, "_messages"):
            return []
        soorten = {WARNING: "let", ERROR: "fout"}
        return [Bericht(soorten.get(m.level, "toast"), m.message) for m in get_messages(self.request)]


def raam(request: HttpRequest | None) -> Raam:
    """The frame of ``request``, made once and kept on it."""
    if request is None:
        return Raam(None)
    if not hasattr(request, "_raam"):
        request._raam = Raam(request)  # type: ignore[attr-defined]
    return request._raam  # type: ignore[attr-defined, no-any-return]
