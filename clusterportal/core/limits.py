"""What the limits of sign-in leave in the database."""

from django.utils.crypto import salted_hmac


def fingerprint(key: str, prefix: str, version: int) -> str:
    """A cache's key of which nobody can read the network address or the e-mail that it counts."""
    return salted_hmac("core.limits", f"{prefix}:{version}:{key}", algorithm="sha256").hexdigest()


COUNTED_IN_THE_DATABASE = {
    "BACKEND": "django.core.cache.backends.db.DatabaseCache",
    "LOCATION": "core_count",  # the table of `models.Count`
    "KEY_FUNCTION": fingerprint,
    "OPTIONS": {"MAX_ENTRIES": 100_000},
}
