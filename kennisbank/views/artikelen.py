"""The kennisbank as people read it."""

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from groepen import toegang
from groepen.models import Groep, Vraag
from kennisbank.models import GroepKennisbank, Kennisartikel
from kennisbank.models.beeld import zet_klaar

PER_BLAD = 30


def index(request):
    """All articles this person may read, newest first; ?groep= of one Groep. With ?q= go and search."""
    zoek = request.GET.get("q", "").strip()
    groep = request.GET.get("groep", "")
    van = Groep.objects.zichtbaar_voor(request.user).filter(slug=groep).first() if groep else None
    if zoek:
        keuze = {"q": zoek, "soort": "artikel"} | ({"groep": van.pk} if van else {})
        return redirect(f"{reverse('zoeken:zoek')}?{urlencode(keuze)}")
    artikelen = (
        Kennisartikel.objects.live()
        .zichtbaar_voor(request.user)
        .select_related("thread__groep")
        .order_by("-thread__laatst_actief_op", "-pk")
    )
    if groep:
        artikelen = artikelen.filter(thread__groep__slug=groep)
    leden = toegang.onthoud_lidmaatschappen(request.user)
    schrijft = [lid.groep for lid in leden if lid.rol in toegang.BEHEERT and not lid.groep.is_gesloten]
    return render(
        request,
        "kennisbank/index.html",
        {
            "blad": Paginator(artikelen, PER_BLAD).get_page(request.GET.get("blad")),
            "groep": groep,
            "van": van,
            "schrijft": schrijft,
            "groepen": Groep.objects.zichtbaar_voor(request.user)
            .filter(threads__soort="artikel", threads__verwijderd_op=None)
            .distinct()
            .only("naam", "slug", "icoon", "tint", "sorteernaam"),
        },
    )


def artikel(request, pk, slug=""):
    gevonden = get_object_or_404(
        Kennisartikel.objects.live().zichtbaar_voor(request.user).select_related("thread__groep", "owner"),
        pk=pk,
    )
    if slug != gevonden.slug:
        return redirect(gevonden, permanent=False)
    return toon(request, gevonden, gevonden.thread.groep)


def toon(request, artikel, groep):
    """The page of one article that the caller may show; also the preview inside /cms/."""
    if beelden := artikel.beelden:
        zet_klaar(beelden)
    bron = None
    if artikel.bron_id is not None:
        bron = (
            Vraag.objects.zichtbaar_voor(request.user)
            .levend()
            .filter(pk=artikel.bron_id)
            .select_related("thread")
            .first()
        )
    anders = (
        Kennisartikel.objects.live()
        .zichtbaar_voor(request.user)
        .filter(thread__groep=groep)
        .exclude(pk=artikel.pk)
        .order_by("-thread__laatst_actief_op")[:5]
    )
    return render(
        request,
        "kennisbank/kennisartikel.html",
        {
            "artikel": artikel,
            "groep": groep,
            "bron": bron,
            "anders": anders,
            # Not in the preview, where one is editing already.
            "mag_redigeren": not getattr(request, "is_preview", False)
            and toegang.mag_beheren(request.user, groep)
            and not groep.is_gesloten,
        },
    )


@require_POST
def open_redactie(request, slug):
    """A beheerder starts writing: the Groep gets its kennisbank when it has none, and a new article opens."""
    groep = get_object_or_404(Groep.objects.zichtbaar_voor(request.user), slug=slug)
    if groep.is_gesloten or not toegang.mag_beheren(request.user, groep):
        raise PermissionDenied
    kennisbank = GroepKennisbank.open_voor(groep)
    return redirect("wagtailadmin_pages:add", "kennisbank", "kennisartikel", kennisbank.pk)
