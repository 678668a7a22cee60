"""Images as people send them, made safe: really an image, of bounded size, without what cameras add."""

import io
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

MAX_BYTES = 10 * 1024 * 1024
# Refused before decoding: a small file may hold a picture of gigabytes.
MAX_PUNTEN = 50_000_000
# Wider than any column; a photo of a phone becomes a tenth of its size.
MAX_ZIJDE = 2400
FORMATEN = {"PNG": "png", "JPEG": "jpeg", "GIF": "gif", "WEBP": "webp"}


class GeenAfbeelding(ValueError):
    """What came in cannot be used as an image; ``str(fout)`` says why, for the person who sent it."""


@dataclass
class Beeld:
    formaat: str
    breedte: int
    hoogte: int
    bestand: ContentFile


def lees(upload: Any) -> Beeld:
    """Decode an uploaded file and write it anew: without EXIF, upright, at most 2400 pixels a side.

    Raises GeenAfbeelding for any other kind of file, a broken one, or one with too many pixels.
    """
    try:
        with Image.open(upload, formats=list(FORMATEN)) as bron:
            if bron.width * bron.height * getattr(bron, "n_frames", 1) > MAX_PUNTEN:
                raise GeenAfbeelding(_("Deze afbeelding heeft te veel beeldpunten. Maak hem eerst kleiner."))
            formaat = FORMATEN[bron.format or ""]
            uit = io.BytesIO()
            if formaat == "gif" and getattr(bron, "is_animated", False):
                # A moving picture keeps its frames; saving anew drops comments and extensions.
                bron.save(uit, "GIF", save_all=True)
                maat = bron.size
            else:
                beeld = ImageOps.exif_transpose(bron)
                beeld.thumbnail((MAX_ZIJDE, MAX_ZIJDE))
                maat = beeld.size
                if formaat == "jpeg":
                    beeld.convert("RGB").save(uit, "JPEG", quality=85, optimize=True, progressive=True)
                else:
                    beeld.save(uit, formaat.upper(), optimize=True)
    except GeenAfbeelding:
        raise
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        OSError,
        ValueError,
        SyntaxError,
        KeyError,
    ) as fout:
        raise GeenAfbeelding(
            _(
                "Dit bestand is geen afbeelding die we kunnen tonen. "
                "Kies een png-, jpg-, gif- of webp-bestand."
            )
        ) from fout
    return Beeld(formaat, *maat, ContentFile(uit.getvalue()))
