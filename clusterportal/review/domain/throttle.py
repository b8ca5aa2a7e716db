"""How often forms may be sent. Kept for a day, and only as keyed fingerprints: nobody can be read out of them."""

import ipaddress
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from clusterportal.review.models import Attempt

KEPT_FOR = timedelta(days=1)
PER_EMAIL, PER_NETWORK = 5, 30  # forms a day
LISTS_PER_NETWORK = (
    100  # lists of names matched a day, which take the server seconds and ask nobody for anything
)


@transaction.atomic
def is_allowed(*, email: str, address: str | None) -> bool:
    """Counts one more form of this e-mail and this network; False when either sent too many today."""
    limits = {_fingerprint("email", email.strip().lower()): PER_EMAIL}
    if network := network_of(address):
        limits[_fingerprint("network", network)] = PER_NETWORK
    return _is_within(limits)


@transaction.atomic
def may_match_list(*, address: str | None) -> bool:
    """Counts one more list of names of this network; False when it sent too many today."""
    network = network_of(address)
    return not network or _is_within({_fingerprint("list", network): LISTS_PER_NETWORK})


@transaction.atomic
def may_get_data(*, email: str) -> bool:
    """Counts one more file with the data of who has this address; False when there were too many today."""
    return _is_within({_fingerprint("data", email.strip().lower()): PER_EMAIL})


def _is_within(limits: dict[str, int]) -> bool:
    """Counts one more of each fingerprint, unless one of them has reached its limit."""
    with connection.cursor() as cursor:  # one after the other, so that forms sent at once are all counted
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('review.throttle', 0))")
    recent = Attempt.objects.filter(created_at__gt=timezone.now() - KEPT_FOR)
    if any(recent.filter(fingerprint=mark).count() >= most for mark, most in limits.items()):
        return False
    Attempt.objects.bulk_create(Attempt(fingerprint=mark) for mark in limits)
    return True


def network_of(address: str | None) -> str:
    """The /24 or /48 around an address; empty for the portal's own machine or proxy, which says nothing of anybody."""
    try:
        ip = ipaddress.ip_address(address or "")
    except ValueError:
        return ""
    if ip.is_private or ip.is_loopback:
        return ""
    return str(ipaddress.ip_network(f"{ip}/{24 if ip.version == 4 else 48}", strict=False))


def _fingerprint(kind: str, value: str) -> str:
    return salted_hmac("review.throttle", f"{kind}:{value}", algorithm="sha256").hexdigest()
