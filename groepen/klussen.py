"""What the clock does in groepen; the worker calls it (``settings.KLUSSEN``)."""

from groepen.models import Vraag


def geef_stille_vragen_vrij() -> int:
    """Whoever claimed a question and was silent for two working days gives it back; how many."""
    return Vraag.laat_stille_los()
