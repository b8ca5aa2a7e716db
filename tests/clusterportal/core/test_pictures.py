"""Uploaded pictures: refused when they are a danger, cleaned, kept in the sizes shown."""

import re
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from clusterportal.core.pictures import PROFILE, ROW, Size, check_picture, copy_name, picture
from tests.factories import make_actor


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def packed(kind: str = "PNG", size=(600, 300), *, mode="RGB", **options) -> bytes:
    file = BytesIO()
    Image.new(mode, size, "navy").save(file, kind, **options)
    return file.getvalue()


def upload(content: bytes, name: str = "logo.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def files(folder) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("width", "height", "fitted"),
    [(600, 300, (144, 72)), (300, 600, (40, 80)), (50, 40, (50, 40)), (9000, 1, (144, 1))],
)
def test_a_picture_is_fitted_and_never_enlarged(width, height, fitted):
    assert Size(144, 80).fitted(width, height) == fitted


@pytest.mark.django_db
def test_a_logo_is_kept_in_the_sizes_shown(media):
    actor = make_actor("Firma", logo=upload(packed()))
    name = actor.logo.name.removeprefix("logos/")
    assert re.fullmatch(r"[0-9a-f]{32}\.png", name)
    assert files(media) == [
        f"logos/{name}", f"logos/sizes/{name}.144x80.webp", f"logos/sizes/{name}.288x160.webp",
        f"logos/sizes/{name}.32x32.webp", f"logos/sizes/{name}.64x64.webp",
    ]  # fmt: skip
    shown = picture(actor.logo, PROFILE)
    assert (shown.width, shown.height) == (144, 72)
    assert shown.url == f"/media/logos/sizes/{name}.144x80.webp"
    assert shown.srcset == (
        f"/media/logos/sizes/{name}.144x80.webp 1x, /media/logos/sizes/{name}.288x160.webp 2x"
    )
    sizes = [Image.open(media / copy_name(actor.logo.name, PROFILE, by)).size for by in (1, 2)]
    assert sizes == [(144, 72), (288, 144)]


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "name"), [("JPEG", "a.jpg"), ("PNG", "a.png"), ("WEBP", "a.webp")])
def test_what_the_camera_wrote_is_gone_and_the_picture_upright(media, kind, name):
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "at home"
    stored = media / make_actor("Firma", logo=upload(packed(kind, exif=exif), name)).logo.name
    assert b"at home" not in stored.read_bytes()
    with Image.open(stored) as image:
        assert (image.format, image.size, dict(image.getexif())) == (kind, (300, 600), {})


@pytest.mark.django_db
def test_transparency_stays(media):
    palette = Image.new("P", (10, 10))
    file = BytesIO()
    palette.save(file, "PNG", transparency=0)
    logo = make_actor("Firma", logo=upload(file.getvalue())).logo.name
    for name in (logo, copy_name(logo, ROW, 1)):
        assert Image.open(media / name).convert("RGBA").getpixel((5, 5))[3] == 0


def moving(kind: str) -> bytes:
    file = BytesIO()
    frames = [Image.new("RGB", (20, 20), color) for color in ("red", "blue")]
    frames[0].save(file, kind, save_all=True, append_images=frames[1:])
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (lambda: packed(size=(5000, 4000), mode="1"), "5000 x 4000"),
        (lambda: packed(size=(20000, 20000), mode="1"), "PNG, JPEG"),  # Pillow's own alarm
        (lambda: moving("WEBP"), "Bewegte|Moving"),
        (lambda: moving("PNG"), "Bewegte|Moving"),
        (lambda: packed("GIF"), "PNG, JPEG"),
        (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", "PNG, JPEG"),
        (lambda: b"", "PNG, JPEG"),
    ],
    ids=["many pixels", "bomb", "moving WebP", "moving PNG", "GIF", "SVG", "nothing"],
)
def test_what_is_refused(content, words):
    with pytest.raises(ValidationError, match=words):
        check_picture(ContentFile(content(), name="logo.png"))


@pytest.mark.django_db
def test_a_broken_picture_leaves_no_trace(media):
    with pytest.raises(ValidationError, match="Dieses Bild ist beschädigt"):
        make_actor("Firma", logo=upload(packed(size=(900, 900))[:-200]))
    assert files(media) == []


@pytest.mark.django_db
def test_an_actor_is_saved_without_touching_its_logo(media):
    actor = make_actor("Firma", logo=upload(packed()))
    before = (media / actor.logo.name).stat().st_mtime_ns
    actor.summary_de = "Neu"
    actor.full_clean(validate_constraints=False)
    actor.save()
    assert (media / actor.logo.name).stat().st_mtime_ns == before


@pytest.mark.django_db
def test_without_copies_the_original_is_shown_in_its_room(media):
    (media / "logos").mkdir()
    (media / "logos/import.png").write_bytes(packed())
    shown = picture(make_actor(logo="logos/import.png").logo, PROFILE)
    assert (shown.url, shown.srcset, shown.width, shown.height) == ("/media/logos/import.png", "", 144, 72)


@pytest.mark.django_db
@pytest.mark.parametrize("logo", ["", "logos/lost.png"])
def test_no_picture(logo):
    assert picture(make_actor(logo=logo).logo, PROFILE) is None
