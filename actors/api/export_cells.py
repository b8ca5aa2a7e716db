"""Actors as flat rows: the columns of CSV and XLSX, and the features of GeoJSON."""

from datetime import datetime

from clusterportal.core.api.answer_language import AnswerLanguage
from clusterportal.core.languages import column_names

MOMENTS = frozenset({"updated_at"})
PARTS = ("layers", "areas", "clusters")  # what a row reads beside the actor itself
SAID_IN_FEATURES = ("short_name", "summary", "website", "areas", "clusters", "updated_at")
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
    *SAID_IN_FEATURES,
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
    """One actor as a feature, from the fields FEATURE as a list says them; without a place its geometry is null."""
    place = [line["longitude"], line["latitude"]]
    return {
        "type": "Feature",
        "id": line["uid"],
        "geometry": None if None in place else {"type": "Point", "coordinates": place},
        "properties": {
            **{name: line[name] for name in ("uid", "slug", "url", "name", "kind", "location_accuracy")},
            "layers": [layer["position"] for layer in line["layers"]],
            "city": line["address"]["city"],
            **{name: line[name] for name in SAID_IN_FEATURES},
            **{name: [one["slug"] for one in line[name]] for name in ("areas", "clusters")},
        },
    }


def typed(row: list, names: list[str]) -> list:
    """A row for a workbook: moments as such, in UTC, which a workbook cannot say of them."""
    return [
        datetime.fromisoformat(cell).replace(tzinfo=None) if cell and name in MOMENTS else cell
        for cell, name in zip(row, names, strict=True)
    ]
