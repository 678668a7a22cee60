"""The start page."""

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from groepen import startpagina, toegang


def start(request):
    gebruiker = request.user
    toon = request.GET.get("toon", "")
    toon = toon if toon in startpagina.TONEN else ""
    nu = timezone.localtime()
    leden = toegang.onthoud_lidmaatschappen(gebruiker)
    return render(
        request,
        "groepen/start.html",
        {
            "nu": nu,
            "groet": _groet(nu.hour),
            "leden": leden,
            "volg": _te_volgen(leden),
            "taken": startpagina.taken(gebruiker),
            "toon": toon,
            "tonen": startpagina.TONEN,
            "rijen": startpagina.nieuw(gebruiker, toon),
            "geleerd": startpagina.geleerd(gebruiker),
            "helpen": startpagina.helpen(gebruiker),
            "bedankt": startpagina.bedankt(gebruiker),
        },
    )


# Of how many Groepen the page hears of new questions while it is open; live.consumers allows 40.
MEEST_GEVOLGD = 40


def _te_volgen(leden) -> list[str]:
    """The keys of my Groepen, the most recently active when there are many."""
    if len(leden) > MEEST_GEVOLGD:
        leden = sorted(
            leden, key=lambda lid: lid.groep.laatst_actief_op or lid.groep.gemaakt_op, reverse=True
        )
    return [toegang.key(lid.groep_id) for lid in leden[:MEEST_GEVOLGD]]


def _groet(uur: int) -> str:
    if uur < 12:
        return _("Goedemorgen")
    return _("Goedemiddag") if uur < 18 else _("Goedenavond")
