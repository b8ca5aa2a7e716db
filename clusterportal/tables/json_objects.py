"""Tables as JSON: a list of objects, one object a line, or the features of a map."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from clusterportal.tables.formats import UnreadableTable, open_bytes
from clusterportal.tables.limits import check_width
from clusterportal.tables.unreadable_cells import MAX_CELL_CHARACTERS, NESTED, UnreadableCell

_LISTS = ("actors", "results", "features")  # keys under which an answer of the API or a map holds its list
_MAX_DEPTH, _MAX_ITEMS = 10, 10_000  # of a nested value


def objects_in(path: Path, format: str, encoding: str) -> Iterator[tuple[int, dict]]:
    """(number, entry) of each object; with one object a line, the number of the line. Raises UnreadableTable."""
    return _lines(path, encoding) if format == "ndjson" else _list(path, encoding)


def _open(path: Path, encoding: str):
    # In UTF-8 a broken byte makes its own value unreadable, not the file.
    errors = "replace" if encoding.startswith("utf-8") else "strict"
    return io.TextIOWrapper(open_bytes(path), encoding=encoding, errors=errors)


def _lines(path: Path, encoding: str) -> Iterator[tuple[int, dict]]:
    with _open(path, encoding) as text:
        for number, line in enumerate(text, start=1):
            if line.strip():
                yield number, _entry(number, _loaded(line, number))


def _list(path: Path, encoding: str) -> Iterator[tuple[int, dict]]:
    with _open(path, encoding) as text:
        content = _loaded(text.read())
    if isinstance(content, dict):
        content = next((content[key] for key in _LISTS if key in content), content)
    if not isinstance(content, list):
        raise UnreadableTable(_("The file holds no list of actors: [{…}, {…}] is expected."))
    for number, entry in enumerate(content, start=1):
        yield number, _entry(number, entry)


def _loaded(text: str, line: int = 0):
    try:
        return json.loads(text)
    except RecursionError as error:
        raise UnreadableTable(NESTED) from error
    except ValueError as error:
        names = {"line": line + getattr(error, "lineno", 1) - 1 if line else getattr(error, "lineno", 1)}
        names["sign"] = getattr(error, "colno", 1)
        raise UnreadableTable(
            _("This is no valid JSON: line %(line)s, character %(sign)s."), names
        ) from error


def _entry(number: int, entry) -> dict:
    if isinstance(entry, dict) and entry.get("type") == "Feature":
        entry = _of_feature(entry)
    if not isinstance(entry, dict):
        raise UnreadableTable(_("Entry %(number)s is no object {…}."), {"number": number})
    check_width(len(entry), number)
    return {key: _bounded(value) for key, value in entry.items()}


def _of_feature(feature: dict) -> dict:
    """A GeoJSON feature as a flat entry; its point is used where the properties name no place."""
    entry, geometry = feature.get("properties"), feature.get("geometry")
    entry = entry if isinstance(entry, dict) else {}
    if isinstance(geometry, dict) and geometry.get("type") != "Point":
        # Not the place of an actor: reported as a column that is not read.
        return entry | {"geometry": str(geometry.get("type"))}
    if isinstance(geometry, dict) and "latitude" not in entry:
        point = geometry.get("coordinates")
        if isinstance(point, list) and len(point) >= 2:
            entry = entry | {"latitude": point[1], "longitude": point[0]}
        else:
            entry = entry | {
                "latitude": UnreadableCell(str(point), _("A point has a longitude and a latitude."))
            }
    return entry


def _bounded(value):
    """A nested value as it is, or an UnreadableCell where it is far too large for a cell."""
    if not isinstance(value, (list, dict)):
        return value
    left, items, length = [(value, 1)], 0, 0
    while left:
        nested, depth = left.pop()
        inner = [*nested.keys(), *nested.values()] if isinstance(nested, dict) else nested
        items += len(inner)
        length += sum(len(one) for one in inner if isinstance(one, str))
        if depth > _MAX_DEPTH or items > _MAX_ITEMS or length > MAX_CELL_CHARACTERS:
            return UnreadableCell("{…}" if isinstance(value, dict) else "[…]", NESTED)
        left += [(one, depth + 1) for one in inner if isinstance(one, (list, dict))]
    return value
