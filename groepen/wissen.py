"""Wiping what was deleted longer than 30 days ago, and images that were never posted. Called by nightly."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from groepen.models import Afbeelding, Antwoord, Reactie, Thread, Versie, Vraag
from groepen.models.thread import BEWAAR_VERWIJDERD

BEWAAR_LOSSE_AFBEELDING = timedelta(days=90)


def wis_verwijderd(nu: datetime | None = None) -> dict[str, int]:
    """Empty the texts, earlier versions and images of what was deleted; safe to run twice.

    The rows stay, so that threads keep their shape and counts. Gives the number of texts per kind.
    """
    grens = (nu or timezone.now()) - BEWAAR_VERWIJDERD
    with transaction.atomic():
        threads = Thread.objects.filter(verwijderd_op__lt=grens)
        antwoorden = Antwoord.objects.filter(verwijderd_op__lt=grens)
        Versie.objects.filter(antwoord=None, thread__in=threads.values("pk")).delete()
        Versie.objects.filter(antwoord__in=antwoorden.values("pk")).delete()
        aantal = {
            "vragen": Vraag.objects.filter(thread__in=threads.values("pk"))
            .exclude(inhoud="")
            .update(inhoud=""),
            "antwoorden": antwoorden.exclude(inhoud="").update(inhoud=""),
            "reacties": Reactie.objects.filter(verwijderd_op__lt=grens).exclude(inhoud="").update(inhoud=""),
        }
        threads.exclude(titel="").update(titel="", fragment="")
    return aantal


def wis_losse_afbeeldingen(nu: datetime | None = None) -> int:
    """Delete images that stood in no text for 90 days (as long as a Concept lives); how many."""
    grens = (nu or timezone.now()) - BEWAAR_LOSSE_AFBEELDING
    aantal = 0
    for afbeelding in Afbeelding.objects.filter(thread=None, gemaakt_op__lt=grens).iterator(chunk_size=500):
        opslag, naam = afbeelding.bestand.storage, afbeelding.bestand.name
        afbeelding.delete()
        # After the row: a file without a row is a leftover, a row without its file is a broken page.
        if naam:
            opslag.delete(naam)
        aantal += 1
    return aantal
