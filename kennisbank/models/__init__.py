from .artikel import Kennisartikel
from .beeld import Beeld, BeeldRendition
from .kennisbank import GroepKennisbank, KennisbankIndex

__all__ = ["Beeld", "BeeldRendition", "GroepKennisbank", "Kennisartikel", "KennisbankIndex"]
