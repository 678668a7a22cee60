from .mens import MensField
from .onderwerpen import OnderwerpenField

__all__ = ["MensField", "OnderwerpenField"]
