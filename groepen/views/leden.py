"""Who is in a Groep: the list, joining and leaving, letting in, rollen, handing over."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from groepen import ledenlijst, toegang
from groepen.forms.leden import UITLEG_ROL, RolForm, ToegangForm, UitnodigForm, rollen_te_geven
from groepen.fouten import Weigering
from groepen.models import Toetredingsverzoek
from groepen.views.groepen import kaart, kop_van
from groepen.views.ophalen import nummer
from groepen.vinden import met_groep
from profielen.models import Gebruiker
from profielen.views.mensen import stel_voor


@require_safe
@met_groep()
def lijst(request, groep):
    return toon(request, groep)


def toon(request, groep, form=None, status=200):
    """The page; ``form`` is an invitation that was refused."""
    kijker = request.user
    kop = kop_van(kijker, groep)
    context = {
        **kop,
        **ledenlijst.bouw(groep, kijker, request.GET),
        "rollen": rollen_te_geven(kop["rol"]),
        "uitleg_rol": UITLEG_ROL,
    }
    if kop["mag_beheren"]:
        context["form"] = form or UitnodigForm(groep=groep, initial=_wie_erbij(request))
        context["uitnodigingen"] = list(groep.uitnodigingen.lopend().select_related("door").order_by("-pk"))
        context["open_verzoeken"] = list(
            groep.verzoeken.filter(besloten_op=None)
            .select_related("gebruiker__organisatie", "gebruiker__profiel__afdeling")
            .order_by("pk")
        )
    return render(request, "groepen/leden.html", context, status=status)


def _wie_erbij(request) -> dict[str, str]:
    """The colleague whom a mention did not reach: ``?uitnodigen=<number>`` fills in their address."""
    wie = nummer(request.GET.get("uitnodigen"))
    mens = Gebruiker.objects.zichtbaar_voor(request.user).filter(pk=wie).first() if wie else None
    return {"email": mens.email} if mens else {}


@require_GET
@met_groep()
def meelezers(request, groep):
    """Colleagues for ``?q=`` who read along here, as far as this reader may see them."""
    mensen = Gebruiker.objects.zichtbaar_voor(request.user).filter(pk__in=toegang.lezers(groep).values("pk"))
    return stel_voor(mensen, request.GET.get("q", ""))


# --- Joining and leaving --------------------------------------------------------------------------


@met_groep()
def lidmaatschap(request, groep):
    """Join an open Groep, or leave. GET asks whether you are sure to leave."""
    kijker = request.user
    if request.method != "POST":
        if toegang.rol_in(groep, kijker) is None:
            return redirect("groepen:groep", groep.slug)
        context = {"groep": groep, "enige_eigenaar": groep.is_enige_eigenaar(kijker)}
        return render(request, "groepen/verlaten.html", context)
    if request.POST.get("actie") == "verlaten":
        return _verlaat(request, groep)
    # Who is in already keeps the rol they have: a second click changes nothing.
    if toegang.rol_in(groep, kijker) is None:
        if not toegang.mag_lid_worden(kijker, groep):
            raise PermissionDenied(_("Je kunt geen lid worden van deze groep."))
        groep.voeg_toe(kijker)
        messages.success(request, _("Je bent nu lid van %(groep)s.") % {"groep": groep.naam})
    return redirect("groepen:groep", groep.slug)


def _verlaat(request, groep):
    try:
        groep.verwijder_lid(request.user)
    except Weigering as fout:
        messages.error(request, str(fout))
        return redirect("groepen:leden", groep.slug)
    messages.success(request, _("Je bent geen lid meer van %(groep)s.") % {"groep": groep.naam})
    if toegang.mag_zien(request.user, groep):
        return redirect("groepen:groep", groep.slug)
    return redirect("groepen:groepen")


@met_groep("vindbaar_voor")
def toegang_vragen(request, groep):
    """Knock at a besloten Groep."""
    if request.method != "POST" or toegang.rol_in(groep, request.user) is not None:
        return redirect("groepen:groep", groep.slug)
    if groep.soort == toegang.OPEN:
        raise PermissionDenied(_("Deze groep is open: je kunt meteen lid worden."))
    form = ToegangForm(request.POST)
    if not form.is_valid():
        return kaart(request, groep, form, status=422)
    groep.vraag_toegang(request.user, form.cleaned_data["motivatie"])
    messages.success(request, _("Je verzoek is verstuurd. Je krijgt bericht zodra er besloten is."))
    return redirect("groepen:groep", groep.slug)


# --- For beheerders -------------------------------------------------------------------------------


def _eis_beheer(request, groep):
    if not toegang.mag_beheren(request.user, groep):
        raise PermissionDenied(_("Alleen een beheerder van deze groep doet dit."))


def _lid(request, groep, pk):
    """The Lidmaatschap of Gebruiker ``pk``; an eigenaar is for an eigenaar to change."""
    _eis_beheer(request, groep)
    lid = get_object_or_404(groep.lidmaatschappen.lopend().select_related("gebruiker"), gebruiker=pk)
    if lid.rol == toegang.EIGENAAR and not toegang.is_eigenaar(request.user, groep):
        raise PermissionDenied(_("Alleen een eigenaar verandert iets aan een eigenaar."))
    return lid


@require_POST
@met_groep()
def verzoek(request, groep, pk):
    """Let someone in, or turn them down."""
    _eis_beheer(request, groep)
    ding = get_object_or_404(
        Toetredingsverzoek.objects.zichtbaar_voor(request.user)
        .in_groep(groep)
        .select_related("gebruiker", "groep"),
        pk=pk,
    )
    naam = {"naam": ding.gebruiker.naam}
    toelaten = request.POST.get("actie") == "toelaten"
    if toelaten and not ding.gebruiker.is_active:
        messages.error(request, _("%(naam)s heeft geen actief account meer.") % naam)
    else:
        ding.beslis(request.user, toelaten)
        zin = _("%(naam)s is nu lid.") if ding.is_toegelaten else _("Het verzoek van %(naam)s is afgewezen.")
        messages.success(request, zin % naam)
    return redirect("groepen:leden", groep.slug)


@require_POST
@met_groep()
def rol(request, groep, pk):
    lid = _lid(request, groep, pk)
    form = RolForm(request.POST, door=toegang.rol_in(groep, request.user))
    if not form.is_valid():
        return HttpResponseBadRequest(_("Deze rol kun je niet geven."))
    try:
        groep.geef_rol(lid.gebruiker, form.cleaned_data["rol"], request.user)
    except Weigering as fout:
        messages.error(request, str(fout))
    else:
        messages.success(request, _("De rol van %(naam)s is aangepast.") % {"naam": lid.gebruiker.naam})
    return redirect("groepen:leden", groep.slug)


@met_groep()
def verwijder(request, groep, pk):
    lid = _lid(request, groep, pk)
    if request.method != "POST":
        return render(request, "groepen/lid_verwijderen.html", {"groep": groep, "lid": lid})
    try:
        groep.verwijder_lid(lid.gebruiker, request.user)
    except Weigering as fout:
        messages.error(request, str(fout))
    else:
        messages.success(request, _("%(naam)s is geen lid meer.") % {"naam": lid.gebruiker.naam})
    return redirect("groepen:leden", groep.slug)


@met_groep()
def overdracht(request, groep):
    """Hand the Groep over to another lid; GET asks whether you are sure."""
    if not toegang.is_eigenaar(request.user, groep):
        raise PermissionDenied(_("Alleen de eigenaar draagt deze groep over."))
    naar = nummer(request.POST.get("naar") if request.method == "POST" else request.GET.get("naar"))
    if naar is None:
        return redirect("groepen:leden", groep.slug)
    leden = groep.lidmaatschappen.lopend().exclude(gebruiker=request.user).select_related("gebruiker")
    lid = get_object_or_404(leden, gebruiker=naar)
    if request.method != "POST":
        return render(request, "groepen/overdragen.html", {"groep": groep, "lid": lid})
    try:
        groep.draag_over(request.user, lid.gebruiker)
    except Weigering as fout:
        messages.error(request, str(fout))
    else:
        messages.success(
            request, _("%(naam)s is nu eigenaar. Jij blijft beheerder.") % {"naam": lid.gebruiker.naam}
        )
    return redirect("groepen:leden", groep.slug)
