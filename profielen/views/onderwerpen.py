"""Suggestions while someone types an Onderwerp."""

from django.http import JsonResponse
from django.views.decorators.http import require_GET

from profielen.models import Onderwerp

MAX_VOORSTELLEN = 10
MAX_ZOEKTEKST = 160


@require_GET
def zoek(request):
    """At most ten Onderwerpen for ``?q=``. The list is shared by everyone who logs in."""
    tekst = request.GET.get("q", "").replace("\0", "").strip()[:MAX_ZOEKTEKST]
    namen = Onderwerp.objects.zoek(tekst).values_list("naam", flat=True)[:MAX_VOORSTELLEN] if tekst else ()
    return JsonResponse({"voorstellen": [{"naam": naam, "tekst": naam, "uitleg": ""} for naam in namen]})
