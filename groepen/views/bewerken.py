"""Editing a question, an answer or a remark; nothing of someone else's is overwritten silently."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from groepen import toegang
from groepen.forms.bewerken import TekstBewerkForm, VraagBewerkForm
from groepen.fouten import Botsing
from groepen.models import Antwoord, Reactie, Vraag
from groepen.vergelijk import vergelijk, vergelijk_opmaak
from groepen.views.ophalen import zeg_van_namen
from intranet import text
from intranet.concepten.models import Concept


def vraag(request, pk):
    ding = get_object_or_404(
        Vraag.objects.zichtbaar_voor(request.user)
        .select_related("thread__groep", "thread__steller")
        .levend(),
        pk=pk,
    )
    begin = {"titel": ding.titel, "inhoud": ding.inhoud, "onderwerpen": ding.onderwerpen.all()}
    return _bewerk(
        request,
        ding,
        VraagBewerkForm,
        begin,
        schrijver_id=ding.thread.steller_id,
        vraag=ding,
        kop=_("Bewerk je vraag"),
    )


def antwoord(request, pk):
    ding = get_object_or_404(
        Antwoord.objects.zichtbaar_voor(request.user)
        .select_related("vraag__thread__groep", "vraag__thread__steller", "schrijver")
        .levend(),
        pk=pk,
    )
    return _bewerk(
        request,
        ding,
        TekstBewerkForm,
        {"inhoud": ding.inhoud},
        schrijver_id=ding.schrijver_id,
        vraag=ding.vraag,
        kop=_("Bewerk je antwoord"),
    )


def reactie(request, pk):
    ding = get_object_or_404(
        Reactie.objects.zichtbaar_voor(request.user)
        .select_related("thread__groep", "thread__steller", "thread__vraag", "schrijver")
        .filter(verwijderd_op=None),
        pk=pk,
    )
    return _bewerk(
        request,
        ding,
        TekstBewerkForm,
        {"inhoud": ding.inhoud},
        schrijver_id=ding.schrijver_id,
        vraag=ding.thread.vraag,
        kop=_("Bewerk je reactie"),
    )


def _bewerk(request, ding, form_class, begin, *, schrijver_id, vraag, kop):
    if not toegang.mag_bewerken(request.user, ding.groep, schrijver_id):
        raise PermissionDenied
    if schrijver_id != request.user.pk:
        kop = _("Bewerk de tekst van een collega")
    plek = f"{ding._meta.model_name}:{ding.pk}:bewerk"
    botsing, concept = None, {}
    status = 200
    if request.method == "POST":
        form = form_class(request.POST, schrijver=request.user, groep=ding.groep, eerder=begin["inhoud"])
        if form.is_valid():
            try:
                ding.bewerk(request.user, **form.cleaned_data)
            except Botsing as fout:
                # Both texts on one page; sending again is then a choice, made with open eyes.
                botsing, status = _naast_elkaar(ding, fout.huidig, form.cleaned_data), 409
                form.data = form.data.copy()
                form.data["versie"] = fout.huidig.versie
            else:
                Concept.weg(request.user, plek)
                messages.success(request, _("Je wijziging staat er."))
                zeg_van_namen(request, form)
                return redirect(ding.get_absolute_url())
        else:
            status = 422
    else:
        concept = Concept.voor(request.user, plek)
        form = form_class(initial={**begin, "versie": ding.versie, **concept})
    return render(
        request,
        "groepen/bewerken.html",
        {
            "form": form,
            "ding": ding,
            "vraag": vraag,
            "kop": kop,
            "plek": plek,
            "botsing": botsing,
            "concept": concept,
            # Who was named before needs no second look.
            "genoemd": [f"{soort}:{nummer}" for soort, nummer in text.mentions(begin["inhoud"])],
        },
        status=status,
    )


def _naast_elkaar(ding, huidig, velden):
    """What the other changed and what this writer changed, both against what the two of them began with.

    A Reactie keeps no history: there the two texts are held against each other.
    """
    eerder = []
    if not isinstance(ding, Reactie):
        versies = ding.versies if isinstance(ding, Antwoord) else ding.thread.versies.filter(antwoord=None)
        eerder = list(versies.filter(nummer__gte=velden["versie"]).select_related("door"))
    begin = eerder[0].inhoud if eerder else huidig.inhoud
    titel = eerder[0].titel if eerder else getattr(huidig, "titel", "")
    return {
        "door": eerder[-1].door if eerder else None,
        "op": huidig.bewerkt_op,
        "titel_nu": vergelijk(titel, huidig.titel) if "titel" in velden else [],
        "titel_jij": vergelijk(titel, velden["titel"].strip()) if "titel" in velden else [],
        "nu": vergelijk_opmaak(begin, huidig.inhoud),
        "jij": vergelijk_opmaak(begin, velden["inhoud"]),
    }
