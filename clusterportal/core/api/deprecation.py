"""Endpoints that will go: said in every answer from twelve months before on."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils.http import http_date

from clusterportal.core.api.absolute_addresses import Addresses

NOTICE = timedelta(days=365)


@dataclass(frozen=True)
class Deprecation:
    """Since when an endpoint is no longer to be used, from when on it may be gone, and what takes its place.

    `successor` is the name of an address of the API. Raises ValueError where less than twelve months lie between.
    """

    since: datetime
    gone_from: datetime
    successor: str

    def __post_init__(self):
        if self.gone_from - self.since < NOTICE:
            raise ValueError("An endpoint goes twelve months after it was said, not earlier.")

    def headers(self, addresses: Addresses) -> dict[str, str]:
        """`Deprecation` (RFC 9745), `Sunset` (RFC 8594), and links to the policy and to the successor."""
        policy = addresses.of("api:docs")
        return {
            "Deprecation": f"@{int(self.since.astimezone(UTC).timestamp())}",
            "Sunset": http_date(self.gone_from.timestamp()),
            "Link": (
                f'<{policy}>; rel="deprecation"; type="text/html", <{policy}>; rel="sunset"; type="text/html", '
                f'<{addresses.of(self.successor)}>; rel="successor-version"'
            ),
        }


def add_headers(response, headers: dict[str, str]) -> None:
    """Adds `headers`; links go behind those that are there."""
    for name, value in headers.items():
        there = response.headers.get(name) if name == "Link" else None
        response.headers[name] = f"{there}, {value}" if there else value
