"""Secrets of the second factor are encrypted in the database, so that a backup alone opens no account."""

import logging

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import InvalidToken, MultiFernet

from clusterportal.core.encryption import cipher_for
from clusterportal.review.second_factor_duty import must_have_factor

_ENCRYPTED = "fernet:"  # before what is encrypted: how, should that ever change
logger = logging.getLogger(__name__)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Encrypts with a key made from SECRET_KEY; SECRET_KEY_FALLBACKS still decrypt."""

    def encrypt(self, text: str) -> str:
        return _ENCRYPTED + _cipher().encrypt(text.encode()).decode()

    def can_delete_authenticator(self, authenticator) -> bool:
        """Not the factor that its owner must have."""
        return authenticator.type != Authenticator.Type.TOTP or not must_have_factor(authenticator.user)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret; one that no code fits where SECRET_KEY is another one, so that nobody gets in by it."""
        try:
            return _cipher().decrypt(encrypted_text.removeprefix(_ENCRYPTED).encode()).decode()
        except InvalidToken:
            logger.error(
                "A second factor was encrypted with another SECRET_KEY. Set the former one, also as "
                "SECRET_KEY_FALLBACKS, or delete the authenticator so that the person can set up a new one."
            )
            return generate_totp_secret()


def _cipher() -> MultiFernet:
    return cipher_for("second factor")
