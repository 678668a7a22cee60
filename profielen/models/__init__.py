from .deskundigheid import Aanbeveling, Deskundigheid
from .gebruiker import Gebruiker
from .onderwerp import Onderwerp
from .organisatie import Afdeling, Organisatie, OrganisatieDomein
from .profiel import Profiel

__all__ = [
    "Aanbeveling",
    "Afdeling",
    "Deskundigheid",
    "Gebruiker",
    "Onderwerp",
    "Organisatie",
    "OrganisatieDomein",
    "Profiel",
]
