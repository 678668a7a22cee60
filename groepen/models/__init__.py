from .afbeelding import Afbeelding
from .antwoord import Antwoord
from .bedankje import Bedankje
from .gelezen import Gelezen
from .groep import Groep, OudeSlug
from .herinnering import Herinnering
from .lidmaatschap import Lidmaatschap, Toetredingsverzoek
from .overdracht import Overdracht
from .reactie import Reactie
from .stem import Stem
from .thread import Thread
from .uitnodiging import Uitnodiging
from .versie import Versie
from .volger import Volger
from .vraag import Vraag

__all__ = [
    "Afbeelding",
    "Antwoord",
    "Bedankje",
    "Gelezen",
    "Groep",
    "Herinnering",
    "Lidmaatschap",
    "OudeSlug",
    "Overdracht",
    "Reactie",
    "Stem",
    "Thread",
    "Toetredingsverzoek",
    "Uitnodiging",
    "Versie",
    "Volger",
    "Vraag",
]
