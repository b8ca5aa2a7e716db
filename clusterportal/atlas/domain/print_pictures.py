"""Pictures as documents take them: no larger than they are printed; one that is lost or broken is left out."""

from io import BytesIO

from django.db.models.fields.files import FieldFile
from PIL import Image, ImageOps

LOGO, PHOTO = (520, 260), (1600, 1200)  # pixels: some 300 and 240 to the inch
_BROKEN = (OSError, ValueError, SyntaxError, Image.DecompressionBombError)  # SyntaxError: a broken PNG


def as_png(file: FieldFile) -> bytes | None:
    """A logo, which may let the paper through; None where there is no file, or no picture in it."""
    return _packed(file, LOGO, "RGBA", "PNG")


def as_jpeg(file: FieldFile) -> bytes | None:
    """A photograph; None where there is no file, or no picture in it."""
    return _packed(file, PHOTO, "RGB", "JPEG", quality=85)


def _packed(file: FieldFile, box: tuple[int, int], mode: str, kind: str, **options: int) -> bytes | None:
    try:
        with file.storage.open(file.name or "") as content, Image.open(content) as image:
            upright = ImageOps.exif_transpose(image).convert("RGBA")
        upright.thumbnail(box, Image.Resampling.LANCZOS)
        if mode == "RGB":  # what is transparent is paper
            upright = Image.alpha_composite(Image.new("RGBA", upright.size, "white"), upright).convert("RGB")
        packed = BytesIO()
        upright.save(packed, kind, **options)
    except _BROKEN:
        return None
    return packed.getvalue()
