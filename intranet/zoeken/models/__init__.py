from .index import Index
from .logboek import Zoekactie
from .synoniem import Synoniem

__all__ = ["Index", "Synoniem", "Zoekactie"]
