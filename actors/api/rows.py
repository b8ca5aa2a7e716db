"""Actors as flat rows: the columns of CSV and XLSX, and the features of GeoJSON."""

from datetime import UTC

from clusterportal.core.api.addresses import Addresses
from clusterportal.core.api.languages import AnswerLanguage
from clusterportal.core.languages import column_names
from clusterportal.core.tables import escaped

PARTS = ("layers", "areas", "clusters")  # what a row reads beside the actor itself
PLACE_PARTS = ("layers",)


def columns(language: AnswerLanguage) -> list[str]:
    """The header of a table; in every language at once the summary has one column for each."""
    summary = column_names("summary") if language.is_every else ["summary"]
    return [
        *("uid", "slug", "url", "name", "short_name", "kind", *summary, "website"),
        *("street", "postcode", "city", "state", "country", "latitude", "longitude"),
        *("layers", "areas", "clusters", "updated_at"),
    ]


def row_of(actor, language: AnswerLanguage, addresses: Addresses) -> list:
    """The cells of one actor in the order of `columns`; what a spreadsheet would run is made harmless."""
    summary = language.text(actor, "summary")
    cells = [
        *(str(actor.uid), actor.slug, addresses.of("actors:actor-detail", actor.slug)),
        *(actor.name, actor.short_name, actor.kind),
        *(summary.values() if language.is_every else [summary]),
        *(actor.website, actor.street, actor.postcode, actor.city, actor.state_name, actor.country),
        *(actor.latitude, actor.longitude),
        "|".join(placement.layer.slug for placement in actor.placements.all()),
        "|".join(focus.area.slug for focus in actor.public_foci),
        "|".join(membership.cluster.slug for membership in actor.public_memberships),
        actor.updated_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
    ]
    return ["" if cell is None else escaped(cell) for cell in cells]


def feature_of(actor, addresses: Addresses) -> dict:
    """One actor on the map."""
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [actor.longitude, actor.latitude]},
        "properties": {
            "uid": str(actor.uid),
            "slug": actor.slug,
            "url": addresses.of("actors:actor-detail", actor.slug),
            "name": actor.name,
            "kind": actor.kind,
            "layers": actor.positions,
            "city": actor.city or None,
        },
    }
