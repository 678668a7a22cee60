"""A page with nothing but the editor, in the real frame, for tests of editor and drafts.

``ROOT_URLCONF = "tests.urls_editor"``; of the rest of the house only what these pages need.
"""

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import include, path

from groepen.views import afbeeldingen
from intranet.concepten.models import Concept
from intranet.editor import RijkeTekstField
from intranet.text import clean

PLEK = "proef:1:vraag"
GEPLAATST: list[dict] = []


class ProefForm(forms.Form):
    titel = forms.CharField(max_length=160, label="Wat wil je weten?")
    inhoud = RijkeTekstField(label="Vertel er iets bij", help_text="Noem geen inwoners bij naam.")


def proef(request):
    concept = Concept.voor(request.user, PLEK)
    if request.method == "POST":
        if request.GET.get("stuk"):
            raise RuntimeError("a server error, on purpose")
        form = ProefForm(request.POST)
        if form.is_valid():
            GEPLAATST.append({**form.cleaned_data, "door": request.user.pk})
            Concept.weg(request.user, PLEK)
            return redirect("geplaatst")
        return render(request, "proef.html", {"form": form, "plek": PLEK, "concept": None}, status=422)
    begin = {"inhoud": clean(request.GET["begin"])} if "begin" in request.GET else {}
    form = ProefForm(initial={**begin, **concept})
    return render(request, "proef.html", {"form": form, "plek": PLEK, "concept": concept})


def geplaatst(request):
    return HttpResponse("<!doctype html><html lang=nl><title>Geplaatst</title><h1>Geplaatst</h1>")


def afleveren(request):
    """As the real addresses: a POST of the form goes elsewhere, and that address has no page of its own."""
    return proef(request) if request.method == "POST" else HttpResponse(status=405)


urlpatterns = [
    path("", geplaatst),
    path("proef/", proef, name="proef"),
    path("proef/afleveren/", afleveren),
    path("geplaatst/", geplaatst, name="geplaatst"),
    path("concepten/", include("intranet.concepten.urls")),
    path("account/", include("allauth.urls")),
    path(
        "",
        include(
            (
                [
                    path("afbeeldingen/", afbeeldingen.plaats, name="afbeeldingen"),
                    path("afbeeldingen/<uuid:pk>/", afbeeldingen.toon, name="afbeelding"),
                ],
                "groepen",
            )
        ),
    ),
]

handler403 = "intranet.views.geen_toegang"
handler404 = "intranet.views.niet_gevonden"
handler500 = "intranet.views.storing"
