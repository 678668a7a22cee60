"""What may become a face: three formats, in reasonable measures, with nothing hidden in it."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from profielen import fotos
from tests.profielen.beelden import als, jpeg


def lees(inhoud: bytes, naam="foto.jpg") -> Image.Image:
    return Image.open(BytesIO(fotos.lees_foto(SimpleUploadedFile(naam, inhoud)).read()))


@pytest.mark.parametrize(
    "inhoud",
    [
        jpeg(), als("PNG"), als("WEBP"), als("PNG", modus="P"), als("PNG", modus="RGBA", kleur=(0, 99, 0, 0)),
        als("PNG", modus="LA", kleur=(5, 0)), als("JPEG", modus="CMYK", kleur=0),
        als("JPEG", modus="L", kleur=5),
        als("PNG", modus="I;16", kleur=5), als("PNG", grootte=(40, 4000)), jpeg(grootte=(6000, 4000)),
    ],
)  # fmt: skip
def test_becomes_a_square_jpeg(inhoud):
    gezicht = lees(inhoud)
    assert (gezicht.format, gezicht.mode, gezicht.size) == ("JPEG", "RGB", (320, 320))


def test_what_is_transparent_becomes_white():
    assert lees(als("PNG", modus="RGBA", kleur=(0, 0, 0, 0))).getpixel((5, 5)) == (255, 255, 255)


def test_nothing_hidden_comes_along():
    exif = Image.Exif()
    exif[0x010E] = "geheim"  # description
    exif[0x8825] = {1: "N", 2: (52.0, 30.0, 0.0)}  # place
    vol = jpeg(exif=exif, comment=b"geheim")
    assert b"geheim" in vol
    uit = fotos.lees_foto(SimpleUploadedFile("x.jpg", vol)).read()
    assert b"geheim" not in uit
    assert not Image.open(BytesIO(uit)).getexif()


def test_a_photo_taken_sideways_stands_upright():
    liggend = Image.new("RGB", (400, 400), "white")
    liggend.paste("red", (0, 0, 400, 200))  # red on top
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter clockwise to see it as it was
    uit = BytesIO()
    liggend.save(uit, "JPEG", exif=exif)
    gezicht = lees(uit.getvalue())
    assert gezicht.getpixel((310, 160))[1] < 60 < gezicht.getpixel((10, 160))[1]


def test_the_name_of_the_upload_is_not_used():
    namen = {fotos.lees_foto(SimpleUploadedFile("../../etc/passwd.jpg", jpeg())).name for _ in range(2)}
    assert len(namen) == 2
    assert all(naam.endswith(".jpg") and "/" not in naam and "passwd" not in naam for naam in namen)


def bom(breedte: int, hoogte: int) -> bytes:
    """A PNG of a few hundred bytes that says to be enormous."""

    def brok(soort: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + soort + data + struct.pack(">I", zlib.crc32(soort + data))

    kop = struct.pack(">IIBBBBB", breedte, hoogte, 8, 2, 0, 0, 0)
    rij = zlib.compress(b"\0" * 100)
    return b"\x89PNG\r\n\x1a\n" + brok(b"IHDR", kop) + brok(b"IDAT", rij) + brok(b"IEND", b"")


def tekstbom() -> bytes:
    """A PNG whose compressed text unfolds to 5 MB."""
    png = als("PNG", grootte=(50, 50))
    data = b"x\0\0" + zlib.compress(b"\0" * 5_000_000, 9)
    brok = struct.pack(">I", len(data)) + b"zTXt" + data + struct.pack(">I", zlib.crc32(b"zTXt" + data))
    return png[:33] + brok + png[33:]


@pytest.mark.parametrize(
    ("inhoud", "code"),
    [
        (b"", "soort"),
        (b"GIF89a" + b"\0" * 50, "soort"),
        (als("GIF"), "soort"),
        (als("TIFF"), "soort"),
        (als("BMP"), "soort"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "soort"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n", "soort"),
        (b"\x89PNG\r\n\x1a\n", "soort"),
        (bom(60_000, 60_000), "pixels"),
        (bom(5_000, 5_000), "pixels"),
        (bom(1_000, 1_000), "beschadigd"),
        (jpeg()[:2000], "beschadigd"),
        (als("PNG", grootte=(800, 800), kleur="red")[:-200], "beschadigd"),
        (als("PNG", grootte=(39, 400)), "te_klein"),
        (jpeg() + b"\0" * fotos.MAX_BYTES, "te_groot"),
    ],
)
def test_what_is_refused(inhoud, code):
    with pytest.raises(ValidationError) as fout:
        lees(inhoud)
    assert fout.value.code == code


def test_a_bomb_in_the_text_of_a_picture_does_not_go_off():
    with pytest.raises(ValidationError) as fout:
        lees(tekstbom())
    assert fout.value.code == "beschadigd"
