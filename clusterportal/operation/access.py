"""Who may read what is measured: nobody, until the settings name a token or networks."""

import ipaddress
from hmac import compare_digest

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied


def is_measured() -> bool:
    """Whether anything is measured at all: only where somebody may read it."""
    return bool(settings.METRICS_TOKEN or settings.METRICS_NETWORKS)


def may_read_metrics(request) -> bool:
    """Whether this request brings the token and comes from the networks, as far as the settings name them."""
    if not is_measured():
        return False
    return _has_token(request) and _is_from_there(request)


def networks() -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    """The networks of the setting. Raises ImproperlyConfigured for one that is none."""
    try:
        return [ipaddress.ip_network(one) for one in settings.METRICS_NETWORKS]
    except ValueError as error:
        raise ImproperlyConfigured(f"METRICS_NETWORKS: {error}") from error


def _has_token(request) -> bool:
    if not settings.METRICS_TOKEN:
        return True
    scheme, _space, said = request.headers.get("Authorization", "").partition(" ")
    is_right = compare_digest(said.strip().encode(), settings.METRICS_TOKEN.encode())
    return scheme.lower() == "bearer" and is_right


def _is_from_there(request) -> bool:
    if not settings.METRICS_NETWORKS:
        return True
    try:
        address = ipaddress.ip_address(_address(request))
    except (ValueError, PermissionDenied, ImproperlyConfigured):  # a socket, or nothing that can be told
        return False
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return any(address in network for network in networks())


def _address(request) -> str:
    """Who asks: directly, or by as many proxies as the settings say.

    Empty where a proxy is not spoken of there: then everybody would seem to come from its address.
    """
    if "X-Forwarded-For" not in request.headers:
        return request.META.get("REMOTE_ADDR", "")
    return get_adapter().get_client_ip(request) if settings.ALLAUTH_TRUSTED_PROXY_COUNT else ""
