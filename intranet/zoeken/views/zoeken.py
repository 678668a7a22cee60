"""The search page, and suggestions while someone types."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from groepen import toegang
from groepen.bereik import opsomming
from intranet.verzoek import Verzoek
from intranet.zoeken import facetten, gezocht, laden, lezer
from intranet.zoeken.adres import Adres, kort
from intranet.zoeken.blad import haal as haal_blad
from intranet.zoeken.fragment import Markeerstift
from intranet.zoeken.models import Zoekactie
from intranet.zoeken.motor import motor
from intranet.zoeken.rechten import is_redactie

MEESTE_VOORSTELLEN, MINSTE_ONDERWERPEN = 8, 2
DINGEN = ("vraag", "artikel", "mens", "groep")
MEESTE_SYNONIEMEN = 4
LANGSTE_BEGIN = 100


@require_safe
def zoek(request: Verzoek) -> HttpResponse:
    """What there is to find for the address; without words a page that says how it works."""
    adres = Adres.van(request.GET)
    # Every link repeats what was typed: never more of it than was looked at.
    if request.GET.get("q", "") != adres.q:
        get = request.GET.copy()
        get["q"] = adres.q
        request.GET = get  # type: ignore[assignment]  # as Django's own middleware may
    if not adres.q:
        toegang.onthoud_lidmaatschappen(request.user)
        return render(request, "zoeken/begin.html", {"mag_redigeren": is_redactie(request.user)})
    blad = haal_blad(adres, request.user, facetten=not request.htmx)
    uitkomst = blad.resultaat.uitkomst
    namen = facetten.Namen(uitkomst, blad.treffers, adres, request.user)
    rijen = laden.rijen(
        blad.treffers,
        request.user,
        Markeerstift(blad.resultaat.zoekvraag),
        vanaf=adres.vanaf,
        naam="" if adres.vanaf or adres.sorteer != "relevantie" else adres.q,
        onderwerpen=namen.als_onderwerpen(),
        redenen=blad.redenen,
    )
    context = {
        "adres": adres,
        "blad": blad,
        "resultaat": blad.resultaat,
        "gelezen_als": kort(blad.resultaat.gecorrigeerd or ""),
        "uitkomst": uitkomst,
        "rijen": rijen,
        "ook_gezocht": opsomming(list(blad.resultaat.ook_gezocht)[:MEESTE_SYNONIEMEN]),
        "keuzes": None if request.htmx else facetten.keuzes(uitkomst, adres, namen, blad),
        "klik": "",
    }
    actie = gezocht.al_geteld(request, adres.q)
    is_nieuw = actie is None and adres.is_alles and not (adres.vanaf or adres.letterlijk)
    if is_nieuw:
        actie = gezocht.tel(request, adres.q, blad.totaal)
    if actie is not None:
        context["klik"] = gezocht.bewijs(actie)
    antwoord = render(request, "zoeken/zoeken.html", context)
    if is_nieuw and actie is not None:
        gezocht.onthoud(request, antwoord, adres.q, actie)
    return antwoord


@never_cache
@require_safe
def voorstel(request: Verzoek) -> HttpResponse:
    """Options for the list below the search box: people, Groepen, titles and topics that begin like this."""
    begin = " ".join(request.GET.get("q", "").replace("\0", "")[:LANGSTE_BEGIN].split())
    gevonden = []
    if len(begin) > 1:
        machine, sleutels = motor(), lezer.sleutels(request.user)
        dingen = machine.voorspel(begin, sleutels, DINGEN, MEESTE_VOORSTELLEN)
        # The list of topics is long, and would push aside what people wrote.
        onderwerpen = machine.voorspel(begin, sleutels, ("onderwerp",), MEESTE_VOORSTELLEN)
        onderwerpen = onderwerpen[: max(MINSTE_ONDERWERPEN, MEESTE_VOORSTELLEN - len(dingen))]
        dingen = dingen[: MEESTE_VOORSTELLEN - len(onderwerpen)]
        gevonden = laden.voorstellen([*dingen, *onderwerpen], request.user)
    return render(request, "zoeken/_voorstellen.html", {"voorstellen": gevonden})


@require_POST
def klik(request: Verzoek) -> HttpResponse:
    """A hit was opened: told by the page as it leaves, for the list of what nobody opens."""
    actie = gezocht.actie_van(request.POST.get("zoek", ""))
    plek = request.POST.get("plek", "")
    if actie is not None and plek.isascii() and plek.isdigit() and 0 < int(plek[:6]) < 10_000:
        Zoekactie.noteer_klik(actie, int(plek), request.POST.get("soort", "")[:20])
    return HttpResponse(status=204)
