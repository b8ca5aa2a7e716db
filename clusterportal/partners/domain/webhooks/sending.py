"""One POST to a receiver: over https, to a public address that was looked at first, and never longer than its time.

Own lines over `core/outgoing.py` and no library: requests-hardened 1.3 bounds each step and not the whole, so that a
receiver that sends a byte now and then holds a delivery for ever; it looks at the first address alone, lets `fec0::/10`
and `::/96` through, and needs care to ignore proxies and passwords of the environment.
"""

import http.client
import re
import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from clusterportal.core.outgoing import addresses_of, connected, is_public, reason_of, target

TIMEOUT = 20.0  # seconds for all of it; Standard Webhooks recommends 15 to 30
MOST_READ = 1024  # bytes of an answer
_PORTS = {"https": 443, "http": 80}
_LEAST_PORT = 1024  # but for https: below are services of other kinds
_AGENT = "ClusterPortal-Webhooks/1.0"
NOT_PUBLIC = gettext_noop("the address is not in the public internet")
TOO_LATE = gettext_noop("no answer in time")


@dataclass(frozen=True)
class ReceiverAnswer:
    """What came back; without a `status` nothing did, and `reason` says why, in English."""

    duration: int  # milliseconds
    status: int | None = None
    reason: str = ""
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)  # names in small letters

    @property
    def is_accepted(self) -> bool:
        """2xx and nothing else: a redirect is no success."""
        return self.status is not None and 200 <= self.status < 300


def check_url(url: str) -> None:
    """Raises ValidationError where nothing can be sent to `url`. Its host is looked at with each delivery."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ValidationError(_("This is no address.")) from None
    if not parts.hostname or re.search(r"[\s\x00-\x1f\\]", url):
        raise ValidationError(_("This is no address."))
    if parts.scheme != "https" and not _is_local(parts):
        raise ValidationError(_("The address must begin with https://."))
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise ValidationError(_("The address must hold no password and no part behind “#”."))
    if port is not None and port < _LEAST_PORT and port != _PORTS["https"]:
        raise ValidationError(_("Port 443, or one from 1024 on, please."))


def post(url: str, body: str, headers: dict[str, str]) -> ReceiverAnswer:
    """Send `body` as JSON. Never raises for what the receiver or the network does."""
    begin = time.monotonic()
    deadline = _Deadline(TIMEOUT)
    try:
        return _sent(url, body.encode(), headers, deadline, begin)
    except (OSError, http.client.HTTPException, UnicodeError, ValueError) as error:
        return ReceiverAnswer(_milliseconds(begin), reason=TOO_LATE if deadline.is_over else _reason(error))
    finally:
        deadline.cancel()


class _NotPublic(OSError):
    pass


class _Deadline:
    """Ends a conversation in time, also where the other side goes on sending a byte now and then."""

    def __init__(self, seconds: float):
        self.ends = time.monotonic() + seconds
        self.is_over = False
        self._sock: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True
        self._timer.start()

    @property
    def left(self) -> float:
        return max(self.ends - time.monotonic(), 0.001)

    def watch(self, sock: socket.socket) -> None:
        self._sock = sock
        if self.is_over:
            self._end()

    def cancel(self) -> None:
        self._timer.cancel()

    def _end(self) -> None:
        self.is_over = True
        if self._sock is not None:
            with suppress(OSError):  # closed meanwhile
                # Of the socket itself: with TLS its own `shutdown` takes the encryption from under who reads.
                socket.socket.shutdown(self._sock, socket.SHUT_RDWR)


def _sent(
    url: str, body: bytes, headers: dict[str, str], deadline: _Deadline, begin: float
) -> ReceiverAnswer:
    connection = _connection(urlsplit(url), deadline)
    try:
        own = {"Content-Type": "application/json", "User-Agent": _AGENT, "Connection": "close"}
        connection.request("POST", target(urlsplit(url)), body, headers | own)
        answer = connection.getresponse()
        said = {name.lower(): value for name, value in answer.headers.items()}
        read = b""
        with suppress(
            OSError, http.client.HTTPException
        ):  # the receiver has decided; its words may break off
            read = answer.read(MOST_READ)
        return ReceiverAnswer(
            _milliseconds(begin), answer.status, body=read.decode(errors="replace"), headers=said
        )
    finally:
        connection.close()


def _connection(parts: SplitResult, deadline: _Deadline) -> http.client.HTTPConnection:
    """To the first address of the host that can be reached; all of them must be public."""
    if parts.scheme != "https" and not _is_local(parts):
        raise _NotPublic
    host, port, failure = str(parts.hostname), parts.port or _PORTS[parts.scheme], OSError()
    addresses = addresses_of(host, port)
    if not all(_is_allowed(address) for address in addresses):
        raise _NotPublic
    for address in addresses:
        try:
            return connected(parts.scheme, host, port, address, deadline.left, deadline.watch)
        except OSError as error:
            failure = error
    raise failure


def _is_allowed(address: str) -> bool:
    return is_public(address) or (settings.WEBHOOKS_TO_LOOPBACK and ip_address(address).is_loopback)


def _is_local(parts: SplitResult) -> bool:
    """Whether the address is one of this machine, and the setting opens these for tests: http is enough there."""
    return (
        settings.WEBHOOKS_TO_LOOPBACK
        and parts.scheme == "http"
        and parts.hostname in ("localhost", "127.0.0.1", "::1")
    )


def _reason(error: Exception) -> str:
    return NOT_PUBLIC if isinstance(error, _NotPublic) else reason_of(error)


def _milliseconds(begin: float) -> int:
    return round((time.monotonic() - begin) * 1000)
