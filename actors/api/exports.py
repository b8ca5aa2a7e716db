"""The whole filtered list in one answer, written row by row: CSV, XLSX, NDJSON and GeoJSON."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain

import orjson
from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from actors.api import export_cells
from actors.api.actor_json import ActorJson
from actors.api.actor_records import FullRecords
from actors.facets.selection import Listing
from clusterportal.core.api.formats import WholeListFormat
from clusterportal.tables.writer import csv_lines, feature_collection, in_blocks, workbook

BLOCK = 2000  # actors read from the database at once


class CsvFormat(WholeListFormat):
    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"


class XlsxFormat(WholeListFormat):
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    format = "xlsx"


class GeoJsonFormat(WholeListFormat):
    media_type = "application/geo+json"
    format = "geojson"


class NdjsonFormat(WholeListFormat):
    media_type = "application/x-ndjson"
    format = "ndjson"


@dataclass(frozen=True)
class Export:
    """What an export is made of: the actors in their order, who writes them, and the columns of a table."""

    listing: Listing
    records: ActorJson | FullRecords
    header: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """Every actor as JSON, a block of them from one statement."""
        keys = self.listing[:]
        for begin in range(0, len(keys), BLOCK):
            yield from self.records.of(keys[begin : begin + BLOCK])

    def rows(self) -> Iterator[list]:
        """The cells of every actor, in the columns asked for."""
        for line in self.lines():
            yield export_cells.row_of(orjson.loads(line), self.header)


def export(format: str, made_of: Export) -> HttpResponseBase:
    """The answer in `format`, as a file to keep."""
    response = _WRITERS[format](made_of)
    response.headers["Content-Disposition"] = f'attachment; filename="actors.{format}"'
    return response


def headers_only(renderer) -> HttpResponseBase:
    """What HEAD answers: nothing is read for it."""
    charset = f"; charset={renderer.charset}" if renderer.charset else ""
    disposition = {"Content-Disposition": f'attachment; filename="actors.{renderer.format}"'}
    # Streamed, so that no length is said: that of the answer to GET is not known, and it is not 0.
    return StreamingHttpResponse([], content_type=f"{renderer.media_type}{charset}", headers=disposition)


def _csv(made_of: Export) -> HttpResponseBase:
    return StreamingHttpResponse(
        in_blocks(csv_lines(chain([made_of.header], made_of.rows()))),
        content_type="text/csv; charset=utf-8",
    )


def _xlsx(made_of: Export) -> HttpResponseBase:
    rows = (export_cells.typed(row, made_of.header) for row in made_of.rows())
    file = workbook("actors", made_of.header, rows)
    return FileResponse(file, content_type=XlsxFormat.media_type)


def _ndjson(made_of: Export) -> HttpResponseBase:
    lines = (f"{line}\n" for line in made_of.lines())
    return StreamingHttpResponse(in_blocks(lines), content_type=NdjsonFormat.media_type)


def _geojson(made_of: Export) -> HttpResponseBase:
    def features() -> Iterator[str]:
        for line in made_of.lines():
            yield orjson.dumps(export_cells.feature_of(orjson.loads(line))).decode()

    return StreamingHttpResponse(
        in_blocks(feature_collection(features())), content_type=GeoJsonFormat.media_type
    )


_WRITERS: dict[str, Callable[[Export], HttpResponseBase]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "ndjson": _ndjson,
    "geojson": _geojson,
}
