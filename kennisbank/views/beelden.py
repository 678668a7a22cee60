"""Images of the kennisbank, sent out through the rule of the Groep whose Collection they lie in."""

from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from groepen.views.afbeeldingen import stuur
from kennisbank.models import BeeldRendition, GroepKennisbank


@require_GET
@cache_control(private=True, max_age=3600)
def toon(request, pk):
    zichtbaar = GroepKennisbank.objects.zichtbaar_voor(request.user).values("collectie")
    rendition = get_object_or_404(BeeldRendition, pk=pk, image__collection__in=zichtbaar)
    soort = (
        "jpeg" if rendition.file.name.endswith((".jpg", ".jpeg")) else rendition.file.name.rpartition(".")[2]
    )
    return stuur(rendition.file, f"image/{soort}")
