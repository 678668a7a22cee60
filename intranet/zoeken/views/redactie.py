"""What is searched for, as the redactie sees it: what is missing, what is not opened."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from intranet.verzoek import Verzoek
from intranet.zoeken.models import Zoekactie
from intranet.zoeken.models.logboek import MINSTENS
from intranet.zoeken.rechten import redactie as alleen_redactie

MEESTE = 50
PERIODEN = {
    "week": (7, _("Deze week")),
    "": (30, _("30 dagen")),
    "kwartaal": (91, _("3 maanden")),
    "jaar": (365, _("Een jaar")),
}


@require_safe
@alleen_redactie
def redactie(request: Verzoek) -> HttpResponse:
    """Searched without result, without a click, and most; searches done fewer than 3 times are left out."""
    periode = request.GET.get("periode", "")
    if periode not in PERIODEN:
        periode = ""
    acties = Zoekactie.objects.sinds(timezone.localdate() - timedelta(days=PERIODEN[periode][0] - 1))
    lijsten = {
        "niets": list(acties.zonder_treffers().per_kern()[:MEESTE]),
        "geen_klik": list(acties.zonder_klik()[:MEESTE]),
        "meest": list(acties.per_kern()[:MEESTE]),
    }
    woorden = acties.woorden(rij["kern"] for rijen in lijsten.values() for rij in rijen)
    context = {
        "periode": periode,
        "periodes": {sleutel: woorden for sleutel, (_dagen, woorden) in PERIODEN.items()},
        "minstens": MINSTENS,
        "totaal": acties.tel(),
        "lijsten": {
            naam: [rij | {"zoals": woorden[rij["kern"]]} for rij in rijen if rij["kern"] in woorden]
            for naam, rijen in lijsten.items()
        },
    }
    return render(request, "zoeken/redactie.html", context)
