"""Groepen and what lives in them. Addresses of a Thread never change; a Groep goes by its slug."""

from django.urls import path

from groepen.views import afbeeldingen, antwoorden, groepen, leden, reacties, start, uitnodigingen, vragen

app_name = "groepen"
urlpatterns = [
    path("", start.start, name="start"),
    # Vragen
    path("vragen/", vragen.lijst, name="vragen"),
    path("vragen/stel/", vragen.stel, name="stel"),
    path("vragen/<int:pk>/", vragen.detail, name="vraag"),
    path("vragen/<int:pk>/bewerken/", vragen.bewerk, name="vraag_bewerken"),
    path("vragen/<int:pk>/geschiedenis/", vragen.geschiedenis, name="vraag_geschiedenis"),
    path("vragen/<int:pk>/verwijdering/", vragen.verwijder, name="vraag_verwijdering"),
    path("vragen/<int:pk>/verplaatsing/", vragen.verplaats, name="vraag_verplaatsing"),
    path("vragen/<int:pk>/status/", vragen.status, name="vraag_status"),
    path("vragen/<int:pk>/behandelaar/", vragen.behandelaar, name="vraag_behandelaar"),
    path("vragen/<int:pk>/contactpersoon/", vragen.contactpersoon, name="vraag_contactpersoon"),
    path("vragen/<int:pk>/oplossing/", vragen.oplossing, name="vraag_oplossing"),
    path("vragen/<int:pk>/bedankje/", vragen.bedankje, name="vraag_bedankje"),
    path("vragen/<int:pk>/stem/", vragen.stem, name="vraag_stem"),
    path("vragen/<int:pk>/volgen/", vragen.volgen, name="vraag_volgen"),
    path("vragen/<int:pk>/hulp/", vragen.hulp, name="vraag_hulp"),
    path("vragen/<int:pk>/antwoorden/", antwoorden.beantwoord, name="antwoorden"),
    path("vragen/<int:pk>/reacties/", reacties.reageer, name="reacties"),
    path("antwoorden/<int:pk>/bewerken/", antwoorden.bewerk, name="antwoord_bewerken"),
    path("antwoorden/<int:pk>/geschiedenis/", antwoorden.geschiedenis, name="antwoord_geschiedenis"),
    path("antwoorden/<int:pk>/verwijdering/", antwoorden.verwijder, name="antwoord_verwijdering"),
    path("antwoorden/<int:pk>/controle/", antwoorden.controleer, name="antwoord_controle"),
    path("antwoorden/<int:pk>/bedankje/", antwoorden.bedankje, name="antwoord_bedankje"),
    path("reacties/<int:pk>/bewerken/", reacties.bewerk, name="reactie_bewerken"),
    path("reacties/<int:pk>/verwijdering/", reacties.verwijder, name="reactie_verwijdering"),
    path("afbeeldingen/", afbeeldingen.plaats, name="afbeeldingen"),
    path("afbeeldingen/<uuid:pk>/", afbeeldingen.toon, name="afbeelding"),
    # Groepen
    path("groepen/", groepen.lijst, name="groepen"),
    path("groepen/nieuw/", groepen.nieuw, name="groep_nieuw"),
    path("groepen/<slug:slug>/", groepen.detail, name="groep"),
    path("groepen/<slug:slug>/kaders/", groepen.kaders, name="groep_kaders"),
    path("groepen/<slug:slug>/sluiting/", groepen.sluiting, name="groep_sluiting"),
    path("groepen/<slug:slug>/leden/", leden.lijst, name="leden"),
    path("groepen/<slug:slug>/lidmaatschap/", leden.lidmaatschap, name="lidmaatschap"),
    path("groepen/<slug:slug>/toegang/", leden.toegang_vragen, name="toegang_vragen"),
    path("groepen/<slug:slug>/verzoeken/<int:pk>/", leden.verzoek, name="verzoek"),
    path("groepen/<slug:slug>/leden/<int:pk>/rol/", leden.rol, name="lid_rol"),
    path("groepen/<slug:slug>/leden/<int:pk>/verwijdering/", leden.verwijder, name="lid_verwijdering"),
    path("groepen/<slug:slug>/overdracht/", leden.overdracht, name="groep_overdracht"),
    path("groepen/<slug:slug>/uitnodigingen/", uitnodigingen.nodig_uit, name="uitnodigingen"),
    path("groepen/<slug:slug>/uitnodigingen/<int:pk>/", uitnodigingen.trek_in, name="uitnodiging_intrekken"),
    path("uitnodiging/<uuid:sleutel>/", uitnodigingen.aanvaard, name="uitnodiging"),
]
