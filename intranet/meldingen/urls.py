"""What people hear of, and naming each other."""

from django.urls import path

from intranet.meldingen.views import afmelden, apparaten, instellen, kiezen, lijst

app_name = "meldingen"
urlpatterns = [
    path("meldingen/", lijst.lijst, name="lijst"),
    path("meldingen/gelezen/", lijst.gelezen, name="gelezen"),
    path("meldingen/gezien/<nummer:pk>/", lijst.gezien, name="gezien"),
    path("meldingen/bel/", lijst.stand, name="bel"),
    path("meldingen/instellen/", instellen.instellen, name="instellen"),
    path("meldingen/groep/<slug:slug>/", instellen.van_groep, name="van_groep"),
    path("meldingen/apparaten/", apparaten.meld_aan, name="apparaten"),
    path("meldingen/apparaten/<nummer:pk>/weg/", apparaten.meld_af, name="apparaat_weg"),
    path("meldingen/apparaten/proef/", apparaten.proef, name="apparaat_proef"),
    path("vermelden/", kiezen.opties, name="vermelden"),
    path("meldingen/afmelden/<str:token>/", afmelden.afmelden, name="afmelden"),
    path("vermelden/bereik/", kiezen.bereik, name="bereik"),
]
