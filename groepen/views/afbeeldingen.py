"""Images in texts: pasted or dropped into the editor, and sent out through the rule."""

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST

from groepen import toegang
from groepen.beeld import MAX_BYTES, GeenAfbeelding, lees
from groepen.models import Afbeelding

# A person may hold so many images that stand in no text yet.
MAX_LOS = 200


@require_POST
def plaats(request):
    """Keep one image for its maker; answers with the address to put in the text, or with {"fout"}."""
    upload = request.FILES.get("bestand")
    if upload is None:
        return JsonResponse({"fout": _("Er kwam geen bestand mee.")}, status=400)
    if upload.size > MAX_BYTES:
        return JsonResponse({"fout": _("Deze afbeelding is te groot: kies er een tot 10 MB.")}, status=413)
    if Afbeelding.objects.filter(maker=request.user, thread=None).count() >= MAX_LOS:
        return JsonResponse(
            {"fout": _("Je hebt te veel afbeeldingen die nog niet geplaatst zijn.")}, status=429
        )
    try:
        beeld = lees(upload)
    except GeenAfbeelding as fout:
        return JsonResponse({"fout": str(fout)}, status=415)
    afbeelding = Afbeelding(
        maker=request.user, formaat=beeld.formaat, breedte=beeld.breedte, hoogte=beeld.hoogte
    )
    afbeelding.bestand.save("", beeld.bestand, save=True)
    return JsonResponse(
        {
            "src": afbeelding.get_absolute_url(),
            "breedte": afbeelding.breedte,
            "hoogte": afbeelding.hoogte,
            "alt": "",
        },
        status=201,
    )


@require_GET
@cache_control(private=True, max_age=3600)
def toon(request, pk):
    zichtbaar = Afbeelding.objects.zichtbaar_voor(request.user).select_related("thread__groep")
    afbeelding = get_object_or_404(zichtbaar, pk=pk)
    # With a text its images are taken away; who may put it back still sees them.
    thread = afbeelding.thread
    if thread and not (afbeelding.staat_er() or toegang.mag_beheren(request.user, thread.groep)):
        raise Http404
    return stuur(afbeelding.bestand, f"image/{afbeelding.formaat}")


def stuur(bestand, soort: str) -> HttpResponseBase:
    """A stored file as an answer: nginx sends the bytes where ``X_ACCEL_PAD`` says so, Django otherwise."""
    if settings.X_ACCEL_PAD:
        antwoord: HttpResponseBase = HttpResponse(content_type=soort)
        antwoord["X-Accel-Redirect"] = f"{settings.X_ACCEL_PAD.rstrip('/')}/{bestand.name}"
    else:
        antwoord = FileResponse(bestand.open("rb"), content_type=soort)
    # Whatever the bytes are, they run nothing.
    antwoord["Content-Security-Policy"] = "default-src 'none'; sandbox"
    antwoord["Content-Disposition"] = "inline"
    return antwoord
