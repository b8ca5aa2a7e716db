"""Whole addresses for mails, and signed links: opening one proves who received it, without an account."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import override


class BadLink(Exception):
    """The link was changed, or what it belonged to is gone."""


class ExpiredLink(BadLink):
    """The link was valid once."""


def absolute(path: str) -> str:
    """`path` with the address of the portal before it."""
    return f"{settings.SITE_URL.rstrip('/')}{path}"


@dataclass(frozen=True)
class SignedLink:
    """Links of one kind: `view` opens them, and a link of one `salt` opens no other kind.

    `valid_for`: how long a link may be opened; None for always.
    """

    view: str
    salt: str
    valid_for: timedelta | None = None

    def token(self, key: str | int) -> str:
        """The signed part of the address; `key` names the record and can be read by whoever holds the link."""
        return signing.dumps(key, salt=self.salt)

    def address(self, key: str | int, *, language: str) -> str:
        """The whole link, to the page in `language`."""
        with override(language):
            return absolute(reverse(self.view, args=[self.token(key)]))

    def key(self, token: str) -> str | int:
        """The key that was signed. Raises ExpiredLink, BadLink."""
        try:
            return signing.loads(token, salt=self.salt, max_age=self.valid_for)
        except signing.SignatureExpired as error:
            raise ExpiredLink from error
        except signing.BadSignature as error:
            raise BadLink from error
