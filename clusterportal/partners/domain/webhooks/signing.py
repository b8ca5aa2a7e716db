"""Secrets and signatures after Standard Webhooks 1.0: symmetric (`v1`) and with a key pair (`v1a`)."""

import base64
import secrets
from datetime import UTC, datetime, timedelta

from cryptography.fernet import InvalidToken
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.utils import timezone
from standardwebhooks import Webhook

from clusterportal.core.encryption import cipher_for
from clusterportal.partners.enums import Signing
from clusterportal.partners.models import WebhookEndpoint

BOTH_SIGN_FOR = timedelta(hours=24)  # after a rotation
_SECRET, _PRIVATE, _PUBLIC = "whsec_", "whsk_", "whpk_"
_BYTES = 32


def new_secret(signing: str) -> str:
    """A secret as it is written: `whsec_…` to be given to the receiver, or `whsk_…` that stays here."""
    prefix = _PRIVATE if signing == Signing.ASYMMETRIC else _SECRET
    return prefix + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def encrypted(secret: str) -> str:
    return _cipher().encrypt(secret.encode()).decode()


def public_key(endpoint: WebhookEndpoint) -> str:
    """`whpk_…`, by which receivers check `v1a`; no secret. Raises InvalidToken."""
    octets = _private_key(_decrypted(endpoint.secret)).public_key().public_bytes_raw()
    return _PUBLIC + base64.b64encode(octets).decode()


def set_secret(endpoint: WebhookEndpoint) -> str:
    """Give the endpoint a new secret, not saved yet; returns it. The one before signs too for 24 hours."""
    secret = new_secret(endpoint.signing)
    if endpoint.secret and is_readable(endpoint):
        endpoint.former_secret, endpoint.former_until = endpoint.secret, timezone.now() + BOTH_SIGN_FOR
    endpoint.secret = encrypted(secret)
    return secret


def is_readable(endpoint: WebhookEndpoint) -> bool:
    """Whether what signs was encrypted with a SECRET_KEY of this portal."""
    try:
        _decrypted(endpoint.secret)
    except InvalidToken:
        return False
    return True


def headers(endpoint: WebhookEndpoint, event: str, at: datetime, body: str) -> dict[str, str]:
    """The three headers of an attempt at `at` to deliver `event`.

    Raises cryptography's InvalidToken where the secret was encrypted with another SECRET_KEY.
    """
    stored = [endpoint.secret]
    if endpoint.former_until is not None and endpoint.former_until > at:
        stored.append(endpoint.former_secret)
    return {
        "webhook-id": event,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(_signature(_decrypted(one), event, at, body) for one in stored),
    }


def _signature(secret: str, event: str, at: datetime, body: str) -> str:
    if secret.startswith(_SECRET):
        return Webhook(secret).sign(event, at.astimezone(UTC), body)  # which takes any other zone for UTC
    signed = _private_key(secret).sign(f"{event}.{int(at.timestamp())}.{body}".encode())
    return f"v1a,{base64.b64encode(signed).decode()}"


def _private_key(secret: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(secret.removeprefix(_PRIVATE)))


def _decrypted(stored: str) -> str:
    return _cipher().decrypt(stored.encode()).decode()


def _cipher():
    return cipher_for("webhook")
