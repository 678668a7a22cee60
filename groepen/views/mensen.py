"""What one person adds: their groups and latest answers, as far as the reader may see either.

The Profiel page, which lies below groepen, asks for it by address. With ``?onderwerp=`` (a slug) it holds
what proves that they know about that one: the solutions they gave.
"""

from django.db.models import Count, F, Q
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from groepen import bewijs
from groepen.models import Antwoord, Lidmaatschap
from intranet import text
from profielen.models import Gebruiker, Onderwerp

AANTAL_ANTWOORDEN = 5
AANTAL_BEWIJZEN = 100
AANTAL_GROEPEN = 30
FRAGMENT = 140


@require_GET
def bijdragen(request, pk):
    """A page of its own; for htmx only the two parts that fit in the Profiel page."""
    kijker = request.user
    mens = get_object_or_404(Gebruiker.objects.zichtbaar_voor(kijker), pk=pk)
    onderwerp = None
    if slug := request.GET.get("onderwerp"):
        onderwerp = get_object_or_404(Onderwerp, slug=slug)
    if onderwerp is not None:
        mijn = (
            bewijs.oplossingen().zichtbaar_voor(kijker).filter(schrijver=mens, vraag__onderwerpen=onderwerp)
        )
    else:
        mijn = (
            Antwoord.objects.zichtbaar_voor(kijker)
            .levend()
            .filter(schrijver=mens, vraag__thread__verwijderd_op=None)
        )
    antwoorden = list(
        mijn.select_related("vraag__thread__groep")
        .only(
            "inhoud", "gegeven_op", "vraag__oplossing_id",
            "vraag__thread__titel", "vraag__thread__aantal_geholpen",
            "vraag__thread__groep__naam", "vraag__thread__groep__icoon", "vraag__thread__groep__tint",
        )
        .order_by("-pk")[: AANTAL_BEWIJZEN if onderwerp else AANTAL_ANTWOORDEN]
    )  # fmt: skip
    for antwoord in antwoorden:
        antwoord.fragment = text.snippet(antwoord.inhoud, FRAGMENT)
        antwoord.is_oplossing = antwoord.vraag.oplossing_id == antwoord.pk
    lidmaatschappen = (
        Lidmaatschap.objects.zichtbaar_voor(kijker)
        .lopend()
        .filter(gebruiker=mens)
        .select_related("groep")
        .only("rol", "groep__naam", "groep__slug", "groep__icoon", "groep__tint")
        .order_by("groep__sorteernaam")[:AANTAL_GROEPEN]
    )
    context = {
        "mens": mens,
        "onderwerp": onderwerp,
        "antwoorden": antwoorden,
        "geteld": mijn.aggregate(
            alle=Count("pk"), oplossingen=Count("pk", filter=Q(vraag__oplossing=F("pk")))
        ),
        "lidmaatschappen": list(lidmaatschappen),
    }
    deel = request.htmx and not request.htmx.boosted
    return render(request, "groepen/_van_mens.html" if deel else "groepen/van_mens.html", context)
