"""Logos as documents take them: PNG, no larger than they are printed; one that is lost or broken is left out."""

from io import BytesIO

from django.db.models.fields.files import FieldFile
from PIL import Image, ImageOps

BOX = (520, 260)  # pixels: 42 mm at some 300 to the inch
_BROKEN = (OSError, ValueError, SyntaxError, Image.DecompressionBombError)  # SyntaxError: a broken PNG


def as_png(file: FieldFile) -> bytes | None:
    """The logo; None where there is no file, or no picture in it."""
    try:
        with file.storage.open(file.name) as content, Image.open(content) as image:
            upright = ImageOps.exif_transpose(image).convert("RGBA")
        upright.thumbnail(BOX, Image.Resampling.LANCZOS)
        packed = BytesIO()
        upright.save(packed, "PNG")
    except _BROKEN:
        return None
    return packed.getvalue()
