"""The cache that several machines share, of which nothing is expected: it may be gone, hang, be full or lie.

Answers are kept there beside each worker's own memory and are made anew without it. A value counts only with the
portal's own signature, and is never unpickled: whoever writes into the cache plants neither a page nor a program. A
cache that fails is left alone for a while, so that one that hangs costs a request a fraction of a second, and only one.
"""

import hmac
import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.base import BaseCache
from django.utils.crypto import salted_hmac

LEFT_ALONE = 5.0  # seconds after a failure
ANSWERS_WITHIN = 0.5  # seconds
_SIGNED = 32  # bytes of SHA-256
logger = logging.getLogger("clusterportal.answers")


class Plain:
    """Bytes as they are, for Django's client of Redis and Valkey; its own serializer would unpickle what it finds."""

    def dumps(self, value: bytes) -> bytes:
        return value

    def loads(self, value: bytes) -> bytes:
        return value


def shared_cache_settings(url: str, read: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    """Settings of the cache at `url`, as `read` understands it; Valkey speaks the language of Redis."""
    found = read(url.replace("valkey", "redis", 1) if url.startswith("valkey") else url)
    if found["BACKEND"].endswith(".RedisCache"):
        patience = {"socket_timeout": ANSWERS_WITHIN, "socket_connect_timeout": ANSWERS_WITHIN}
        plain = {"serializer": f"{Plain.__module__}.{Plain.__qualname__}"}
        found["OPTIONS"] = patience | found.get("OPTIONS", {}) | plain
    return found


class SharedCache:
    """Bytes by key in `cache`; whatever goes wrong is as if nothing were there."""

    def __init__(self, cache: BaseCache, *, clock=time.monotonic):
        self._cache, self._clock, self._silent_until = cache, clock, 0.0

    def get(self, key: str) -> bytes | None:
        """What the portal itself kept under `key`."""
        found = self._try(self._cache.get, key)
        if not isinstance(found, bytes):
            return None
        signature, value = found[:_SIGNED], found[_SIGNED:]
        return value if hmac.compare_digest(signature, _signature(key, value)) else None

    def set(self, key: str, value: bytes, seconds: int) -> None:
        self._try(self._cache.set, key, _signature(key, value) + value, seconds)

    def _try(self, act, *values):
        if self._clock() < self._silent_until:
            return None
        try:
            return act(*values)
        # Whatever the client of whatever cache raises: without it, answers are made anew.
        except Exception as error:
            self._silent_until = self._clock() + LEFT_ALONE
            logger.warning("The shared cache is left alone for %g s: %s", LEFT_ALONE, error)
            return None


def _signature(key: str, value: bytes) -> bytes:
    name = key.encode()
    return salted_hmac("core.shared_cache", name + b"\0" + value, algorithm="sha256").digest()
