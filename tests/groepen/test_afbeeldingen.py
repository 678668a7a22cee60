"""Images in texts: what is taken, what is refused, and who may see them."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from groepen.models import Afbeelding, Reactie
from groepen.wissen import wis_losse_afbeeldingen


def plaatje(formaat="PNG", maat=(40, 30), **bewaar):
    uit = io.BytesIO()
    Image.new("RGB", maat, "red").save(uit, formaat, **bewaar)
    return uit.getvalue()


def stuur(client, wie, inhoud, naam="foto.png"):
    client.force_login(wie, backend="intranet.accounts.InlogBackend")
    return client.post("/afbeeldingen/", {"bestand": SimpleUploadedFile(naam, inhoud)})


def zie(client, wie, adres):
    client.force_login(wie, backend="intranet.accounts.InlogBackend")
    return client.get(adres).status_code


@pytest.mark.parametrize("formaat", ["PNG", "JPEG", "GIF", "WEBP"])
def test_an_image_is_kept_and_comes_back(client, anna, formaat):
    antwoord = stuur(client, anna, plaatje(formaat))

    assert antwoord.status_code == 201
    wat = antwoord.json()
    assert (wat["breedte"], wat["hoogte"]) == (40, 30)
    terug = client.get(wat["src"])
    assert terug["Content-Type"] == f"image/{formaat.lower()}"
    assert Image.open(io.BytesIO(b"".join(terug.streaming_content))).size == (40, 30)


@pytest.mark.parametrize(
    "inhoud",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"%PDF-1.7 geen plaatje",
        b"",
        plaatje()[:60],
        b"GIF89a" + b"\x00" * 20,
        plaatje("BMP"),
    ],
)
def test_what_is_no_image_is_refused_in_words(client, anna, inhoud):
    antwoord = stuur(client, anna, inhoud)
    assert antwoord.status_code == 415
    assert "geen afbeelding" in antwoord.json()["fout"]
    assert not Afbeelding.objects.exists()


def test_a_bomb_is_refused_before_it_goes_off(client, anna):
    uit = io.BytesIO()
    Image.new("1", (12_000, 12_000)).save(uit, "PNG", optimize=True)
    antwoord = stuur(client, anna, uit.getvalue())
    assert antwoord.status_code == 415
    assert "beeldpunten" in antwoord.json()["fout"]


def test_too_large_and_nothing_at_all(client, anna):
    assert stuur(client, anna, b"x" * (10 * 1024 * 1024 + 1)).status_code == 413
    assert client.post("/afbeeldingen/", {}).status_code == 400


def test_where_the_camera_stood_is_dropped(client, anna):
    exif = Image.Exif()
    exif[0x010F] = "GeheimeCamera"
    exif[0x0112] = 6  # lies on its side
    stuur(client, anna, plaatje("JPEG", exif=exif))
    beeld = Image.open(Afbeelding.objects.get().bestand)
    assert not beeld.getexif()
    assert beeld.size == (30, 40)


def test_a_huge_photo_becomes_usable(client, anna):
    assert stuur(client, anna, plaatje("JPEG", maat=(5000, 2500))).json()["breedte"] == 2400


def test_only_its_maker_sees_it_until_it_is_posted(client, anna, bram, chris, eva, besloten_groep):
    adres = stuur(client, anna, plaatje()).json()["src"]
    assert [zie(client, wie, adres) for wie in (anna, eva, bram, chris)] == [200, 404, 404, 404]

    besloten_groep.stel_vraag(anna, "Wat is dit?", f'<p><img src="{adres}" alt="rood"></p>')

    assert [zie(client, wie, adres) for wie in (anna, eva, bram, chris)] == [200, 200, 404, 404]
    besloten_groep.verwijder_lid(anna)
    assert zie(client, anna, adres) == 404


@pytest.mark.parametrize("wat", ["vraag", "antwoord", "reactie"])
def test_an_image_goes_with_the_text_that_was_taken_away(client, anna, bram, dora, open_groep, wat):
    """Who may put the text back (dora) still sees it, and so does everybody once it is back."""
    adres = stuur(client, anna, plaatje()).json()["src"]
    beeld = f'<p>Kijk: <img src="{adres}" alt="rood"></p>'
    vraag = open_groep.stel_vraag(anna, "Wat is dit?", beeld if wat == "vraag" else "<p>Nou?</p>")
    vraag.beantwoord(bram, "<p>Geen idee.</p>")
    weg = vraag.thread
    if wat == "antwoord":
        weg = vraag.beantwoord(anna, beeld)
    if wat == "reactie":
        weg = Reactie.geef(vraag.thread, anna, beeld)
    assert [zie(client, wie, adres) for wie in (anna, bram, dora)] == [200, 200, 200]
    weg.verwijder(anna)
    assert [zie(client, wie, adres) for wie in (anna, bram, dora)] == [404, 404, 200]
    weg.zet_terug(dora)
    assert [zie(client, wie, adres) for wie in (anna, bram, dora)] == [200, 200, 200]


def test_an_image_that_was_edited_out_stands_in_the_history(client, anna, bram, open_groep):
    adres = stuur(client, anna, plaatje()).json()["src"]
    vraag = open_groep.stel_vraag(anna, "Wat is dit?", f'<p><img src="{adres}" alt="rood"></p>')
    vraag.bewerk(anna, titel="Wat is dit?", inhoud="<p>Laat maar.</p>", versie=1)
    assert zie(client, bram, adres) == 200
    vraag.thread.verwijder(anna)
    assert zie(client, bram, adres) == 404


def test_someone_elses_image_cannot_be_taken_along(client, anna, eva, besloten_groep, open_groep, bram):
    adres = stuur(client, anna, plaatje()).json()["src"]
    open_groep.stel_vraag(bram, "Wat is dit?", f'<p><img src="{adres}" alt="rood"></p>')
    assert zie(client, bram, adres) == 404
    assert zie(client, anna, adres) == 200


def test_images_of_no_text_go_after_ninety_days(client, anna):
    stuur(client, anna, plaatje())
    pad = Afbeelding.objects.get().bestand.path
    assert wis_losse_afbeeldingen() == 0
    assert wis_losse_afbeeldingen(timezone.now() + timedelta(days=91)) == 1
    assert not Afbeelding.objects.exists()
    with pytest.raises(FileNotFoundError), open(pad):
        pass
