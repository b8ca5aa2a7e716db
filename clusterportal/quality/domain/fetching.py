"""One look at a public web address: few bytes, few redirects, never into a private network."""

import http.client
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

from django.utils.translation import gettext_noop

from clusterportal.core.outgoing import addresses_of, connected, is_public, reason_of, target

TIMEOUT = 10  # seconds, for connecting and for each answer
MOST_BYTES = 64 * 1024  # of a body; enough for robots.txt, more than a look at a page needs
MOST_REDIRECTS = 5
PORTS = (80, 443)  # where websites are; anything else is a service that nobody meant to show
PERMANENT, REDIRECTS = (301, 308), (301, 302, 303, 307, 308)
_NO_HEAD = (403, 404, 405, 406, 500, 501, 503)  # what servers answer that know GET only


# Stored in English, shown in the reader's language.
TOO_MANY_REDIRECTS = gettext_noop("too many redirects")
OTHER_PORT = gettext_noop("only the ports 80 and 443 are visited")


class NotPublic(Exception):
    """The address leads to no public website: a private network, this machine, an unknown scheme, another port."""


class OtherPort(NotPublic):
    """The port is not one that websites use; the message says so."""


class Unreachable(Exception):
    """No answer; the message is the reason."""


@dataclass(frozen=True)
class FetchedPage:
    """`url`: where the last redirect led; `is_permanent`: every redirect on the way said so."""

    status: int
    url: str
    is_permanent: bool
    body: bytes = b""


@dataclass(frozen=True)
class Fetcher:
    """Makes requests.

    `allowed`: addresses that may be private, on any port (for servers of tests). `guard`: called with every
    address before it is visited; raises what forbids the visit.
    """

    user_agent: str
    allowed: frozenset[str] = frozenset()
    guard: Callable[[str], None] = lambda url: None

    def look(self, url: str) -> FetchedPage:
        """HEAD, and GET where HEAD is not understood. Raises NotPublic, Unreachable."""
        answer = self._follow("HEAD", url)
        return self._follow("GET", url) if answer.status in _NO_HEAD else answer

    def read(self, url: str) -> FetchedPage:
        """The first bytes of what is there. Raises NotPublic, Unreachable."""
        return self._follow("GET", url)

    def _follow(self, method: str, url: str) -> FetchedPage:
        is_permanent = True
        for _hop in range(MOST_REDIRECTS + 1):
            self.guard(url)
            status, location, body = self._ask(method, url)
            if status not in REDIRECTS or not location:
                return FetchedPage(status, url, is_permanent, body)
            is_permanent = is_permanent and status in PERMANENT
            url = urljoin(url, location)
        raise Unreachable(TOO_MANY_REDIRECTS)

    def _ask(self, method: str, url: str) -> tuple[int, str, bytes]:
        parts, host = _split(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        try:
            connection = connected(parts.scheme, host, port, self._public_address(host, port), TIMEOUT)
            try:
                connection.request(method, target(parts), headers=self._headers())
                answer = connection.getresponse()
                location = answer.headers.get("Location", "")
                return answer.status, location, answer.read(MOST_BYTES) if method == "GET" else b""
            finally:
                connection.close()
        except (OSError, http.client.HTTPException, UnicodeError) as error:
            raise Unreachable(reason_of(error)) from error

    def _headers(self) -> dict[str, str]:
        return {"User-Agent": self.user_agent, "Accept": "*/*", "Connection": "close"}

    def _public_address(self, host: str, port: int) -> str:
        addresses = addresses_of(host, port)
        for address in addresses:
            if address in self.allowed:
                continue
            if not is_public(address):
                raise NotPublic(host)
            if port not in PORTS:
                raise OtherPort(OTHER_PORT)
        return addresses[0]


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
