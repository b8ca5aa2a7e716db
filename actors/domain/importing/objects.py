"""Tables as JSON: a list of objects, one object a line, or the features of a map."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from actors.domain.importing.formats import UnreadableTable, open_bytes

_LISTS = ("actors", "results", "features")  # keys under which an answer of the API or a map holds its list


def objects_in(path: Path, format: str, encoding: str) -> Iterator[tuple[int, dict]]:
    """The entries with their number; of lines the number of the line."""
    return _lines(path, encoding) if format == "ndjson" else _list(path, encoding)


def _lines(path: Path, encoding: str) -> Iterator[tuple[int, dict]]:
    with open_bytes(path) as raw, io.TextIOWrapper(raw, encoding=encoding) as text:
        for number, line in enumerate(text, start=1):
            if line.strip():
                yield number, _entry(number, _loaded(line))


def _list(path: Path, encoding: str) -> Iterator[tuple[int, dict]]:
    with open_bytes(path) as raw, io.TextIOWrapper(raw, encoding=encoding) as text:
        content = _loaded(text.read())
    if isinstance(content, dict):
        content = next((content[key] for key in _LISTS if key in content), content)
    if not isinstance(content, list):
        raise UnreadableTable(_("The file holds no list of actors: [{…}, {…}] is expected."))
    for number, entry in enumerate(content, start=1):
        yield number, _entry(number, entry)


def _loaded(text: str):
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableTable(_("This is no valid JSON: %(why)s") % {"why": error}) from error


def _entry(number: int, entry) -> dict:
    if isinstance(entry, dict) and entry.get("type") == "Feature":
        entry = _of_feature(entry)
    if not isinstance(entry, dict):
        raise UnreadableTable(_("Entry %(number)s is no object {…}.") % {"number": number})
    return entry


def _of_feature(feature: dict) -> dict:
    """A GeoJSON feature as a flat entry; its own point counts where the properties name no place."""
    entry, geometry = feature.get("properties") or {}, feature.get("geometry") or {}
    if geometry.get("type") == "Point" and "latitude" not in entry:
        longitude, latitude, *_height = geometry["coordinates"]
        entry = entry | {"latitude": latitude, "longitude": longitude}
    return entry
