"""Groepen and what lives in them. Addresses of a Thread never change; a Groep goes by its slug."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from groepen.views import (
    afbeeldingen,
    antwoorden,
    behandelen,
    bewerken,
    geschiedenis,
    groepen,
    leden,
    mensen,
    reacties,
    start,
    uitnodigingen,
    verplaatsen,
    verwijderen,
    vragen,
    waarderen,
)


class NummerConverter(IntConverter):
    """A number that fits in a column: SQLite raises on a longer one instead of not finding it."""

    regex = "[0-9]{1,18}"


register_converter(NummerConverter, "nummer")

app_name = "groepen"
urlpatterns = [
    path("", start.start, name="start"),
    # Vragen
    path("vragen/", vragen.lijst, name="vragen"),
    path("vragen/stel/", vragen.stel, name="stel"),
    path("vragen/nieuw/", vragen.lijst_nieuw, name="vragen_nieuw"),
    path("vragen/<nummer:pk>/", vragen.detail, name="vraag"),
    path("vragen/<nummer:pk>/nieuw/", vragen.nieuw, name="vraag_nieuw"),
    path("vragen/<nummer:pk>/bewerken/", bewerken.vraag, name="vraag_bewerken"),
    path("vragen/<nummer:pk>/geschiedenis/", geschiedenis.vraag, name="vraag_geschiedenis"),
    path("vragen/<nummer:pk>/verwijdering/", verwijderen.vraag, name="vraag_verwijdering"),
    path("vragen/<nummer:pk>/verplaatsing/", verplaatsen.vraag, name="vraag_verplaatsing"),
    path("vragen/<nummer:pk>/status/", behandelen.status, name="vraag_status"),
    path("vragen/<nummer:pk>/behandelaar/", behandelen.behandelaar, name="vraag_behandelaar"),
    path("vragen/<nummer:pk>/teken/", behandelen.teken, name="vraag_teken"),
    path("vragen/<nummer:pk>/contactpersoon/", behandelen.contactpersoon, name="vraag_contactpersoon"),
    path("vragen/<nummer:pk>/oplossing/", behandelen.oplossing, name="vraag_oplossing"),
    path("vragen/<nummer:pk>/bedankje/", waarderen.bedankje, name="vraag_bedankje"),
    path("vragen/<nummer:pk>/stem/", waarderen.stem, name="vraag_stem"),
    path("vragen/<nummer:pk>/volgen/", waarderen.volgen, name="vraag_volgen"),
    path("vragen/<nummer:pk>/hulp/", waarderen.hulp, name="vraag_hulp"),
    path("vragen/<nummer:pk>/antwoorden/", antwoorden.beantwoord, name="antwoorden"),
    path("vragen/<nummer:pk>/reacties/", reacties.reageer, name="reacties"),
    path("antwoorden/<nummer:pk>/bewerken/", bewerken.antwoord, name="antwoord_bewerken"),
    path("antwoorden/<nummer:pk>/geschiedenis/", geschiedenis.antwoord, name="antwoord_geschiedenis"),
    path("antwoorden/<nummer:pk>/verwijdering/", verwijderen.antwoord, name="antwoord_verwijdering"),
    path("antwoorden/<nummer:pk>/controle/", antwoorden.controleer, name="antwoord_controle"),
    path("antwoorden/<nummer:pk>/bedankje/", waarderen.antwoord_bedankje, name="antwoord_bedankje"),
    path("reacties/<nummer:pk>/bewerken/", bewerken.reactie, name="reactie_bewerken"),
    path("reacties/<nummer:pk>/verwijdering/", verwijderen.reactie, name="reactie_verwijdering"),
    path("afbeeldingen/", afbeeldingen.plaats, name="afbeeldingen"),
    path("afbeeldingen/<uuid:pk>/", afbeeldingen.toon, name="afbeelding"),
    # Groepen
    path("groepen/", groepen.lijst, name="groepen"),
    path("groepen/nieuw/", groepen.nieuw, name="groep_nieuw"),
    path("groepen/<slug:slug>/", groepen.detail, name="groep"),
    path("groepen/<slug:slug>/kaders/", groepen.kaders, name="groep_kaders"),
    path("groepen/<slug:slug>/sluiting/", groepen.sluiting, name="groep_sluiting"),
    path("groepen/<slug:slug>/leden/", leden.lijst, name="leden"),
    path("groepen/<slug:slug>/meelezers/", leden.meelezers, name="meelezers"),
    path("groepen/<slug:slug>/lidmaatschap/", leden.lidmaatschap, name="lidmaatschap"),
    path("groepen/<slug:slug>/toegang/", leden.toegang_vragen, name="toegang_vragen"),
    path("groepen/<slug:slug>/verzoeken/<nummer:pk>/", leden.verzoek, name="verzoek"),
    path("groepen/<slug:slug>/leden/<nummer:pk>/rol/", leden.rol, name="lid_rol"),
    path("groepen/<slug:slug>/leden/<nummer:pk>/verwijdering/", leden.verwijder, name="lid_verwijdering"),
    path("groepen/<slug:slug>/overdracht/", leden.overdracht, name="groep_overdracht"),
    path("groepen/<slug:slug>/uitnodigingen/", uitnodigingen.nodig_uit, name="uitnodigingen"),
    path(
        "groepen/<slug:slug>/uitnodigingen/<nummer:pk>/", uitnodigingen.trek_in, name="uitnodiging_intrekken"
    ),
    path("mensen/<nummer:pk>/bijdragen/", mensen.bijdragen, name="van_mens"),
    path("uitnodiging/<uuid:sleutel>/", uitnodigingen.aanvaard, name="uitnodiging"),
]
