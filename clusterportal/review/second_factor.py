"""Secrets of the second factor are encrypted in the database, so that a backup alone opens no account."""

import base64
import hashlib
import logging

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

_ENCRYPTED = "fernet:"  # before what is encrypted; older secrets have nothing before them
_FIELDS = ("secret", "seed")  # of an authenticator's data
logger = logging.getLogger(__name__)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Encrypts with a key made from SECRET_KEY; SECRET_KEY_FALLBACKS still decrypt."""

    def encrypt(self, text: str) -> str:
        return _ENCRYPTED + _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret; one that no code fits where SECRET_KEY is another one, so that nobody gets in by it."""
        if not encrypted_text.startswith(_ENCRYPTED):
            return encrypted_text
        try:
            return _cipher().decrypt(encrypted_text.removeprefix(_ENCRYPTED).encode()).decode()
        except InvalidToken:
            logger.error(
                "A second factor was encrypted with another SECRET_KEY. Set the former one, also as "
                "SECRET_KEY_FALLBACKS, or delete the authenticator so that the person can set up a new one."
            )
            return generate_totp_secret()


def encrypt_stored(authenticators) -> int:
    """Encrypt secrets that are stored as plain text; returns the number of changed authenticators."""
    adapter, count = SecondFactorAdapter(), 0
    for one in authenticators:
        clear = {name: one.data[name] for name in _FIELDS if name in one.data and _is_clear(one.data[name])}
        if clear:
            one.data = one.data | {name: adapter.encrypt(value) for name, value in clear.items()}
            one.save(update_fields=["data"])
            count += 1
    return count


def _is_clear(value: str) -> bool:
    return not value.startswith(_ENCRYPTED)


def _cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (hashlib.sha256(b"second factor:" + key.encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
