"""Mail on its way, as an administrator sees it in ``/beheer/``."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from intranet.meldingen.models import VERSTUURD, Zending

LIJST = "/beheer/meldingen/zending/"


@pytest.fixture
def beheerder(client, anna):
    anna.is_staff = anna.is_superuser = True
    anna.save()
    client.force_login(anna)
    return client


@pytest.fixture
def vraag(besloten_groep, dora):
    return besloten_groep.stel_vraag(dora, "Wie weet dit?", "<p>Zeg het niet verder.</p>")


def zend(wie, thread, nummer, **velden):
    return Zending.objects.create(
        soort="thread", gebruiker=wie, thread=thread, sleutel=f"melding-{nummer}", van_melding=1,
        tot_melding=1, **velden,
    )  # fmt: skip


def test_to_read_alone_and_without_what_it_says(beheerder, client, vraag, bram):
    zending = zend(bram, vraag.thread, 1, uitkomst="server: SMTPServerDisconnected", pogingen=3)
    een = reverse("admin:meldingen_zending_change", args=[zending.pk])
    for adres in (LIJST, een):
        html = beheerder.get(adres).text
        assert "bram@zandmeer.example" in html
        assert "SMTPServerDisconnected" in html
        assert "Wie weet dit?" not in html
        assert "verder" not in html
    assert beheerder.get(f"{LIJST}add/").status_code == 403
    assert beheerder.post(een, {"pogingen": 0}).status_code == 403
    assert beheerder.post(reverse("admin:meldingen_zending_delete", args=[zending.pk])).status_code == 403
    client.force_login(bram)
    assert client.get(LIJST).status_code == 302


@pytest.mark.parametrize(
    ("stand", "nummers"),
    [("wacht", "1234"), ("mislukt", "2"), ("verstuurd", "5"), ("niet", "6"), ("", "123456")],
)
def test_found_by_where_it_stands(beheerder, vraag, bram, stand, nummers):
    nu = timezone.now()
    zend(bram, vraag.thread, 1)
    zend(bram, vraag.thread, 2, uitkomst="SMTPDataError", pogingen=1)
    zend(bram, vraag.thread, 3, geclaimd_tot=nu + timedelta(minutes=1))
    zend(bram, vraag.thread, 4, beschikbaar_op=nu + timedelta(hours=1))
    zend(bram, vraag.thread, 5, klaar_op=nu, uitkomst=VERSTUURD)
    zend(bram, vraag.thread, 6, klaar_op=nu, uitkomst="geweigerd: SMTPRecipientsRefused")
    blad = beheerder.get(LIJST, {"stand": stand} if stand else {})
    assert {een.sleutel[-1] for een in blad.context["cl"].result_list} == set(nummers)


@pytest.mark.parametrize("zoek", ["bram@", "buiten", "melding-1"])
def test_found_by_person_and_by_message(beheerder, vraag, bram, dora, zoek):
    zend(bram, vraag.thread, 1)
    zend(dora, vraag.thread, 2)
    blad = beheerder.get(LIJST, {"q": zoek})
    assert [een.gebruiker for een in blad.context["cl"].result_list] == [bram]


@pytest.mark.parametrize("aantal", [1, 40])
def test_the_same_statements_for_many(beheerder, vraag, bram, dora, aantal, django_assert_num_queries):
    for nummer in range(aantal):
        zend(bram if nummer % 2 else dora, vraag.thread, nummer, namens=None if nummer % 3 else dora)
    beheerder.get(LIJST)
    # session, Gebruiker, how many, the rows
    with django_assert_num_queries(4):
        assert beheerder.get(LIJST).text.count('class="field-stand') == aantal
