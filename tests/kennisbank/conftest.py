"""Two kennisbanken that do not know each other: dora edits in the open Groep, finn in a hidden one."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from PIL import Image as Plaatje

from groepen.models import Groep
from kennisbank.models import Beeld, GroepKennisbank, Kennisartikel

# Stands in every text of the other kennisbank, and may appear nowhere.
KANARIE = "Kanarievogel"


@pytest.fixture
def schrijf():
    """Write an article through Wagtail; published unless told otherwise."""

    def schrijf(groep, wie, titel="Een standplaats", *, publiceer=True, **velden):
        artikel = Kennisartikel(title=titel, owner=wie, live=False, **velden)
        GroepKennisbank.open_voor(groep).add_child(instance=artikel)
        revisie = artikel.save_revision(user=wie)
        if publiceer:
            revisie.publish()
        return Kennisartikel.objects.get(pk=artikel.pk)

    return schrijf


@pytest.fixture
def maak_beeld():
    def maak(groep, titel="plein", breedte=1600):
        bytes_ = BytesIO()
        Plaatje.new("RGB", (breedte, 40), "teal").save(bytes_, "PNG")
        return Beeld.objects.create(
            title=titel,
            file=ContentFile(bytes_.getvalue(), f"{titel}.png"),
            collection=GroepKennisbank.open_voor(groep).collectie,
        )

    return maak


@pytest.fixture
def vreemde_groep(finn):
    """A hidden Groep in which finn alone is."""
    return Groep.start(finn, naam=f"Groep {KANARIE}", soort="verborgen")


@pytest.fixture
def vreemd(vreemde_groep, finn, schrijf):
    """A published article in it, with an edit after that."""
    artikel = schrijf(
        vreemde_groep,
        finn,
        f"{KANARIE} titel",
        samenvatting=f"{KANARIE} kort",
        inhoud=[("tekst", f"<p>{KANARIE} lang</p>")],
    )
    artikel.samenvatting = f"{KANARIE} kort, nog eens"
    artikel.save_revision(user=finn).publish()
    return Kennisartikel.objects.get(pk=artikel.pk)


@pytest.fixture
def vreemd_beeld(vreemde_groep, maak_beeld):
    return maak_beeld(vreemde_groep, f"{KANARIE} beeld")


@pytest.fixture
def eigen(open_groep, dora, schrijf):
    return schrijf(open_groep, dora)
