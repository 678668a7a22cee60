"""Where a Thread leads: to the page of what it is."""

import pytest
from django.urls import resolve

from kennisbank.models import GroepKennisbank, Kennisartikel

pytestmark = pytest.mark.django_db


def test_a_question_and_an_article_each_have_their_own_page(anna, open_groep):
    vraag = open_groep.stel_vraag(anna, "Hoe dan?")
    artikel = Kennisartikel(title="Zo zit het", owner=anna, live=False)
    GroepKennisbank.open_voor(open_groep).add_child(instance=artikel)
    artikel.save_revision().publish()
    artikel.refresh_from_db()

    naar_vraag = resolve(vraag.thread.get_absolute_url())
    naar_artikel = resolve(artikel.thread.get_absolute_url())

    assert (naar_vraag.view_name, naar_vraag.kwargs) == ("groepen:vraag", {"pk": vraag.pk})
    # By number alone: a link must not carry a title that its reader may not see.
    assert (naar_artikel.view_name, naar_artikel.kwargs) == ("kennisbank:artikel_kort", {"pk": artikel.pk})
    thread = artikel.thread
    artikel.delete()
    thread = type(thread).objects.get(pk=thread.pk)
    assert resolve(thread.get_absolute_url()).view_name == "kennisbank:index"
