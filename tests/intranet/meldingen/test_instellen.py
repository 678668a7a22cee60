"""Levels per Groep and channel, saved in one go and felt at the next Event."""

from intranet.meldingen.forms import InstelForm
from intranet.meldingen.models import Instelling, Melding, Niveau


def alles(form, **anders):
    """What the browser sends for the page as it stands, with changes."""
    data = {"overzicht": "dag", "overzicht_tijd": "08:30", "dagen": ["0", "1"], "rust": "on"}
    for rij in form.tabel:
        for naam, veld in rij.velden.items():
            data[f"{naam}-{rij.sleutel}"] = veld.value()
    return data | anders


def test_save_and_show(open_groep, anna, client):
    client.force_login(anna)
    form = InstelForm(anna)
    g = open_groep.pk
    data = alles(form, **{f"plein-{g}": "4", f"mail-{g}": "", "plein-jij": "4"}, zonder_tekst="on")
    assert client.post("/meldingen/instellen/", data).status_code == 302
    niveau = Niveau.objects.get(gebruiker=anna)  # what says the default is no row
    assert (niveau.groep, niveau.plein, niveau.mail, niveau.telefoon) == (open_groep, 4, "", 1)
    instelling = Instelling.objects.get(gebruiker=anna)
    assert (instelling.dagen, instelling.rust, instelling.zonder_tekst) == (3, True, True)
    html = client.get("/meldingen/instellen/").text
    assert '<option value="4" selected>Alles' in html
    # back to the defaults: no row left
    data = alles(InstelForm(anna), **{f"plein-{g}": "2", f"mail-{g}": "o", "dagen": list("01234")})
    client.post("/meldingen/instellen/", data)
    assert not Niveau.objects.exists()
    assert Instelling.objects.get().dagen is None  # as the Profiel says, from now on too


def test_an_overview_without_days_is_asked_about_and_nothing_is_lost(open_groep, anna, client):
    client.force_login(anna)
    form = InstelForm(anna)
    data = alles(form, **{f"plein-{open_groep.pk}": "0"})
    del data["dagen"]
    antwoord = client.post("/meldingen/instellen/", data)
    assert antwoord.status_code == 422
    assert "Kies minstens één dag" in antwoord.text
    assert '<option value="0" selected>Niets' in antwoord.text
    assert not Niveau.objects.exists()


def test_what_was_not_on_the_page_stays(open_groep, besloten_groep, anna, client):
    Niveau.objects.create(gebruiker=anna, groep=besloten_groep, plein=4)
    client.force_login(anna)
    data = alles(InstelForm(anna), **{f"plein-{open_groep.pk}": "1"})
    data = {naam: waarde for naam, waarde in data.items() if not naam.endswith(f"-{besloten_groep.pk}")}
    assert client.post("/meldingen/instellen/", data).status_code == 302
    assert set(Niveau.objects.values_list("groep", "plein")) == {(open_groep.pk, 1), (besloten_groep.pk, 4)}
    data[f"plein-{open_groep.pk}"] = "7"
    assert client.post("/meldingen/instellen/", data).status_code == 422


def test_from_the_page_of_the_groep(open_groep, besloten_groep, bram, anna, client, bezorg_alles):
    client.force_login(bram)
    assert client.post(f"/meldingen/groep/{open_groep.slug}/", {"plein": "3"}).status_code == 302
    assert client.post(f"/meldingen/groep/{besloten_groep.slug}/", {"plein": "3"}).status_code == 404
    open_groep.stel_vraag(anna, "Mag dit?")
    bezorg_alles()
    assert Melding.objects.get().gebruiker == bram
    # Not a lid, but chosen: it stands in the table, to choose otherwise.
    assert [rij.groep for rij in InstelForm(bram).tabel] == [None, open_groep]
