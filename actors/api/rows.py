"""Actors as flat rows: the columns of CSV and XLSX, and the features of GeoJSON."""

from clusterportal.core.api.answer_language import AnswerLanguage
from clusterportal.core.languages import column_names

PARTS = ("layers", "areas", "clusters")  # what a row reads beside the actor itself
# Fields of a line that a feature is made of.
FEATURE = (
    "uid",
    "slug",
    "url",
    "name",
    "kind",
    "address",
    "latitude",
    "longitude",
    "location_accuracy",
    "layers",
)


def columns(language: AnswerLanguage) -> list[str]:
    """The header of a table; in every language at once the summary has one column for each."""
    summary = column_names("summary") if language.is_every else ["summary"]
    return [
        *("uid", "slug", "url", "name", "short_name", "kind", *summary, "website"),
        *("street", "postcode", "city", "state", "country", "latitude", "longitude"),
        *("layers", "areas", "clusters", "updated_at", "location_accuracy"),
    ]


def row_of(line: dict, names: list[str]) -> list:
    """The cells `names` of one actor as a list says it."""
    cells = {**line, **line["address"]}
    if isinstance(line["summary"], dict):
        cells |= {f"summary_{code}": text for code, text in line["summary"].items()}
    for part in PARTS:
        cells[part] = "|".join(one["slug"] for one in line[part])
    return ["" if cells[name] is None else cells[name] for name in names]


def feature_of(line: dict) -> dict:
    """One actor on the map, from the fields FEATURE as a list says them."""
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [line["longitude"], line["latitude"]]},
        "properties": {
            **{name: line[name] for name in ("uid", "slug", "url", "name", "kind", "location_accuracy")},
            "layers": [layer["position"] for layer in line["layers"]],
            "city": line["address"]["city"],
        },
    }
