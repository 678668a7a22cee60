"""Articles and their index; an article's address never changes, whatever its title or Groep becomes."""

from django.urls import path

from kennisbank.views import artikelen, beelden

app_name = "kennisbank"
urlpatterns = [
    path("", artikelen.index, name="index"),
    path("<nummer:pk>/", artikelen.artikel, name="artikel_kort"),
    path("<nummer:pk>/<slug:slug>/", artikelen.artikel, name="artikel"),
    path("beelden/<nummer:pk>/", beelden.toon, name="beeld"),
    path("redactie/<slug:slug>/", artikelen.open_redactie, name="redactie"),
]
