"""The people of the demo that have a story: to log in as, and those of the design's pages.

Everyone else is drawn by lot. ``mail`` is what stands before the @ of the organisation's domain.
"""

from typing import NamedTuple


class Held(NamedTuple):
    mail: str
    voornaam: str
    tussenvoegsel: str
    achternaam: str
    organisatie: str
    afdeling: str
    functie: str
    vraag_mij_over: str = ""
    # Not empty: named first when somebody wants to log in.
    waarom: str = ""
    rol: str = "medewerker"
    locatie: str = ""


HELDEN = (
    Held("anna", "Anna", "", "Visser", "zandmeer", "Klantcontact", "Medewerker klantcontact",
         "De telefoon, het terugbelsysteem en wie waarover gaat. Ik zit hier al twaalf jaar, dus vraag maar raak.",
         "medewerker klantcontact, lid van veel groepen, ook van besloten en verborgen groepen"),
    Held("bram", "Bram", "", "Kuiper", "zandmeer", "Veiligheid en Handhaving", "Toezichthouder",
         "Markten, geluid en terrassen. Ik was marktmeester tot 2024.",
         "toezichthouder, alleen in open groepen; vraagt toegang tot een besloten groep"),
    Held("chris", "Chris", "", "Dekker", "van-elk", "Uitvoering", "Projectleider",
         "De nieuwbouw van het gemeentehuis en het werk aan de Havenweg.",
         "gast van Bouwbedrijf Van Elk in twee groepen", "gast"),
    Held("dora", "Dora", "", "Hendriks", "zandmeer", "Bestuur", "Programmamanager huisvesting",
         "Nieuwbouw, verhuizen en hoe we met de bouwers samenwerken.",
         "eigenaar en beheerder van besloten en verborgen groepen"),
    Held("sanne", "Sanne", "", "Vermeulen", "zandmeer", "Klantcontact", "Medewerker balie",
         "De balie: paspoorten, briefadressen en wat je tegen een inwoner zegt.",
         "medewerker balie, stelt veel vragen", locatie="Raadhuis Zandmeer, publiekshal"),
    Held("fatima", "Fatima", "el", "Idrissi", "zandmeer", "Vergunningen", "Juridisch adviseur",
         "Standplaatsen, markten en evenementen. Ik help je graag met de vraag: mag dit, en hoe leg ik het uit? "
         "Over bouwen weet ik weinig, vraag dat aan Omgevingsplan.",
         "juridisch adviseur, eigenaar van de groep Vergunningen en APV",
         locatie="Raadhuis Zandmeer, 2e verdieping. Op dinsdag thuis"),
    Held("saskia", "Saskia", "ter", "Horst", "waterkant", "Samenwerking", "Communitymanager",
         "Groepen op Binnenplein: een nieuwe beginnen, samenvoegen of weer tot leven wekken.",
         "communitymanager van de hele samenwerking", "communitymanager"),
    Held("mirjam", "Mirjam", "de", "Groot", "zandmeer", "Communicatie", "Webredacteur",
         "De kennisbank, webteksten en hoe je een artikel kort houdt.",
         "redacteur van de kennisbank", "redacteur"),
    Held("beheer", "Bas", "van", "Loon", "zandmeer", "Bedrijfsvoering", "Functioneel beheerder",
         "Accounts, organisaties en instellingen van Binnenplein.",
         "functioneel beheerder: mag in /beheer/, ziet geen groepen van anderen", "administrator"),
    Held("annelies", "Annelies", "", "Wubben-van der Heijden", "oosterwold", "Vergunningen",
         "Beleidsmedewerker economie", "Winkeltijden, markten en ondernemers.",
         "medewerker van een andere gemeente (Oosterwold)"),
    Held("milan", "Milan", "", "Oosterhof", "zandmeer", "Vergunningen", "Stagiair vergunningen", "",
         "stagiair, waarnemer: leest mee en schrijft niet"),
    Held("ruud", "Ruud", "", "Scholten", "van-elk", "Uitvoering", "Uitvoerder", "Steigers, hekken en planning.",
         "", "gast"),
    Held("hanneke", "Hanneke", "", "Zijlstra", "zandmeer", "Vergunningen", "Teamleider vergunningen",
         "Bezwaar en beroep, en hoe we het werk verdelen."),
    Held("kees", "Kees", "", "Terpstra", "zandmeer", "Burgerzaken", "Senior medewerker burgerzaken",
         "Briefadressen, rijbewijzen en de bijzondere gevallen."),
    Held("imke", "Imke", "de", "Wit", "zandmeer", "Burgerzaken", "Medewerker burgerzaken",
         "Parkeren voor bewoners, verhuizen en akten."),
    Held("tirza", "Tirza", "", "Blom", "zandmeer", "Communicatie", "Communicatieadviseur",
         "Duidelijke taal: brieven, formulieren en lastige zinnen."),
    Held("noor", "Noor", "", "Dijkgraaf", "sociaal-plein", "Wmo", "Kwaliteitsadviseur Wmo",
         "Wmo, eigen bijdrage en de overgang naar de Wlz."),
    Held("jan-willem", "Jan-Willem", "", "Oosterhof", "zandmeer", "Openbare Ruimte", "Marktmeester",
         "De dinsdagmarkt, stroom en plekken op het plein."),
    Held("joost", "Joost", "", "Adema", "lindenaar", "Vergunningen", "Vergunningverlener",
         "Evenementen en het strand van Lindenaar."),
    Held("wilhelmina", "Wilhelmina", "van", "Nieuwenhuijzen-Schrijnemaeckers", "lindenaar", "Omgevingsplan",
         "Adviseur leefomgeving", "Kermis, kampeerplekken en standplaatsen op het strand."),
    Held("willem", "Willem", "", "Oosterhof", "zandmeer", "Wegen en Verkeer", "Wegbeheerder",
         "Straatwerk, kabels en leidingen."),
    Held("yara", "Yara", "", "Pinas", "noorderlicht", "Projecten", "Directievoerder",
         "Toezicht op de uitvoering namens de gemeente.", "", "gast"),
    Held("derya", "Derya", "", "Yıldırım", "van-elk", "Uitvoering", "Omgevingsmanager",
         "Bewonersbrieven, omleidingen en klachten over het werk.", "", "gast"),
    Held("ravi", "Ravi", "", "Ramdin", "waterkant", "Servicedesk", "Projectleider werkplekken",
         "Wifi, beeldschermen en de techniek van vergaderzalen."),
    Held("tom", "Tom", "van", "Vliet", "noorderlicht", "Projecten", "Adviseur installaties",
         "Klimaat en techniek van het nieuwe gemeentehuis.", "", "gast"),
)  # fmt: skip
