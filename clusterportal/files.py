"""Where uploaded and made files are kept: folders under PORTAL_DATA_DIR, or an object storage named by FILES_URL."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

MEDIA = "media"  # pictures that pages show
# Those that people hand in, and that a backup takes along ...
HANDED_IN = ("imports", "attachments", "proofs", "contributions")
# ... and those that can be made again: of the public records by day, and PDF files of them.
MADE = ("dumps", "atlases")
_SHAPE = (
    "FILES_URL is s3://KEY:SECRET@BUCKET/FOLDER?endpoint=https://HOST&region=REGION; "
    "all but the bucket is optional."
)


def storages_of(url: str) -> dict[str, dict[str, Any]]:
    """STORAGES of Django: `default` for pictures, and one of its own for each private folder.

    Raises ImproperlyConfigured where `url` is no address of a bucket.
    """
    if not url:
        private = "clusterportal.core.private_storage.PrivateStorage"
        return {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}} | {
            folder: {"BACKEND": private, "OPTIONS": {"folder": folder}} for folder in (*HANDED_IN, *MADE)
        }
    bucket, prefix = _bucket(url)
    return {
        "default" if folder == MEDIA else folder: {
            "BACKEND": "clusterportal.core.object_storage.ObjectStorage",
            "OPTIONS": bucket | {"location": f"{prefix}{folder}", "is_public": folder == MEDIA},
        }
        for folder in (MEDIA, *HANDED_IN, *MADE)
    }


def backed_up(url: str, data_dir: Path) -> dict[str, Path | str]:
    """What a backup takes along, under its name there: a folder, or the name of its storage."""
    kept: dict[str, Path | str] = {
        name: data_dir / name
        for name in (MEDIA, "imports", "attachments", "profiles", "proofs", "contributions")
    }
    if url:
        kept |= {MEDIA: "default"} | {name: name for name in HANDED_IN}
    return kept


def _bucket(url: str) -> tuple[dict[str, Any], str]:
    try:
        parts = urlsplit(url)
        given = parse_qs(parts.query, strict_parsing=bool(parts.query))
    except ValueError as error:
        raise ImproperlyConfigured(_SHAPE) from error
    name = parts.netloc.rpartition("@")[2]  # as it is written: `hostname` would be in small letters
    if parts.scheme != "s3" or not name or given.keys() - {"endpoint", "region"}:
        raise ImproperlyConfigured(_SHAPE)
    folder = parts.path.strip("/")
    options = {
        "bucket_name": name,
        "access_key": unquote(parts.username or ""),  # else boto3 looks where it always does
        "secret_key": unquote(parts.password or ""),
        "endpoint_url": given.get("endpoint", [""])[0],
        "region_name": given.get("region", [""])[0],
    }
    return {name: value for name, value in options.items() if value}, f"{folder}/" if folder else ""
