"""Pages that speak of the region count the region, and say how many actors lie outside of it."""

from actors.enums import RegionSide
from actors.facets.selection import Selection

INSIDE = f"region={RegionSide.INSIDE}"


def region_context(outside: Selection) -> dict:
    """For the template: how many actors are left out, and the filter that a link from a count needs.

    Without an actor outside the filter is empty: the directory then counts the same without it.
    """
    number = outside.count()
    return {"outside_count": number, "region": INSIDE if number else ""}
