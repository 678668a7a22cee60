"""What somebody wants to hear, and where."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from groepen.models import Groep
from intranet.meldingen.forms import InstelForm
from intranet.meldingen.models import Niveau, Plein
from intranet.meldingen.telefoon import apparaten
from intranet.verzoek import Verzoek

UITLEG = {
    Plein.ALLES: gettext_lazy("Elke nieuwe vraag, elk antwoord en elke oplossing"),
    Plein.VRAGEN: gettext_lazy("Elke nieuwe vraag, en verder wat jou aangaat"),
    Plein.AANGAAT: gettext_lazy("Vragen die je stelde, oppakte of volgt, en je naam"),
    Plein.NOEMT: gettext_lazy("Alleen als een collega je naam noemt"),
    Plein.NIETS: gettext_lazy("Ook niet als een collega je naam noemt"),
}


@require_http_methods(["GET", "POST"])
def instellen(request: Verzoek) -> HttpResponse:
    """The table of levels and the overview; one save."""
    form = InstelForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.bewaar()
        messages.success(request, _("Bewaard. Zo krijg je je meldingen voortaan."))
        return redirect("meldingen:instellen")
    status = 422 if form.is_bound else 200
    context = {"form": form} | apparaten.vak(request.user)
    return render(request, "meldingen/instellen.html", context, status=status)


@require_http_methods(["GET", "POST"])
def van_groep(request: Verzoek, slug: str) -> HttpResponse:
    """How much to hear of one Groep, for whoever reads it: five choices."""
    groep = get_object_or_404(Groep.objects.zichtbaar_voor(request.user), slug=slug)
    plein = request.POST.get("plein", "")
    if plein in {str(waarde) for waarde in Plein.values}:
        Niveau.objects.update_or_create(gebruiker=request.user, groep=groep, defaults={"plein": int(plein)})
        wat = {"groep": groep.naam, "wat": Plein(int(plein)).label}
        messages.success(request, _("Van %(groep)s hoor je nu: %(wat)s.") % wat)
        return redirect(reverse("groepen:groep", args=[groep.slug]))
    nu = Niveau.objects.filter(gebruiker=request.user, groep=groep).values_list("plein", flat=True).first()
    context = {
        "groep": groep,
        "keuzes": [(keuze, UITLEG[keuze]) for keuze in reversed(Plein)],
        "gekozen": Plein.AANGAAT if nu is None else nu,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "meldingen/van_groep.html", context, status=status)
