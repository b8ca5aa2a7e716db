"""Uploaded pictures: cleaned once, and kept a second time in the sizes in which pages show them.

Copies are WebP, about half of what PNG takes at this size; AVIF would save one kilobyte more a page and double the
files. What somebody uploaded stays, for the history may bring it back; copies can be made again at any time.
"""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import Protocol, cast

import pghistory.models
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from clusterportal.core.scanning import NotClean, check_clean
from clusterportal.core.sized_cache import SizedCache
from clusterportal.core.stored_files import FilesUnreachable, is_local

FORMATS = ("PNG", "JPEG", "WEBP")
ENDINGS = ["png", "jpg", "jpeg", "webp"]
MOST_BYTES = 2 * 1024 * 1024
MOST_PIXELS = 16_000_000  # a small file may unpack to gigabytes
SHARPNESS = (1, 2)  # device pixels for a CSS pixel
FOLDER = "sizes"  # beside the original
QUALITY = 82
ORIENTATION = 0x0112  # EXIF
# What pages need of pictures in another machine's storage: a file never changes under its name.
_BYTES_SEEN = 500  # of memory, about
_seen = SizedCache(2_000_000)
_LIKE_BEFORE: dict[str | None, dict[str, object]] = {  # an original loses nothing
    "JPEG": {"quality": "keep"},
    "WEBP": {"lossless": True},
}


@dataclass(frozen=True)
class Size:
    """A box in CSS pixels into which a picture is fitted."""

    width: int
    height: int

    def fitted(self, width: int, height: int) -> tuple[int, int]:
        """Width and height of a picture of `width` x `height` in the box; never larger than it is."""
        scale = min(self.width / width, self.height / height, 1)
        return max(round(width * scale), 1), max(round(height * scale), 1)


PROFILE, ROW = Size(144, 80), Size(32, 32)
LOGO_SIZES = (PROFILE, ROW)


@dataclass(frozen=True)
class Picture:
    """What an `img` needs: addresses by sharpness, and the room that it takes."""

    url: str
    srcset: str
    width: int
    height: int


class PictureField(models.ImageField):
    """An image without metadata, under a random name, with its copies. In the database it is an ImageField."""

    upload_to: str  # a folder, never a function

    def __init__(self, *args, sizes: tuple[Size, ...] = LOGO_SIZES, **options):
        """`sizes`: those in which pages show the picture; of logos where nothing else is said."""
        super().__init__(*args, **options)
        self.sizes = sizes

    def deconstruct(self):
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.ImageField", args, options

    def renewed(self, record) -> str:
        """Give the picture of `record` the treatment of a new one; its name afterwards. The old file stays.

        Raises OSError or ValidationError where it is lost, broken or refused today.
        """
        old = getattr(record, self.attname)
        with old.storage.open(old.name) as content:
            file = _cleaned(content)
        name = old.storage.save(self.generate_filename(record, old.name), file)
        make_copies(old.storage, name, self.sizes)
        return name

    def generate_filename(self, instance, filename):
        """What the file was called at home says who is on it, and can be guessed: only its ending stays."""
        return super().generate_filename(
            instance, f"{uuid.uuid4().hex}{PurePosixPath(filename).suffix.lower()}"
        )

    def pre_save(self, instance, add):
        file = getattr(instance, self.attname)
        is_new = bool(file) and not file._committed
        if is_new:
            file.file = _cleaned(file.file)
        file = super().pre_save(instance, add)
        if is_new:
            make_copies(file.storage, file.name, self.sizes)
        return file


def check_logo(file) -> None:
    """The one check of uploaded pictures: their size, and what `check_picture` refuses."""
    if file.size > MOST_BYTES:
        raise ValidationError(_("The logo is larger than 2 MB. Please save it smaller."))
    check_picture(file)


def check_picture(file) -> None:
    """Refuse what is no picture, what moves, and what would unpack to more than memory should hold."""
    if not getattr(file, "_committed", False):
        _opened(file)
        file.seek(0)
        try:
            check_clean(file)
        except NotClean as error:
            raise ValidationError(str(error)) from error


def picture(file, size: Size) -> Picture | None:
    """`file` as a page shows it; None when there is none or it is lost or broken."""
    if not file:
        return None
    is_fetched = not is_local(file.storage)
    if is_fetched and (seen := _seen.get((file.name, size))):
        return seen
    try:
        with file.storage.open(file.name) as content, Image.open(content) as image:
            width, height = size.fitted(*_upright(image))
        copies = {by: copy_name(file.name, size, by) for by in SHARPNESS}
        known = {by: file.storage.url(name) for by, name in copies.items() if file.storage.exists(name)}
        srcset = ", ".join(f"{url} {by}x" for by, url in known.items())
        found = Picture(known.get(1, file.url), srcset, width, height)
    except FilesUnreachable:  # the page may be kept: the picture shall be there when the storage is
        return Picture(file.storage.url(file.name), "", size.width, size.height)
    except (OSError, ValueError, Image.DecompressionBombError):
        return None
    if is_fetched and len(known) == len(copies):
        _seen.put((file.name, size), found, _BYTES_SEEN)
    return found


# ---------- who may see a file ----------
_COPY = re.compile(rf"(?P<folder>.+)/{FOLDER}/(?P<name>.+)\.\d+x\d+\.webp")
_NAME = re.compile(r"[\w./-]{1,200}")  # what storages make of names; nothing else needs to be looked up


class Owners(Protocol):
    """Records with a picture, of a model whose querysets say which records are public."""

    model: type[models.Model]

    def published(self) -> models.QuerySet: ...
    def exists(self) -> bool: ...


def is_public(name: str) -> bool:
    """Whether a published record shows this picture, or the one that this is a copy of."""
    return any(owners.published().exists() for owners in _owners(name))


def is_visible_to(user, name: str) -> bool:
    """Whether `user` of the staff may see a record with this picture, published or not."""
    if not (user.is_active and user.is_staff):
        return False
    for owners in _owners(name):
        options = owners.model._meta
        narrowed = owners.visible_to(user) if hasattr(owners, "visible_to") else owners
        if user.has_perm(f"{options.app_label}.view_{options.model_name}") and narrowed.exists():
            return True
    return False


def _owners(name: str) -> Iterator[Owners]:
    """The records of each kind that have this picture today."""
    copy = _COPY.fullmatch(name)
    original = f"{copy['folder']}/{copy['name']}" if copy else name
    if _NAME.fullmatch(original) and ".." not in original:
        # First where pictures of this folder are kept: the others need not be asked then.
        folders = sorted(picture_fields(), key=lambda one: not original.startswith(one[1].upload_to))
        for model, field in folders:
            yield cast(Owners, model._default_manager.filter(**{field.name: original}))


def picture_fields() -> Iterator[tuple[type[models.Model], PictureField]]:
    """Where records keep pictures today; the history keeps their names, too."""
    for model in apps.get_models():
        if not issubclass(model, pghistory.models.Event):
            for field in model._meta.local_fields:
                if isinstance(field, PictureField):
                    yield model, field


def copy_name(name: str, size: Size, by: int) -> str:
    """`logos/a.png` for a box of 32 x 32 at two pixels each: `logos/sizes/a.png.64x64.webp`."""
    path = PurePosixPath(name)
    return str(path.parent / FOLDER / f"{path.name}.{size.width * by}x{size.height * by}.webp")


def copy_names(name: str, sizes: tuple[Size, ...]) -> list[str]:
    """All copies that a picture has in these sizes."""
    return [copy_name(name, size, by) for size in sizes for by in SHARPNESS]


def make_copies(storage, name: str, sizes: tuple[Size, ...]) -> None:
    """The copies of a picture that lack so far."""
    lacking = [
        (size, by) for size in sizes for by in SHARPNESS if not storage.exists(copy_name(name, size, by))
    ]
    if not lacking:
        return
    with storage.open(name) as content, _opened(content) as image:
        upright = ImageOps.exif_transpose(image).convert("RGBA")
    for size, by in lacking:
        fitted = Size(size.width * by, size.height * by).fitted(*upright.size)
        packed = BytesIO()
        upright.resize(fitted, Image.Resampling.LANCZOS).save(packed, "WEBP", quality=QUALITY, method=6)
        storage.save(copy_name(name, size, by), ContentFile(packed.getvalue()))


def _opened(file) -> Image.Image:
    """The picture in `file`, not yet unpacked."""
    try:
        file.seek(0)
        image = Image.open(file, formats=FORMATS)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError) as error:
        raise ValidationError(_("This is no picture in PNG, JPEG or WebP.")) from error
    if image.width * image.height > MOST_PIXELS:
        raise ValidationError(
            _("The picture has %(width)s x %(height)s pixels. Please save it smaller."),
            params={"width": image.width, "height": image.height},
        )
    if getattr(image, "n_frames", 1) > 1:
        raise ValidationError(_("Moving pictures are not shown here. Please save a single one."))
    return image


def _upright(image: Image.Image) -> tuple[int, int]:
    """Width and height as seen, for a camera may only note that it was turned."""
    return (image.height, image.width) if image.getexif().get(ORIENTATION, 1) >= 5 else image.size


def _is_turned(image: Image.Image) -> bool:
    return image.getexif().get(ORIENTATION, 1) != 1


def _cleaned(file) -> ContentFile:
    """The same picture in the same format without what cameras and programs write beside it."""
    packed = BytesIO()
    try:
        with _opened(file) as image:
            options = _LIKE_BEFORE.get(image.format, {})
            upright: Image.Image = image
            if _is_turned(image):
                upright, options = ImageOps.exif_transpose(image), {}
            options = {"icc_profile": image.info.get("icc_profile"), "exif": b"", **options}
            upright.info = {name: value for name, value in image.info.items() if name == "transparency"}
            upright.save(packed, image.format, **options)
    except OSError as error:
        raise ValidationError(_("This picture is broken. Please save it anew.")) from error
    return ContentFile(packed.getvalue(), name=file.name)
