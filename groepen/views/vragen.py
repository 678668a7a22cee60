"""The list of questions, asking one, and the question page."""

from datetime import UTC, datetime
from typing import Any
from zlib import crc32

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groepen import feed, haken, lijsten, toegang, vraagpagina
from groepen.bereik import bereik, gasten_van
from groepen.forms.antwoord import AntwoordForm, ReactieForm
from groepen.forms.vraag import ANDERS, Keuze, VraagForm, groepkeuze
from groepen.fouten import Weigering
from groepen.models import Groep, Vraag
from groepen.views.behandelen import meld_lid
from groepen.views.ophalen import nummer, zeg_van_namen
from intranet.concepten.models import Concept, ConceptGeweigerd
from intranet.verzoek import Verzoek
from profielen.models import Onderwerp

# --- The question page --------------------------------------------------------------------------


def detail(request: Verzoek, pk: int) -> HttpResponse:
    """One question with its answers; ``na`` is the page, ``antwoord`` the answer that must be on it."""
    vanaf = nummer(request.GET.get("na")) or 0
    return toon_vraag(request, pk, vanaf=vanaf, bij=nummer(request.GET.get("antwoord")))


def toon_vraag(
    request: Verzoek,
    pk: int,
    *,
    form: AntwoordForm | None = None,
    reactieform: ReactieForm | None = None,
    vanaf: int = 0,
    bij: int | None = None,
    status: int = 200,
) -> HttpResponse:
    """The question page; with a refused form it shows what is wrong, beside what was written."""
    pagina = vraagpagina.laad(pk, request.user, vanaf=vanaf, bij=bij)
    if status == 200:
        vraagpagina.noteer_gelezen(pagina)
    plek = vraagpagina.plek_van_antwoord(pk)
    concept = None
    if form is None and pagina.mag.antwoorden:
        concept = Concept.voor(request.user, plek) if pagina.mijn.heeft_concept else None
        form = AntwoordForm(initial=concept)
    if pagina.mijn.heeft_reactieconcept and pagina.mag.antwoorden:
        pagina.mijn.reacties = ReactieForm.uit_concept(
            Concept.voor(request.user, vraagpagina.plek_van_reacties(pk))
        )
    context = {"p": pagina, "form": form, "reactieform": reactieform, "plek": plek, "concept": concept}
    return render(request, "groepen/vraag.html", context, status=status)


def nieuw(request: Verzoek, pk: int) -> HttpResponse:
    """The same question and answers for the page that is open already: ``vanaf`` is where its list begins.

    Only with ``gezien=1`` does the reader see them, and is that remembered.
    """
    pagina = vraagpagina.laad(pk, request.user, vanaf=nummer(request.GET.get("vanaf")) or 0)
    if request.GET.get("gezien") == "1":
        vraagpagina.noteer_gelezen(pagina)
    return render(request, "groepen/_nieuw.html", {"p": pagina})


# --- The list -----------------------------------------------------------------------------------

FILTERS = {
    "": gettext_lazy("Alle"),
    "onbeantwoord": gettext_lazy("Zonder antwoord"),
    "onopgelost": gettext_lazy("Onopgelost"),
    "mijn": gettext_lazy("Van mij"),
    "opgepakt": gettext_lazy("Ik pakte op"),
    "gevolgd": gettext_lazy("Gevolgd"),
}
# About me, wherever it stands.
_OVER_MIJ = ("mijn", "opgepakt", "gevolgd")


def lijst(request: Verzoek) -> HttpResponse:
    """Questions of my Groepen, or of all that I may read (``waar=alle``), most recently active first."""
    mijn = [lid.groep_id for lid in toegang.onthoud_lidmaatschappen(request.user)]
    filter_ = request.GET.get("filter", "")
    if filter_ not in FILTERS:
        filter_ = ""
    alle = request.GET.get("waar") == "alle" or not mijn
    onderwerp = None
    if slug := request.GET.get("onderwerp"):
        onderwerp = get_object_or_404(Onderwerp, slug=slug)
    na = request.GET.get("na")
    if filter_ in feed.STANDEN and onderwerp is None:
        blad = feed.blad(request.user, na=na, alleen_groepen=None if alle else mijn, stand=filter_)
    else:
        blad = lijsten.blad(
            _gefilterd(request.user, filter_, onderwerp, None if alle else mijn), request.user, na=na
        )
    context = {
        "blad": blad,
        "filters": FILTERS,
        "filter": filter_,
        "over_mij": filter_ in _OVER_MIJ,
        "alle": alle,
        "heeft_groepen": bool(mijn),
        "onderwerp": onderwerp,
    }
    return render(request, "groepen/vragen.html", context)


# What the bar above a list counts at most.
MEEST_NIEUW = 99


def lijst_nieuw(request: Verzoek) -> HttpResponse:
    """How many questions others asked since ``sinds`` (seconds), in one Groep or in all of mine."""
    try:
        sinds = datetime.fromtimestamp(float(request.GET.get("sinds", "")), UTC)
    except (ValueError, OverflowError, OSError):
        return JsonResponse({"aantal": 0}, status=400)
    if slug := request.GET.get("groep", ""):
        groep = _leesbaar(request, slug)
        if groep is None:
            raise Http404
        groepen = [groep.pk]
    else:
        groepen = [lid.groep_id for lid in toegang.onthoud_lidmaatschappen(request.user)]
    vragen = (
        Vraag.objects.zichtbaar_voor(request.user)
        .levend()
        .filter(
            # The second says it; the first has an index.
            thread__laatst_actief_op__gt=sinds,
            thread__gestart_op__gt=sinds,
            thread__groep__in=groepen,
        )
    )
    aantal = vragen.exclude(thread__steller=request.user).order_by()[:MEEST_NIEUW].count()
    return JsonResponse({"aantal": aantal})


def _gefilterd(gebruiker, filter_: str, onderwerp: Onderwerp | None, groepen: list[int] | None):
    vragen = Vraag.objects.zichtbaar_voor(gebruiker).levend()
    if filter_ == "opgepakt":
        vragen = vragen.opgepakt_door(gebruiker)
    elif filter_ == "gevolgd":
        vragen = vragen.gevolgd_door(gebruiker)
    if groepen is not None and filter_ not in _OVER_MIJ:
        vragen = vragen.filter(thread__groep__in=groepen)
    return lijsten.gefilterd(vragen, gebruiker, filter_, onderwerp)


# --- Asking -------------------------------------------------------------------------------------


def stel(request: Verzoek) -> HttpResponse:
    """Ask a question; ``groep`` (slug) and ``titel`` may come along from elsewhere.

    With htmx a GET tells who reads along in the Groep that was chosen just now.
    """
    titel = request.GET.get("titel", "").strip()
    plek = _plek(titel)
    concept = None
    if request.method == "POST":
        if "bewaar" in request.POST:
            return _bewaar(request)
        gesteld, reden = _plaats(request)
        if gesteld is not None:
            Concept.weg(request.user, plek)
            return redirect(gesteld)
        eerst = _groep(request)
        keuze = groepkeuze(request.user, eerst)
        form = VraagForm(request.POST, keuze=keuze, schrijver=request.user, groep=_gevraagd(request))
        if reden and form.is_valid():
            form.add_error("groep", reden)
    else:
        eerst = _groep(request)
        keuze = groepkeuze(request.user, eerst)
        concept = Concept.voor(request.user, plek)
        form = VraagForm(initial=_begin(eerst, titel, keuze) | concept, keuze=keuze)
    gekozen = eerst if eerst is not None and request.htmx else _gekozen(request, form, eerst, keuze)
    if eerst is not None and eerst.slug not in keuze.slugs:
        messages.warning(
            request,
            _("In %(groep)s kun je nu geen vraag stellen. Kies een andere groep.") % {"groep": eerst.naam},
        )
    context = {
        "form": form,
        "keuze": keuze,
        "plek": plek,
        "concept": concept,
        "gekozen": gekozen,
        "bereik": bereik(gekozen) if gekozen else None,
        "gasten_van": gasten_van(gekozen) if gekozen else "",
        "rijen": _lijkt_op(request, form),
    }
    return render(request, "groepen/stel.html", context, status=422 if form.is_bound else 200)


def _lijkt_op(request: Verzoek, form: VraagForm) -> list[Any]:
    """What is there already like the title in the form; while it is typed the page asks for it itself."""
    titel = form["titel"].value() or ""
    if not titel or request.htmx:
        return []
    return [rij for haak in haken.lijkt_op for rij in haak(request.user, titel)]


def _groep(request: Verzoek) -> Groep | None:
    """The Groep that the form or the address names: it stands first. A wrong address is 404."""
    if request.method == "POST":
        return _leesbaar(request, request.POST.get("groep", ""))
    slug = request.GET.get("groep", "")
    groep = _leesbaar(request, request.GET.get("anders", "") if slug == ANDERS else slug)
    if slug and groep is None and not request.htmx:
        raise Http404
    return groep


def _leesbaar(request: Verzoek, slug: str) -> Groep | None:
    if not slug:
        return None
    toegang.onthoud_lidmaatschappen(request.user)
    mijn = toegang.groep_van_lid(request.user, slug)
    return mijn or Groep.objects.zichtbaar_voor(request.user).filter(slug=slug).first()


def _gevraagd(request: Verzoek) -> Groep | None:
    """The Groep that a sent form asks in, also when it was chosen from the list."""
    slug = request.POST.get("groep", "")
    return _leesbaar(request, request.POST.get("anders", "") if slug == ANDERS else slug)


def _plek(titel: str) -> str:
    """Where the draft is kept. One that began in an ask box has a place of its own: it must not take that of
    another question that was never finished."""
    return f"stel:{crc32(titel.encode()):08x}" if titel else "stel:nieuw"


def _begin(eerst: Groep | None, titel: str, keuze) -> dict[str, str]:
    begin = {"titel": titel}
    if eerst is not None and eerst.slug in keuze.slugs:
        begin["groep"] = eerst.slug
    return begin


def _gekozen(request: Verzoek, form: VraagForm, eerst: Groep | None, keuze) -> Groep | None:
    """The Groep that stands chosen in the form, when one may ask there."""
    slug = form.gekozen_slug
    if slug not in keuze.slugs:
        return None
    if eerst is not None and eerst.slug == slug:
        return eerst
    return _leesbaar(request, slug)


def _plaats(request: Verzoek) -> tuple[Vraag | None, str]:
    """Ask it in the chosen Groep: the Vraag, or why that Groep said no ("" when the form is to blame).

    Only that Groep is looked up: what else there is to choose from matters when the form comes back.
    """
    groep = _gevraagd(request)
    if groep is None or not toegang.mag_bijdragen(request.user, groep):
        return None, ""
    keuze = Keuze([groep], [(groep.slug, groep.naam)], [])
    form = VraagForm(request.POST, keuze=keuze, schrijver=request.user, groep=groep)
    if not form.is_valid():
        return None, ""
    gegeven = form.cleaned_data
    was_lid = toegang.rol_in(groep, request.user) is not None
    try:
        vraag = groep.stel_vraag(
            request.user,
            gegeven["titel"],
            gegeven["inhoud"],
            sleutel=gegeven["sleutel"],
            onderwerpen=gegeven["onderwerpen"],
            kanaal=gegeven["kanaal"],
            namens=gegeven["namens"],
        )
    except Weigering as fout:
        return None, str(fout)
    messages.success(request, _("Je vraag staat in %(groep)s.") % {"groep": groep.naam})
    zeg_van_namen(request, form)
    if not was_lid:
        meld_lid(request, groep)
    return vraag, ""


def _bewaar(request: Verzoek) -> HttpResponse:
    """ "Bewaar voor later": what the editor does by itself, also without JavaScript."""
    try:
        Concept.bewaar(request.user, _plek(""), request.POST.dict())
    except ConceptGeweigerd as fout:
        messages.error(request, str(fout))
        return redirect("groepen:stel")
    messages.success(request, _("Je concept is bewaard. Je vindt het terug bij “Stel een vraag”."))
    return redirect("groepen:start")
