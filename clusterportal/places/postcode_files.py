"""Files of postcodes, read row by row: GeoNames' postal codes, or a CSV whose header names the columns."""

import csv
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from clusterportal.places.models import Postcode

GEONAMES_COLUMNS = 12
# Header of a CSV -> field. A German district is `kreis`, a federal state `land`.
_NAMES = {
    "plz": "code",
    "place": "place",
    "lat": "latitude",
    "lng": "longitude",
    "kreis": "district",
    "land": "state_name",
}
_NEEDED = {"plz", "place", "lat", "lng"}
_NO_PLACE = "looks_like_bulk_customer"  # a column: the postcode of one large recipient, not of a place


class UnreadableFile(ValueError):
    """The file has an unknown format, or a row is invalid; the text says which and how to correct it."""


def read_postcodes(file: Path, *, country: str) -> Iterator[Postcode]:
    """The postcodes of `file`, unsaved. `country` is that of a CSV; GeoNames' rows name their own."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            first = lines.readline()
            lines.seek(0)
            yield from _geonames(lines) if "\t" in first else _table(lines, country)
    except OSError as error:
        raise UnreadableFile(
            _("%(file)s cannot be read: %(reason)s") % {"file": file, "reason": error.strerror}
        ) from error
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            _("%(file)s is no text in UTF-8. Unpack it first, or save it as UTF-8.") % {"file": file}
        ) from error


def _geonames(lines) -> Iterator[Postcode]:
    """country, postcode, place, name and code of three levels of administration, latitude, longitude, accuracy."""
    for number, cells in enumerate(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), start=1):
        if len(cells) != GEONAMES_COLUMNS:
            raise UnreadableFile(
                _("Line %(number)s has %(found)s columns; GeoNames' postal codes have %(expected)s.")
                % {"number": number, "found": len(cells), "expected": GEONAMES_COLUMNS}
            )
        country, code, place, state, _code, second, _code, third, *_rest, north, east, _accuracy = cells
        yield _postcode(
            number,
            country=country,
            code=code,
            place=place,
            district=third or second,
            state_name=state,
            latitude=north,
            longitude=east,
        )


def _table(lines, country: str) -> Iterator[Postcode]:
    rows = csv.DictReader(lines)
    if lacking := _NEEDED - set(rows.fieldnames or ()):
        raise UnreadableFile(
            _(
                "The file is neither GeoNames' format (columns separated by tabs) nor a CSV: "
                "its header lacks %(names)s."
            )
            % {"names": ", ".join(sorted(lacking))}
        )
    for number, row in enumerate(rows, start=2):
        if row.get(_NO_PLACE) != "1":
            values = {field: row.get(name) or "" for name, field in _NAMES.items()}
            yield _postcode(number, country=country, **values)


def _postcode(number: int, *, latitude: str, longitude: str, **texts) -> Postcode:
    """A row that the database would take; what is wrong with it is said with its line."""
    texts = {name: text.strip() for name, text in texts.items()}
    try:
        north, east = float(latitude), float(longitude)
    except ValueError:
        north = east = float("nan")
    if not (-90 <= north <= 90 and -180 <= east <= 180):
        raise UnreadableFile(
            _("Line %(number)s: “%(latitude)s” and “%(longitude)s” are no degrees of latitude and longitude.")
            % {"number": number, "latitude": latitude, "longitude": longitude}
        )
    postcode = Postcode(latitude=north, longitude=east, **texts)
    fields = {field.name: field for field in Postcode._meta.concrete_fields}
    for name in ("country", "code", "place"):
        text, longest = texts[name], fields[name].max_length
        if not text or (longest and len(text) > longest):
            raise UnreadableFile(
                _("Line %(number)s: the %(field)s “%(text)s” is empty or too long.")
                % {"number": number, "field": fields[name].verbose_name, "text": text[:40]}
            )
    return postcode
