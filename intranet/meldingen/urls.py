"""What people hear of, and naming each other."""

from django.urls import path

from intranet.meldingen.views import afmelden, kiezen

app_name = "meldingen"
urlpatterns = [
    path("vermelden/", kiezen.opties, name="vermelden"),
    path("meldingen/afmelden/<str:token>/", afmelden.afmelden, name="afmelden"),
    path("vermelden/bereik/", kiezen.bereik, name="bereik"),
]
