"""Faces: what people upload becomes a square JPEG of 320 pixels, without anything that was hidden in it.

A picture is a program for its decoder, so: three formats only, the size read from the header before a
single pixel is decoded, and never the uploaded bytes themselves into storage.
"""

import uuid
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

MAX_BYTES = 5 * 1024 * 1024
SOORTEN = ("PNG", "JPEG", "WEBP")
ACCEPT = "image/jpeg,image/png,image/webp"
# A JPEG is decoded at a fraction of its size, so it may be as large as a good telephone makes it.
MAX_PIXELS = {"JPEG": 50_000_000, "MPO": 50_000_000}
MAX_PIXELS_ANDERS = 20_000_000
ZIJDE = 320
KWALITEIT = 85


def lees_foto(bestand) -> ContentFile:
    """The face to store for an uploaded file; nothing of its metadata (place, camera) is kept.

    Raises ValidationError, in words for the person, when it is too large, damaged or no photo.
    """
    if bestand.size > MAX_BYTES:
        raise ValidationError(_("Deze foto is groter dan 5 MB. Kies een kleinere."), code="te_groot")
    try:
        with Image.open(bestand, formats=SOORTEN) as foto:
            _eis_redelijk(foto)
            # Only JPEG can: decode at the smallest scale that still fills the square.
            foto.draft("RGB", (ZIJDE * 2, ZIJDE * 2))
            gezicht = _vierkant(foto)
    except ValidationError:
        raise
    except Image.UnidentifiedImageError:
        raise ValidationError(
            _("Dit bestand is geen foto die we kennen. Kies een JPG, PNG of WebP."), code="soort"
        ) from None
    except Image.DecompressionBombError:
        raise _te_veel_pixels() from None
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError):
        # What Pillow raises for files that are cut off or made to harm.
        raise ValidationError(_("Deze foto is beschadigd. Kies een andere."), code="beschadigd") from None
    uit = BytesIO()
    gezicht.save(uit, "JPEG", quality=KWALITEIT, optimize=True)
    return ContentFile(uit.getvalue(), name=f"{uuid.uuid4().hex}.jpg")


def _eis_redelijk(foto: Image.Image) -> None:
    breedte, hoogte = foto.size
    if breedte * hoogte > MAX_PIXELS.get(foto.format or "", MAX_PIXELS_ANDERS):
        raise _te_veel_pixels()
    if min(breedte, hoogte) < 40:
        raise ValidationError(
            _("Deze foto is te klein. Kies er een van minstens 40 bij 40."), code="te_klein"
        )


def _te_veel_pixels() -> ValidationError:
    return ValidationError(_("Deze foto heeft te veel pixels. Maak hem eerst kleiner."), code="pixels")


def _vierkant(foto: Image.Image) -> Image.Image:
    """The middle of the photo (a face is mostly above it), upright, on white, in plain RGB."""
    recht = ImageOps.exif_transpose(foto)
    if recht.has_transparency_data:
        recht = recht.convert("RGBA")
        wit = Image.new("RGBA", recht.size, "white")
        recht = Image.alpha_composite(wit, recht)
    gezicht = ImageOps.fit(
        recht.convert("RGB"), (ZIJDE, ZIJDE), Image.Resampling.LANCZOS, centering=(0.5, 0.4)
    )
    # A new image: fit() copies info (EXIF, profiles, comments) along.
    schoon = Image.new("RGB", gezicht.size)
    schoon.paste(gezicht)
    return schoon
