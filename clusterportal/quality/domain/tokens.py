"""The link of a reminder: whoever holds it may say that the entry is still right, without an account."""

from datetime import timedelta

from django.core import signing

VALID_FOR = timedelta(days=60)
_SALT = "quality.reminder"


class BadLink(Exception):
    """The link was changed, or what it belonged to is gone."""


class ExpiredLink(BadLink):
    """The link was valid once."""


def token_of(reminder) -> str:
    return signing.dumps(reminder.pk, salt=_SALT)


def reminder_key(token: str) -> int:
    """The key of the reminder that a link names. Raises ExpiredLink, BadLink."""
    try:
        return signing.loads(token, salt=_SALT, max_age=VALID_FOR)
    except signing.SignatureExpired as error:
        raise ExpiredLink from error
    except signing.BadSignature as error:
        raise BadLink from error
