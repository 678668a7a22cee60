"""Old news goes at night, and what is left is told as before."""

from datetime import timedelta

import pytest
from django.utils import timezone

from intranet.meldingen import lijst
from intranet.meldingen.models import Melding
from intranet.meldingen.opruimen import herstel_laatste, ruim_op


@pytest.fixture
def melding(anna, bram, open_groep):
    """``melding(dagen, gelezen)``: one of so long ago, about the same question unless said otherwise."""
    vraag = open_groep.stel_vraag(anna, "Mag dit?")

    def maak(dagen=0, gelezen=False, laatste=False, **velden):
        op = timezone.now() - timedelta(days=dagen)
        nummer = Melding.objects.count() + 1000
        velden = {"thread": vraag.thread, "groep": open_groep, "soort": "antwoord.gegeven"} | velden
        return Melding.objects.create(
            gebruiker=anna, event_id=nummer, reden="jouw_vraag", door=bram, op=op,
            gelezen_op=op if gelezen else None, is_laatste=laatste, **velden,
        )  # fmt: skip

    return maak


def test_read_goes_after_three_months_and_anything_after_a_year(melding):
    for dagen, gelezen in ((366, False), (366, True), (91, True)):
        melding(dagen, gelezen)
    blijft = [melding(364), melding(89, gelezen=True), melding(laatste=True)]
    assert ruim_op() == 3
    assert list(Melding.objects.order_by("pk")) == blijft
    assert ruim_op() == 0


def test_in_portions(melding, monkeypatch):
    monkeypatch.setattr("intranet.meldingen.opruimen.PER_KEER", 2)
    for _nummer in range(5):
        melding(400)
    assert ruim_op() == 5


def test_the_newest_of_a_thread_is_the_newest_again(melding, anna):
    melding()
    midden = melding()
    weg = melding(laatste=True)
    los = [
        melding(laatste=False, thread=None, groep=None, soort="kennis.aanbevolen"),
        melding(laatste=True, thread=None, groep=None, soort="kennis.aanbevolen"),
    ]
    Melding.objects.filter(pk=weg.pk).delete()  # as when its answer was wiped
    assert herstel_laatste() == 2
    assert set(Melding.objects.laatste()) == {midden, *los}
    assert len([rij for dag in lijst.blad(anna).dagen for rij in dag.rijen]) == 3
    Melding.objects.update(is_laatste=True)
    assert herstel_laatste() == 1
    assert herstel_laatste() == 0
