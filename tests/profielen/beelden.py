"""Pictures for tests, made on the spot."""

from io import BytesIO

from PIL import Image


def als(soort: str, grootte=(640, 480), kleur="teal", modus="RGB", **bewaar) -> bytes:
    uit = BytesIO()
    Image.new(modus, grootte, kleur).save(uit, soort, **bewaar)
    return uit.getvalue()


def jpeg(**anders) -> bytes:
    return als("JPEG", **anders)
