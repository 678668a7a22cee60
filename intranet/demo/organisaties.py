"""The invented partnership: who takes part, which departments they have, how many work there and as what."""

from typing import NamedTuple


class Deel(NamedTuple):
    """A department: its name, the number of people, what they are called, and the departments below it."""

    naam: str
    mensen: int = 0
    functies: tuple[str, ...] = ()
    delen: tuple["Deel", ...] = ()


class Lid(NamedTuple):
    """An organisation of the partnership, or one that guests come from."""

    sleutel: str
    naam: str
    soort: str
    domein: str
    plek: str
    afdelingen: tuple[Deel, ...]
    is_deelnemer: bool = True


KLANTCONTACT = ("Medewerker klantcontact", "Medewerker balie", "Senior medewerker klantcontact", "Telefonist")
BURGERZAKEN = ("Medewerker burgerzaken", "Senior medewerker burgerzaken", "Specialist burgerzaken")
VERGUNNINGEN = (
    "Vergunningverlener",
    "Juridisch adviseur",
    "Medewerker vergunningen",
    "Adviseur bijzondere wetten",
)
OMGEVING = ("Adviseur omgevingsplan", "Planoloog", "Casemanager omgevingswet", "Bouwplantoetser")
TOEZICHT = (
    "Toezichthouder",
    "Buitengewoon opsporingsambtenaar",
    "Toezichthouder bouw",
    "Adviseur veiligheid",
)
GROEN = ("Wijkbeheerder", "Medewerker groen", "Boomverzorger", "Voorman buitendienst")
WEGEN = ("Verkeerskundige", "Wegbeheerder", "Opzichter wegen", "Medewerker gladheid")
AFVAL = ("Medewerker milieustraat", "Beheerder riolering", "Afvalcoach")
ONDERWIJS = ("Leerplichtambtenaar", "Beleidsmedewerker onderwijs", "Medewerker leerlingenvervoer")
SPORT = ("Beleidsmedewerker sport", "Cultuurmakelaar", "Beheerder sporthal")
DUURZAAM = ("Adviseur duurzaamheid", "Energiecoach")
COMMUNICATIE = ("Communicatieadviseur", "Webredacteur", "Persvoorlichter", "Vormgever")
PERSONEEL = ("Adviseur personeel en organisatie", "Medewerker salarisadministratie", "Recruiter")
FINANCIEN = ("Financieel adviseur", "Medewerker crediteuren", "Controller")
JURIDISCH = ("Jurist", "Secretaris bezwarencommissie", "Adviseur privacy")
ARCHIEF = ("Archivaris", "Medewerker informatiebeheer")
BESTUUR = ("Bestuurssecretaresse", "Bestuursadviseur")
GRIFFIE = ("Raadsgriffier", "Medewerker griffie")


def _gemeente(maat: float) -> tuple[Deel, ...]:
    """The departments of a municipality; ``maat`` 1 is the size of Zandmeer."""

    def deel(naam: str, mensen: int, functies: tuple[str, ...]) -> Deel:
        return Deel(naam, max(1, round(mensen * maat)), functies)

    return (
        Deel("Dienstverlening", 1, ("Afdelingsmanager dienstverlening",), (
            deel("Klantcontact", 13, KLANTCONTACT),
            deel("Burgerzaken", 11, BURGERZAKEN),
        )),
        Deel("Ruimte", 1, ("Afdelingsmanager ruimte",), (
            deel("Vergunningen", 8, VERGUNNINGEN),
            deel("Omgevingsplan", 6, OMGEVING),
            deel("Veiligheid en Handhaving", 9, TOEZICHT),
            Deel("Openbare Ruimte", 1, ("Teamleider openbare ruimte",), (
                deel("Groen en Bomen", 7, GROEN),
                deel("Wegen en Verkeer", 7, WEGEN),
                deel("Afval en Riool", 5, AFVAL),
            )),
        )),
        Deel("Samenleving", 1, ("Afdelingsmanager samenleving",), (
            deel("Onderwijs en Jeugd", 5, ONDERWIJS),
            deel("Sport en Cultuur", 4, SPORT),
            deel("Duurzaamheid", 3, DUURZAAM),
        )),
        Deel("Bedrijfsvoering", 1, ("Afdelingsmanager bedrijfsvoering",), (
            deel("Communicatie", 6, COMMUNICATIE),
            deel("Personeel en Organisatie", 4, PERSONEEL),
            deel("Financiën", 4, FINANCIEN),
            deel("Juridische Zaken", 5, JURIDISCH),
            deel("Archief", 2, ARCHIEF),
        )),
        Deel("Bestuur", 1, ("Gemeentesecretaris",), (
            deel("Bestuurssecretariaat", 3, BESTUUR),
            deel("Griffie", 2, GRIFFIE),
        )),
    )  # fmt: skip


LEDEN = (
    Lid("zandmeer", "Zandmeer", "gemeente", "zandmeer.example", "Raadhuis Zandmeer", _gemeente(0.93)),
    Lid("oosterwold", "Oosterwold", "gemeente", "oosterwold.example", "Gemeentehuis Oosterwold", _gemeente(0.46)),
    Lid("lindenaar", "Lindenaar", "gemeente", "lindenaar.example", "Gemeentehuis Lindenaar", _gemeente(0.42)),
    Lid("waterkant", "De Waterkant", "samenwerking", "waterkant.example", "De Waterkant", (
        Deel("Belastingen", 12, ("Medewerker belastingen", "WOZ-taxateur", "Medewerker invordering")),
        Deel("ICT", 1, ("Manager ICT",), (
            Deel("Servicedesk", 8, ("Medewerker servicedesk", "Werkplekbeheerder")),
            Deel("Informatiebeveiliging", 4, ("Adviseur informatiebeveiliging", "Beheerder toegang")),
            Deel("Data en Informatie", 5, ("Data-analist", "Informatieadviseur")),
        )),
        Deel("Inkoop", 5, ("Inkoopadviseur", "Contractmanager")),
        Deel("Samenwerking", 3, ("Adviseur samenwerking", "Projectleider")),
    )),
    Lid("sociaal-plein", "Sociaal Plein", "samenwerking", "sociaalplein.example", "Sociaal Plein", (
        Deel("Inkomen", 8, ("Consulent inkomen", "Kwaliteitsmedewerker inkomen")),
        Deel("Wmo", 7, ("Consulent Wmo", "Ergonomisch adviseur")),
        Deel("Jeugd", 5, ("Jeugdconsulent", "Gezinscoach")),
        Deel("Schuldhulp", 5, ("Consulent schuldhulp", "Budgetcoach")),
        Deel("Inburgering", 4, ("Regisseur inburgering", "Klantmanager participatie")),
    )),
    Lid("van-elk", "Bouwbedrijf Van Elk", "leverancier", "vanelk.example", "Bouwkeet", (
        Deel("Uitvoering", 2, ("Uitvoerder", "Werkvoorbereider")),
    ), False),
    Lid("noorderlicht", "Adviesbureau Noorderlicht", "partner", "noorderlicht.example", "Op locatie", (
        Deel("Projecten", 1, ("Directievoerder",)),
    ), False),
)  # fmt: skip

DOMEINEN = {lid.domein: lid.sleutel for lid in LEDEN}
