"""The columns of an actor in tables, and the fields of the model that they hold."""

from actors.columns.parts import PARTS
from clusterportal.core.languages import column_names

# Column of a table -> field of the actor, in the order of an export.
FIELDS = {
    name: name
    for name in (
        "uid", "slug", "name", "short_name", "kind", "legal_form", "size", "founded",
        *column_names("summary"), *column_names("description"), "website", "email", "phone", "street",
        "postcode", "city",
    )
} | {
    "federal_state": "state_name", "country": "country", "latitude": "latitude", "longitude": "longitude",
    "location_accuracy": "location_accuracy",
    "publication": "state", "verified_on": "verified_on", "source": "source",
}  # fmt: skip
COLUMNS = [*FIELDS, *PARTS]
COLUMN_OF = {name: column for column, name in FIELDS.items()}
