"""Searching, and what the redactie learns from it."""

from django.urls import path

from intranet.zoeken.views import lijkt_op, redactie, synoniemen, zoeken

app_name = "zoeken"
urlpatterns = [
    path("", zoeken.zoek, name="zoek"),
    path("voorstel/", zoeken.voorstel, name="voorstel"),
    path("klik/", zoeken.klik, name="klik"),
    path("lijkt-op/", lijkt_op.bij_tekst, name="lijkt_op"),
    path("lijkt-op/<nummer:pk>/", lijkt_op.bij_thread, name="lijkt_op_vraag"),
    path("redactie/", redactie.redactie, name="redactie"),
    path("synoniemen/", synoniemen.lijst, name="synoniemen"),
    path("synoniemen/<nummer:pk>/", synoniemen.wijzig, name="synoniem"),
    path("synoniemen/<nummer:pk>/verwijdering/", synoniemen.verwijder, name="synoniem_verwijdering"),
    path("synoniemen/meegeleverd/", synoniemen.meegeleverd, name="meegeleverd"),
]
