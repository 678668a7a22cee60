"""Words that mean the same: the list, and trying out what a search becomes with them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from groepen.bereik import opsomming
from intranet.verzoek import Verzoek
from intranet.zoeken import analyse, thesaurus
from intranet.zoeken.analyse import vouw
from intranet.zoeken.forms import SynoniemForm, WijzigForm
from intranet.zoeken.models import Synoniem
from intranet.zoeken.rechten import redactie as alleen_redactie
from intranet.zoeken.synoniemen import lees

LANGSTE = 200
PER_BLAD = 100


@require_http_methods(["GET", "HEAD", "POST"])
@alleen_redactie
def lijst(request: Verzoek) -> HttpResponse:
    """All groups of words, own ones first; ``zoek`` narrows, ``proef`` tries a search out. POST adds one."""
    form = SynoniemForm(request.POST or None)
    if form.is_valid():
        nieuw = Synoniem.voeg_toe(request.user, form.cleaned_data["woorden"])
        zin = _("Toegevoegd: %(woorden)s") if nieuw else _("Deze woorden staan al bij elkaar: %(woorden)s")
        _klaar(request, zin, form.cleaned_data["woorden"])
        return redirect("zoeken:synoniemen")
    zoek = _tekst(request.GET.get("zoek", ""))
    proef = _tekst(request.GET.get("proef", ""))
    gezocht = vouw(zoek)
    alle = list(Synoniem.objects.all())
    uit = {synoniem.meegeleverd for synoniem in alle if synoniem.meegeleverd is not None}
    geleverd = [
        {"groep": groep, "is_uit": groep.sleutel in uit} for groep in lees() if gezocht in vouw(str(groep))
    ]
    vanaf = _nummer(request.GET.get("vanaf", ""))
    context = {
        "form": form,
        "zoek": zoek,
        "proef": proef,
        "uitslag": _probeer(proef) if proef else None,
        "eigen": [s for s in alle if s.meegeleverd is None and gezocht in s.sorteerwoorden],
        "geleverd": geleverd[vanaf : vanaf + PER_BLAD],
        "aantal_geleverd": len(geleverd),
        "verder": vanaf + PER_BLAD if vanaf + PER_BLAD < len(geleverd) else None,
        "vanaf": vanaf,
    }
    return render(request, "zoeken/synoniemen.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@alleen_redactie
def wijzig(request: Verzoek, pk: int) -> HttpResponse:
    """Other words for one group; who was later sees what the other made of it."""
    synoniem = get_object_or_404(Synoniem.objects.eigen(), pk=pk)
    begin = {"woorden": synoniem.woorden, "versie": synoniem.versie}
    form = WijzigForm(request.POST or None, initial=begin)
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            woorden = form.cleaned_data["woorden"]
            if synoniem.wijzig(request.user, woorden, form.cleaned_data["versie"]):
                _klaar(request, _("Bewaard: %(woorden)s"), woorden)
                return redirect("zoeken:synoniemen")
            status = 409
            form = WijzigForm(initial=begin | {"woorden": woorden})
    context = {"form": form, "synoniem": synoniem, "is_botsing": status == 409}
    return render(request, "zoeken/synoniem.html", context, status=status)


@require_POST
@alleen_redactie
def verwijder(request: Verzoek, pk: int) -> HttpResponse:
    """An own group goes; these words are then words of their own."""
    synoniem = get_object_or_404(Synoniem.objects.eigen(), pk=pk)
    woorden = synoniem.woorden
    synoniem.verwijder(request.user)
    _klaar(request, _("Verwijderd: %(woorden)s"), woorden)
    return redirect("zoeken:synoniemen")


@require_POST
@alleen_redactie
def meegeleverd(request: Verzoek) -> HttpResponse:
    """Switch a shipped group off, or on again."""
    groep = next((groep for groep in lees() if groep.sleutel == request.POST.get("sleutel")), None)
    if groep is not None:
        aan = request.POST.get("zet") == "aan"
        Synoniem.zet_meegeleverd(request.user, groep.sleutel, str(groep)[:500], aan=aan)
        _klaar(request, _("Staat weer aan: %(woorden)s") if aan else _("Staat uit: %(woorden)s"), str(groep))
    return redirect(f"{reverse('zoeken:synoniemen')}#meegeleverd")


def _klaar(request: Verzoek, zin: str, woorden: str) -> None:
    thesaurus.vergeet()
    messages.success(request, zin % {"woorden": woorden})


def _probeer(tekst: str) -> dict[str, object]:
    """What a search for ``tekst`` becomes."""
    vraag = analyse.vraag(tekst, thesaurus.thesaurus())
    # Parts of what was typed; that words written apart are looked for as one too is of no use to an editor.
    delen = {deel for woord in vraag.woorden for deel in analyse.delen(woord)}
    per_soort: dict[str, list[str]] = {"hoofd": [], "deel": [], "synoniem": []}
    for term in vraag.termen:
        if term.soort != "deel" or term.token in delen:
            per_soort[term.soort].append(term.token)
    return {soort: opsomming(tokens) if tokens else "" for soort, tokens in per_soort.items()}


def _tekst(waarde: str) -> str:
    return " ".join(waarde.replace("\0", "")[:LANGSTE].split())


def _nummer(waarde: str) -> int:
    return int(waarde) if waarde.isascii() and waarde.isdigit() and len(waarde) < 8 else 0
