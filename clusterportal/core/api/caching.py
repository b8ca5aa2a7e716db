"""Entity tags, by which clients revalidate what they have cached."""

from hashlib import sha256

from django.utils.cache import get_conditional_response


def etag_of(*parts: bytes | str) -> str:
    """A strong entity tag of `parts`."""
    digest = sha256()
    for part in parts:
        digest.update(part.encode() if isinstance(part, str) else part)
        digest.update(b"\0")
    return f'"{digest.hexdigest()[:32]}"'


def unchanged(request, etag: str):
    """A 304 (or 412) if the conditions of the request match `etag`, else None."""
    short = get_conditional_response(request, etag=etag)
    if short is not None and short.status_code == 304:
        short.headers["ETag"] = etag
    return short
