"""Requests to addresses that other people name: never into a private network.

Standard library only: the connection goes to the very address that was resolved and judged, so that a name cannot
point elsewhere a moment later; with an HTTP client of its own pool that takes more code than it saves. Nothing is read
from the environment, so no proxy comes in between.
"""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable
from urllib.parse import SplitResult, quote

from django.utils.translation import gettext_noop

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

# Stored in English, shown in the reader's language.
NO_CONNECTION = gettext_noop("no connection")
_REASONS = [
    (TimeoutError, gettext_noop("no answer in time")),
    (socket.gaierror, gettext_noop("the host is unknown")),
    (ssl.SSLError, gettext_noop("the certificate is not accepted")),
    (ConnectionRefusedError, gettext_noop("connection refused")),
    (http.client.HTTPException, gettext_noop("the answer is not understood")),
]


def addresses_of(host: str, port: int) -> list[str]:
    """The IP addresses of a host, in the order in which they are to be tried. Raises OSError, UnicodeError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(info[4][0]) for info in found))


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


def connected(
    scheme: str,
    host: str,
    port: int,
    address: str,
    timeout: float,
    on_open: Callable[[socket.socket], None] = lambda sock: None,
) -> http.client.HTTPConnection:
    """A connection to `address` that speaks to `host`, its certificate included. Raises OSError.

    `timeout`: seconds for connecting and for each later step; `on_open` is given the socket before anything is said.
    """
    host = host if host.isascii() else host.encode("idna").decode()
    connection = http.client.HTTPConnection(host, port, timeout=timeout)
    connection.auto_open = 0  # it never looks the name up itself
    connection.sock = socket.create_connection((address, port), timeout)
    try:
        if scheme == "https":
            context = ssl.create_default_context()
            connection.sock = context.wrap_socket(
                connection.sock, server_hostname=host, do_handshake_on_connect=False
            )
            connection.default_port = 443  # of the Host header
        on_open(connection.sock)
        if isinstance(connection.sock, ssl.SSLSocket):
            connection.sock.do_handshake()
    except (OSError, ValueError):
        connection.sock.close()
        raise
    return connection


def target(parts: SplitResult) -> str:
    """Path and query of an address as they stand in a request."""
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    return f"{path}?{quote(parts.query, safe='/?%:@!$&()*+,;=~-._')}" if parts.query else path


def reason_of(error: Exception) -> str:
    """Why there was no answer, as a text for people, in English."""
    return next((text for kind, text in _REASONS if isinstance(error, kind)), NO_CONNECTION)
