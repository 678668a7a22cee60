from .onderwerpen import OnderwerpenField

__all__ = ["OnderwerpenField"]
