"""`manage.py export_actors FILE`: the registry as a table or as GeoJSON."""

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from actors.models import Actor
from actors.resources import ActorResource

LONGEST_CELL = 32_767  # characters; what a workbook's cell can hold


class Command(BaseCommand):
    help = (
        "Writes all actors to FILE; its ending says how: csv, xlsx, json, geojson or ndjson. "
        "Contact persons are left out. import_actors reads the file again without a change."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--published", action="store_true", help="only actors that everybody may see")

    def handle(self, *args, file: Path, published: bool, **options):
        write = WRITERS.get(file.suffix.lower().lstrip("."))
        if write is None:
            endings = ", ".join(WRITERS)
            raise CommandError(
                _("“%(file)s” has no known ending. Known: %(known)s.") % {"file": file.name, "known": endings}
            )
        queryset = Actor.objects.published() if published else Actor.objects.all()
        # Written beside its place and moved there: an export that breaks off leaves no half file behind.
        draft = file.with_name(f".{file.name}.part")
        try:
            count = write(draft, ActorResource(), queryset.order_by("pk"))
            draft.replace(file)
        except OSError as error:
            raise CommandError(
                _("“%(file)s” cannot be written: %(why)s") % {"file": file, "why": error}
            ) from error
        finally:
            draft.unlink(missing_ok=True)
        self.stdout.write(_("%(count)s actors written to %(file)s.") % {"count": count, "file": file})


def _write_csv(path: Path, resource: ActorResource, queryset) -> int:
    count = 0
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(resource.columns)
        for row in resource.rows(queryset):
            writer.writerow(row)
            count += 1
    return count


def _write_xlsx(path: Path, resource: ActorResource, queryset) -> int:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Actors"))
    sheet.freeze_panes = "A2"
    titles = [WriteOnlyCell(sheet, value=column) for column in resource.columns]
    for title in titles:
        title.font = Font(bold=True)
    sheet.append(titles)
    count = 0
    try:
        for row in resource.rows(queryset):
            count += 1
            sheet.append(
                [_fitting(cell, row, column) for cell, column in zip(row, resource.columns, strict=True)]
            )
    finally:
        sheet.close()
    book.save(path)
    return count


def _fitting(cell, row: list, column: str):
    if isinstance(cell, str) and len(cell) > LONGEST_CELL:
        # A workbook would cut the text off without a word.
        names = {"slug": row[1], "column": column}
        raise CommandError(
            _("“%(column)s” of %(slug)s is too long for a workbook. Export csv or json instead.") % names
        )
    return cell


def _write_json(path: Path, resource: ActorResource, queryset) -> int:
    return _write_pieces(path, "[\n", map(_dumped, resource.records(queryset)), ",\n", "\n]\n")


def _write_ndjson(path: Path, resource: ActorResource, queryset) -> int:
    return _write_pieces(path, "", (f"{_dumped(record)}\n" for record in resource.records(queryset)), "", "")


def _write_geojson(path: Path, resource: ActorResource, queryset) -> int:
    features = (_dumped(_feature(record)) for record in resource.records(queryset))
    return _write_pieces(path, '{"type": "FeatureCollection", "features": [\n', features, ",\n", "\n]}\n")


def _feature(record: dict) -> dict:
    place = [record["longitude"], record["latitude"]]
    geometry = None if None in place else {"type": "Point", "coordinates": place}
    return {"type": "Feature", "id": record["uid"], "geometry": geometry, "properties": record}


def _dumped(value) -> str:
    return json.dumps(value, ensure_ascii=False)


def _write_pieces(path: Path, before: str, pieces: Iterator[str], between: str, after: str) -> int:
    count = 0
    with open(path, "w", encoding="utf-8") as file:
        file.write(before)
        for count, piece in enumerate(pieces, start=1):
            file.write(f"{between if count > 1 else ''}{piece}")
        file.write(after)
    return count


WRITERS: dict[str, Callable] = {
    "csv": _write_csv,
    "xlsx": _write_xlsx,
    "json": _write_json,
    "geojson": _write_geojson,
    "ndjson": _write_ndjson,
}
