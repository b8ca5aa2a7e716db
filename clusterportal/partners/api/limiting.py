"""Limits as clients see them: headers after draft-ietf-httpapi-ratelimit-headers-11, and 429 with its problem type."""

import ipaddress
from functools import lru_cache

from allauth.account.adapter import get_adapter
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.utils.translation import gettext as _
from rest_framework.throttling import BaseThrottle

from clusterportal.core.api.problems import QuotaExceeded
from clusterportal.partners.domain import limits
from clusterportal.partners.domain.limits import Policy, Quota


class QuotaThrottle(BaseThrottle):
    """Counts a request once, for its key or else for the address it comes from; raises QuotaExceeded."""

    def allow_request(self, request, view):
        asked = request._request
        if not hasattr(asked, "quota"):
            client, kind = _client_of(request)
            asked.api_key, asked.quota = request.auth, limits.take(client, limits.policies(kind))
            if asked.quota.violated:
                raise _exceeded(asked.quota)
        return True


def _client_of(request) -> tuple[str, str]:
    """Who is counted, and by which of the settings' limits."""
    if request.auth is not None:
        return f"key:{request.auth.pk}", "key"
    try:
        address = get_adapter().get_client_ip(request._request)
    except (ImproperlyConfigured, PermissionDenied):  # passed fewer proxies than usual, or came over a socket
        address = request.META.get("REMOTE_ADDR", "")
    return network_of(address)


@lru_cache(maxsize=4096)
def network_of(address: str) -> tuple[str, str]:
    """What one visitor has: an IPv4 address, or an IPv6 /64. This machine itself may be anybody behind a proxy."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "", "local"
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return network_of(str(ip.ipv4_mapped))
        if not ip.is_loopback:
            return str(ipaddress.ip_network(f"{ip.exploded}/64", strict=False)), "anonymous"
    return str(ip), "local" if ip.is_loopback else "anonymous"


def _exceeded(quota: Quota) -> QuotaExceeded:
    wait = max(one.ends_in for one in quota.violated)
    return QuotaExceeded(
        _("More requests than the limit allows. Ask again in %(seconds)s seconds.") % {"seconds": wait},
        policies=[one.policy.name for one in quota.violated],
        wait=wait,
    )


def headers_of(quota: Quota) -> dict[str, str]:
    """RateLimit-Policy and RateLimit; nothing where no limit holds."""
    if not quota.standings:
        return {}
    return {
        "RateLimit-Policy": ", ".join(_policy(one.policy) for one in quota.standings),
        "RateLimit": ", ".join(
            f'"{one.policy.name}";r={one.left};t={one.ends_in}' for one in quota.standings
        ),
    }


def _policy(policy: Policy) -> str:
    return f'"{policy.name}";q={policy.quota};w={policy.seconds}'
