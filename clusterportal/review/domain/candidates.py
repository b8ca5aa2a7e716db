"""Entries that a new one may be meant to be."""

from actors.models import Actor
from clusterportal.intake.identity.search import LikelyMatch, likely_matches

_COMPARED = ("name", "website", "phone", "postcode", "city", "street", "country")


def possible_entries(record: dict) -> list[LikelyMatch]:
    """At most five published actors that are, or may be, what the record (columns of a table) is about.

    The likeliest first.
    """
    said = {column: str(record.get(column) or "") for column in _COMPARED}
    numbers = [(item["scheme"], item["value"]) for item in record.get("identifiers") or ()]
    others = [str(record.get("short_name") or "")]
    return likely_matches(Actor.objects.published(), **said, others=others, identifiers=numbers)
