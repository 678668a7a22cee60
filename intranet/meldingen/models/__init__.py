from .abonnement import Abonnement
from .instelling import Instelling, Mailmoment, Niveau, Plein, Telefoon
from .melding import Melding, Reden
from .vermelding import Vermelding
from .zending import VERSTUURD, Zending

__all__ = [
    "VERSTUURD",
    "Abonnement",
    "Instelling",
    "Mailmoment",
    "Melding",
    "Niveau",
    "Plein",
    "Reden",
    "Telefoon",
    "Vermelding",
    "Zending",
]
