"""The list of Groepen, the page of one, and its kaders."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from groepen import groepenlijst, lijsten, toegang
from groepen.bereik import bereik
from groepen.forms.groep import SOORTEN, TINTEN, BestaandeGroepForm, NieuweGroepForm
from groepen.forms.leden import ToegangForm
from groepen.fouten import Botsing
from groepen.kaders import kaders_van
from groepen.models import Groep, Lidmaatschap
from groepen.vinden import met_groep
from intranet.prepared import Prepared
from profielen.models import Onderwerp


@require_safe
def lijst(request):
    toegang.onthoud_lidmaatschappen(request.user)
    context = groepenlijst.bouw(request.user, request.GET)
    context["mag_starten"] = toegang.mag_groep_starten(request.user)
    return render(request, "groepen/groepen.html", context)


def kaart(request, groep, form=None, status=200):
    """What someone sees of a besloten Groep who is no lid: the card, and a way to knock."""
    verzoek = groep.verzoeken.filter(gebruiker=request.user, besloten_op=None).first()
    context = {
        "groep": groep,
        "kaders": kaders_van(groep, voor_buiten=True),
        "bereik": bereik(groep),
        "form": form or ToegangForm(),
        "verzoek": verzoek,
    }
    return render(request, "groepen/groep_kaart.html", context, status=status)


_onderwerpen = Prepared(
    lambda groep: Onderwerp.objects.filter(groepen=groep).only("naam", "slug").order_by("sorteernaam")
)


@require_safe
@met_groep(anders=kaart)
def detail(request, groep):
    kijker = request.user
    filter_naam = _keuze(request, "toon", lijsten.FILTERS, "alle")
    volgorde = _keuze(request, "volgorde", lijsten.VOLGORDES, "actief")
    onderwerpen = _onderwerpen(groep=groep.pk)
    onderwerp = next((o for o in onderwerpen if o.slug == request.GET.get("onderwerp")), None)
    blad = lijsten.blad_van_groep(groep, kijker, filter_naam, onderwerp, volgorde, request.GET.get("na"))
    context = {
        **kop_van(kijker, groep),
        "mag_bijdragen": toegang.mag_bijdragen(kijker, groep),
        "kaders": kaders_van(groep),
        "blad": blad,
        "filters": _filters(groep),
        "filter": filter_naam,
        "volgordes": lijsten.VOLGORDES,
        "volgorde": volgorde,
        "onderwerpen": onderwerpen,
        "onderwerp": onderwerp,
    }
    response = render(request, "groepen/groep.html", context)
    noteer_bezoek(kijker, groep)
    return response


def kop_van(kijker, groep) -> dict:
    """What ``groepen/_groepkop.html`` shows, on each page of a Groep."""
    mag_beheren = toegang.mag_beheren(kijker, groep)
    return {
        "groep": groep,
        "bereik": bereik(groep),  # first: the rule then knows the organisaties
        "rol": toegang.rol_in(groep, kijker),
        "mag_beheren": mag_beheren,
        "is_eigenaar": toegang.is_eigenaar(kijker, groep),
        "mag_lid_worden": toegang.mag_lid_worden(kijker, groep),
        "verzoeken": groep.verzoeken.filter(besloten_op=None).count() if mag_beheren else 0,
    }


def noteer_bezoek(kijker, groep) -> None:
    """Opening a Groep takes its dot away; most visits find no news and write nothing."""
    for lid in toegang.onthoud_lidmaatschappen(kijker):
        if lid.groep_id == groep.pk and lid.heeft_nieuws:
            Lidmaatschap.objects.filter(pk=lid.pk).update(bezocht_op=timezone.now())


def _filters(groep):
    aantallen = {
        "alle": groep.aantal_vragen,
        "onbeantwoord": groep.aantal_onbeantwoord,
        "onopgelost": groep.aantal_onopgelost,
    }
    return [(sleutel, naam, aantallen.get(sleutel)) for sleutel, naam in lijsten.FILTERS.items()]


def _keuze(request, veld, keuzes, anders):
    waarde = request.GET.get(veld)
    return waarde if waarde in keuzes else anders


# --- Starting, kaders, closing --------------------------------------------------------------------


def nieuw(request):
    if not toegang.mag_groep_starten(request.user):
        raise PermissionDenied(_("Vraag een communitymanager om een groep voor je te beginnen."))
    form = NieuweGroepForm(request.POST or None, kijker=request.user)
    if request.method == "POST" and form.is_valid():
        groep = Groep.start(request.user, **form.cleaned_data)
        messages.success(request, _("De groep staat er. Nodig nu collega's uit en stel de eerste vraag."))
        return redirect("groepen:groep", groep.slug)
    return _vorm(request, form, kop=_("Begin een groep"))


@met_groep()
def kaders(request, groep):
    if not toegang.mag_beheren(request.user, groep):
        raise PermissionDenied(_("Alleen een beheerder past de kaders van deze groep aan."))
    mag = {"kijker": request.user, "groep": groep, "mag_soort": toegang.is_eigenaar(request.user, groep)}
    if request.method != "POST":
        velden = set(BestaandeGroepForm.base_fields) - {"onderwerpen"}
        begin = {veld: getattr(groep, veld) for veld in velden}
        return _vorm(
            request,
            BestaandeGroepForm(initial={**begin, "onderwerpen": groep.onderwerpen.all()}, **mag),
            groep=groep,
        )
    form = BestaandeGroepForm(request.POST, **mag)
    if not form.is_valid():
        return _vorm(request, form, groep=groep)
    try:
        groep.wijzig(request.user, **form.cleaned_data)
    except Botsing as fout:
        # Both texts on one page; sending again is then a choice, made with open eyes.
        form.data = form.data.copy()
        form.data["versie"] = fout.huidig.versie
        return _vorm(request, form, groep=groep, botsing=fout.huidig)
    messages.success(request, _("De kaders zijn aangepast."))
    return redirect("groepen:groep", groep.slug)


def _vorm(request, form, *, kop="", groep=None, botsing=None):
    status = 409 if botsing else 422 if form.is_bound and not form.is_valid() else 200
    context = {
        "form": form,
        "kop": kop or _("Kaders van %(groep)s") % {"groep": groep},
        "groep": groep,
        "botsing": botsing,
        "soorten": SOORTEN,
        "tinten": TINTEN,
    }
    return render(request, "groepen/groep_vorm.html", context, status=status)


@met_groep()
def sluiting(request, groep):
    """Close, or open again. GET asks whether you are sure to close."""
    if not toegang.is_eigenaar(request.user, groep):
        raise PermissionDenied(_("Alleen de eigenaar sluit of opent deze groep."))
    if request.method != "POST":
        if groep.is_gesloten:
            return redirect("groepen:groep", groep.slug)
        return render(request, "groepen/sluiten.html", {"groep": groep})
    if request.POST.get("actie") == "heropenen":
        if groep.is_gesloten:
            groep.heropen(request.user)
            messages.success(request, _("De groep is weer open voor nieuwe vragen."))
    elif not groep.is_gesloten:
        groep.sluit(request.user)
        messages.success(request, _("De groep is gesloten. Alles blijft te lezen."))
    return redirect("groepen:groep", groep.slug)
