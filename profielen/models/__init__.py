from .deskundigheid import Deskundigheid
from .gebruiker import Gebruiker
from .onderwerp import Onderwerp
from .organisatie import Afdeling, Organisatie, OrganisatieDomein
from .profiel import Profiel

__all__ = [
    "Afdeling",
    "Deskundigheid",
    "Gebruiker",
    "Onderwerp",
    "Organisatie",
    "OrganisatieDomein",
    "Profiel",
]
