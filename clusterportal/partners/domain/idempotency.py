"""Requests that may be sent twice are done once (draft-ietf-httpapi-idempotency-key-header-07)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256

from django.db import connection, transaction
from django.utils import timezone

from clusterportal.partners.models import ApiKey, KeptAnswer

KEPT_FOR = timedelta(hours=24)
LONGEST_TOKEN = 255  # characters


class OtherRequest(Exception):
    """The token was used for another request."""


class StillRunning(Exception):
    """The first request with this token has not been answered yet."""


@dataclass(frozen=True)
class StoredAnswer:
    """What a request was answered with."""

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)
    is_replayed: bool = False


def request_digest(*, method: str, path: str, body: bytes) -> str:
    """By what a request is known again; `path` with its query."""
    digest = sha256()
    for part in (method.encode(), path.encode(), body):
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


@transaction.atomic
def answer_once(*, key: ApiKey, token: str, request: str, answer: Callable[[], StoredAnswer]) -> StoredAnswer:
    """What `answer` returns, or returned within the last 24 hours for the same request of the same key.

    The answer is kept in the transaction of what it did: after a crash either both are there or neither. What raises
    is not kept, so it may be put right and sent again. Raises OtherRequest, StillRunning.
    """
    if not _is_first(key, token):
        raise StillRunning
    kept = KeptAnswer.objects.filter(key=key, token=token).first()
    if kept is not None and kept.created_at > timezone.now() - KEPT_FOR:
        if kept.request != request:
            raise OtherRequest
        return StoredAnswer(kept.status, kept.body.encode(), kept.headers, is_replayed=True)
    done = answer()
    KeptAnswer.objects.update_or_create(
        key=key,
        token=token,
        defaults={
            "request": request,
            "status": done.status,
            "headers": done.headers,
            "body": done.body.decode(),
            "created_at": timezone.now(),
        },
    )
    return done


def _is_first(key: ApiKey, token: str) -> bool:
    """Takes the lock of this token until the transaction ends; False where another request has it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"partners.idempotency {key.pk} {token}"],
        )
        return bool(cursor.fetchone()[0])


def forget_answers() -> None:
    """Deletes the answers that are kept no longer."""
    KeptAnswer.objects.filter(created_at__lte=timezone.now() - KEPT_FOR).delete()
