"""Signatures as a receiver checks them: `v1` with the library from PyPI, `v1a` with the public key alone."""

import base64
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.fernet import InvalidToken
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.utils import timezone
from standardwebhooks import Webhook, WebhookVerificationError

from clusterportal.partners.domain.webhooks import signing
from clusterportal.partners.models import WebhookEndpoint

BODY = '{"type":"actor.updated","data":{"slug":"größe"}}'


def endpoint(kind: str = "v1") -> tuple[WebhookEndpoint, str]:
    made = WebhookEndpoint(url="https://example.org/hook", signing=kind)
    return made, signing.set_secret(made)


def signed(made: WebhookEndpoint, *, ago: timedelta = timedelta()) -> dict[str, str]:
    return signing.headers(made, "evt_1", timezone.now() - ago, BODY)


def test_the_vector_of_the_specification():
    """Secret, id, moment and body of the examples of Standard Webhooks; the moment as Berlin tells it."""
    made, secret = WebhookEndpoint(), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    made.secret = signing.encrypted(secret)
    at = datetime.fromtimestamp(1614265330, tz=ZoneInfo("Europe/Berlin"))
    assert signing.headers(made, "msg_p5jXN8AQM9LWM0D4loKWxJek", at, '{"test": 2432232314}') == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_a_receiver_takes_what_is_ours_and_nothing_else():
    made, secret = endpoint()
    receiver = Webhook(secret)
    assert 24 <= len(base64.b64decode(secret.removeprefix("whsec_"))) <= 64
    assert receiver.verify(BODY, signed(made))["type"] == "actor.updated"
    wrong = {
        "other body": (BODY.replace("updated", "withdrawn"), signed(made)),
        "other id": (BODY, signed(made) | {"webhook-id": "evt_2"}),
        "other secret": (BODY, signed(endpoint()[0])),
        "replayed": (BODY, signed(made, ago=timedelta(minutes=6))),
        "made younger": (
            BODY,
            signed(made, ago=timedelta(minutes=6)) | {"webhook-timestamp": signed(made)["webhook-timestamp"]},
        ),
        "from the future": (BODY, signed(made, ago=timedelta(minutes=-6))),
    }
    for why, (body, headers) in wrong.items():
        with pytest.raises(WebhookVerificationError):
            pytest.fail(f"{why}: {receiver.verify(body, headers)}")


def test_with_a_key_pair_the_receiver_needs_no_secret():
    made, secret = endpoint("v1a")
    assert secret.startswith("whsk_")
    prefix, key = signing.public_key(made).split("_", 1)
    public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key))
    headers = signed(made)
    kind, signature = headers["webhook-signature"].split(",")
    assert (prefix, kind) == ("whpk", "v1a")
    text = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{BODY}".encode()
    public.verify(base64.b64decode(signature), text)
    with pytest.raises(InvalidSignature):
        public.verify(base64.b64decode(signature), text + b" ")


@pytest.mark.parametrize("kind", ["v1", "v1a"])
def test_after_a_rotation_both_sign_for_a_day(kind):
    made, former = endpoint(kind)
    fresh = signing.set_secret(made)
    assert fresh != former
    assert [one.split(",")[0] for one in signed(made)["webhook-signature"].split(" ")] == [kind, kind]
    if kind == "v1":
        for secret in (former, fresh):
            assert Webhook(secret).verify(BODY, signed(made))
    made.former_until = timezone.now()
    assert len(signed(made)["webhook-signature"].split(" ")) == 1
    if kind == "v1":
        with pytest.raises(WebhookVerificationError):
            Webhook(former).verify(BODY, signed(made))


def test_a_backup_alone_signs_nothing(settings):
    made, secret = endpoint()
    assert secret not in made.secret
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another one", [settings.SECRET_KEY]
    assert Webhook(secret).verify(BODY, signed(made))  # the former key still opens
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(InvalidToken):
        signed(made)
    assert not signing.is_readable(made)
    signing.set_secret(made)  # the way out; what cannot be read signs no longer
    assert made.former_secret == ""
    assert len(signed(made)["webhook-signature"].split(" ")) == 1
