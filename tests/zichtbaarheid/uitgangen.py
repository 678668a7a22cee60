"""What leaves the house by another way than an own address: trees of others, letters, Events, commands."""

# Trees of others, by the first part of their addresses: who gets in at all. test_bomen walks what has
# an address without an argument.
BOMEN = {
    "account/": "allauth: everyone's own account; no Groep is known there",
    "cms/": "Wagtail: beheerders of a Groep that is not closed, for their own kennisbank",
    "beheer/": "Django's admin: superusers; accounts, organisaties, names of Groepen, never what is in them",
}

SOCKETS = ("ws/", "")

# Each letter, with whom it is for. test_post judges what it says.
BRIEVEN = {
    "uitnodiging": "the address that was invited",
    "toegang_gevraagd": "who may let the asker in",
    "toegang_verleend": "the asker, who now reads",
    "toegang_geweigerd": "the asker, who knew the card already",
    "groep_overgedragen": "the new eigenaar",
    "melding": "someone whom a Melding is for; test_mail_van_meldingen judges it",
    "melding_zonder_tekst": "the same, who keeps the text out of mail",
    "overzicht": "everyone who wants one; test_mail_van_meldingen judges it",
    "lid_vertrokken": "the eigenaren of a Groep that someone left for another employer",
}

OUTLETS = {
    "meldingen": "letters and Meldingen; test_meldingen judges who gets what, and what is left of it later",
    "live": "keys of what changed, to who may read it; test_live judges who follows what",
    "zoeken": "the index; test_zoeken and tests/intranet/zoeken/test_toegang_zoeken judge what it gives back",
}

# What a command writes where somebody may read it.
OPDRACHTEN = {
    "bezorg": "--stand: numbers of Deliveries by outlet and soort",
    "catalogus": "the messages of the source code",
    "demo": "--toon: the invented people and groups of the demo, only where the demo is allowed",
    "herindexeer": "numbers of documents by engine",
    "importeer": "numbers of rows",
    "nightly": "numbers of rows",
    "serveer": "the address of the site",
    "zoekmeting": "ids of documents that whoever runs it brought along",
}

# What is recorded. An Event holds numbers and small facts, never text that people wrote.
SOORTEN = {"bedankt"} | {
    f"{ding}.{daad}"
    for ding, daden in {
        "afdeling": "gemaakt gewijzigd verwijderd",
        "antwoord": "bewerkt gecontroleerd gegeven niet_gecontroleerd teruggezet verwijderd",
        "gebruiker": "beeindigd geblokkeerd gemaakt gewijzigd toegelaten wisselde_organisatie",
        "groep": "gesloten gestart gewijzigd heropend organisaties_gewijzigd overgedragen zonder_eigenaar",
        "kennis": "aanbevolen getoond niet_meer_aanbevolen verborgen",
        "kennisartikel": "gepubliceerd ingetrokken verwijderd",
        "lidmaatschap": "beeindigd begonnen gewijzigd verlopen",
        "melding": "gemaakt",
        "norm": "nadert",
        "onderwerp": "gemaakt gewijzigd",
        "onderwerpen": "ingelezen",
        "oplossing": "gekozen ingetrokken",
        "organisatie": "gemaakt gewijzigd",
        "profiel": "bevestigd gewijzigd",
        "reactie": "bewerkt gegeven teruggezet verwijderd",
        "stilte": "gemerkt uitgelegd",
        "synoniem": "gewijzigd",
        "thread": "teruggezet verplaatst verwijderd",
        "toegang": "gevraagd geweigerd verleend",
        "uitnodiging": "aanvaard gemaakt ingetrokken",
        "vraag": "bewerkt gedeeld gesloten gesteld heropend "
        "informatie_gegeven informatie_gevraagd losgelaten opgepakt overgedragen verlopen",
    }.items()
    for daad in daden.split()
}
