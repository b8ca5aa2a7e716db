"""Files as people attach them."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile

PDF = b"%PDF-1.7\nVertrag"


def file(name="vertrag.pdf", content=PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def archive(*names: str, **texts: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as target:
        for name in names:
            target.writestr(name, "x")
        for name, text in texts.items():
            target.writestr(name, text)
    return packed.getvalue()
