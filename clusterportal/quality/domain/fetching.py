"""One look at a public web address: few bytes, few redirects, never into a private network.

Standard library only: the connection goes to the very address that was resolved and judged, so that a name cannot
point elsewhere a moment later; with an HTTP client of its own pool that takes more code than it saves.
"""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from django.utils.translation import gettext_noop

TIMEOUT = 10  # seconds, for connecting and for each answer
MOST_BYTES = 64 * 1024  # of a body; enough for robots.txt, more than a look at a page needs
MOST_REDIRECTS = 5
PORTS = (80, 443)  # where websites are; anything else is a service that nobody meant to show
# What `is_global` of some Python versions lets through (IANA special-purpose registries, RFC 6890, RFC 4291).
_NOT_PUBLIC = [
    ipaddress.ip_network(network)
    for network in (
        "192.0.0.0/24",  # protocol assignments
        "192.88.99.0/24",  # 6to4 relays
        "168.63.129.16/32",  # a cloud's own services, on a public address
        "::/96",  # IPv4-compatible
        "::ffff:0:0/96",  # IPv4-mapped
        "::ffff:0:0:0/96",  # IPv4-translated
        "64:ff9b::/96",  # NAT64
        "64:ff9b:1::/48",  # NAT64 of one's own
        "100::/64",  # discard
        "2001::/23",  # protocol assignments, Teredo among them
        "2002::/16",  # 6to4
        "3fff::/20",  # documentation
        "5f00::/16",  # segment routing
        "fec0::/10",  # site-local
    )
]
PERMANENT, REDIRECTS = (301, 308), (301, 302, 303, 307, 308)
_NO_HEAD = (403, 404, 405, 406, 500, 501, 503)  # what servers answer that know GET only


# Stored in English, shown in the reader's language.
TOO_MANY_REDIRECTS = gettext_noop("too many redirects")
OTHER_PORT = gettext_noop("only the ports 80 and 443 are visited")
NO_CONNECTION = gettext_noop("no connection")
_REASONS = [
    (TimeoutError, gettext_noop("no answer in time")),
    (socket.gaierror, gettext_noop("the host is unknown")),
    (ssl.SSLError, gettext_noop("the certificate is not accepted")),
    (ConnectionRefusedError, gettext_noop("connection refused")),
    (http.client.HTTPException, gettext_noop("the answer is not understood")),
]


class NotPublic(Exception):
    """The address leads to no public website: a private network, this machine, an unknown scheme, another port."""


class OtherPort(NotPublic):
    """The port is not one that websites use; the message says so."""


class Unreachable(Exception):
    """No answer; the message is the reason."""


@dataclass(frozen=True)
class Answer:
    """`url`: where the last redirect led; `is_permanent`: every redirect on the way said so."""

    status: int
    url: str
    is_permanent: bool
    body: bytes = b""


@dataclass(frozen=True)
class Fetcher:
    """Makes requests. `allowed`: addresses that may be private, on any port (for servers of tests);

    `guard`: called with every address before it is visited; raises what forbids the visit.
    """

    user_agent: str
    allowed: frozenset[str] = frozenset()
    guard: Callable[[str], None] = lambda url: None

    def look(self, url: str) -> Answer:
        """HEAD, and GET where HEAD is not understood. Raises NotPublic, Unreachable."""
        answer = self._follow("HEAD", url)
        return self._follow("GET", url) if answer.status in _NO_HEAD else answer

    def read(self, url: str) -> Answer:
        """The first bytes of what is there. Raises NotPublic, Unreachable."""
        return self._follow("GET", url)

    def _follow(self, method: str, url: str) -> Answer:
        is_permanent = True
        for _hop in range(MOST_REDIRECTS + 1):
            self.guard(url)
            status, location, body = self._ask(method, url)
            if status not in REDIRECTS or not location:
                return Answer(status, url, is_permanent, body)
            is_permanent = is_permanent and status in PERMANENT
            url = urljoin(url, location)
        raise Unreachable(TOO_MANY_REDIRECTS)

    def _ask(self, method: str, url: str) -> tuple[int, str, bytes]:
        parts, host = _split(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        try:
            connection = _connect(parts.scheme, host, port, self._public_address(host, port))
            try:
                connection.request(method, _target(parts), headers=self._headers())
                answer = connection.getresponse()
                location = answer.headers.get("Location", "")
                return answer.status, location, answer.read(MOST_BYTES) if method == "GET" else b""
            finally:
                connection.close()
        except (OSError, http.client.HTTPException, UnicodeError) as error:
            raise Unreachable(_reason(error)) from error

    def _headers(self) -> dict[str, str]:
        return {"User-Agent": self.user_agent, "Accept": "*/*", "Connection": "close"}

    def _public_address(self, host: str, port: int) -> str:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = [str(info[4][0]) for info in found]
        for address in addresses:
            if address in self.allowed:
                continue
            if not is_public(address):
                raise NotPublic(host)
            if port not in PORTS:
                raise OtherPort(OTHER_PORT)
        return addresses[0]


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet, also when another address is embedded in it.

    IPv6 addresses that carry an IPv4 one (mapped, 6to4, Teredo, NAT64 ...) are refused as a whole: a gateway would
    lead them to where they point, and no website needs them.
    """
    try:
        ip = ipaddress.ip_address(
            address.replace("%", " ")
        )  # with a zone (%eth0) it is of one link, and none here
    except ValueError:
        return False
    if not ip.is_global or ip.is_multicast or ip.is_reserved or ip.is_unspecified:
        return False
    return not any(ip in network for network in _NOT_PUBLIC if network.version == ip.version)


def _split(url: str) -> tuple[SplitResult, str]:
    """The parts of the address, and its host."""
    try:
        parts = urlsplit(url)
        _port = parts.port
    except ValueError as error:
        raise NotPublic(url) from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise NotPublic(url)
    return parts, parts.hostname


def _connect(scheme: str, host: str, port: int, address: str) -> http.client.HTTPConnection:
    """A connection to `address` that speaks to `host`, its certificate included."""
    host = host if host.isascii() else host.encode("idna").decode()
    connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT)
    connection.sock = socket.create_connection((address, port), TIMEOUT)
    if scheme == "https":
        try:
            connection.sock = ssl.create_default_context().wrap_socket(connection.sock, server_hostname=host)
        except OSError:
            connection.sock.close()
            raise
        connection.default_port = 443  # of the Host header
    return connection


def _target(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    return f"{path}?{quote(parts.query, safe='/?%:@!$&()*+,;=~-._')}" if parts.query else path


def _reason(error: Exception) -> str:
    return next((text for kind, text in _REASONS if isinstance(error, kind)), NO_CONNECTION)
