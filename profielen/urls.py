"""People and where they work."""

from django.urls import path

from profielen.views import afdelingen, kennis, mensen, onderwerpen, profiel

app_name = "profielen"
urlpatterns = [
    path("mensen/", mensen.lijst, name="mensen"),
    path("mensen/zoek/", mensen.zoek, name="mensen_zoek"),
    path("mensen/afdelingen/", afdelingen.boom, name="afdelingen"),
    path("mensen/ik/", profiel.ik, name="ik"),
    path("mensen/ik/bewerken/", profiel.bewerk, name="bewerken"),
    path("mensen/ik/bevestiging/", profiel.bevestig, name="bevestiging"),
    path("mensen/ik/kennis/", kennis.kennis, name="kennis"),
    path("mensen/<nummer:pk>/", profiel.detail, name="mens"),
    path("mensen/<nummer:pk>/aanbeveling/", kennis.aanbeveling, name="aanbeveling"),
    path("mensen/<nummer:pk>/foto/", profiel.foto, name="foto"),
    path("onderwerpen/zoek/", onderwerpen.zoek, name="onderwerpen_zoek"),
]
