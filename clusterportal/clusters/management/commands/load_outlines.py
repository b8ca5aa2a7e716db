"""Loads the outlines of regions from a GeoJSON file, so that pages can draw where a cluster lies."""

import json
from pathlib import Path

from django.core.management.base import CommandError
from django.db import transaction

from clusterportal.clusters.models import SOURCE_LENGTH, Region
from clusterportal.core.management.file_commands import FileCommand

# Property of a feature -> how many characters of a NUTS code it holds. Finer comes first.
LEVELS = {"nuts3": 5, "nuts2": 4, "nuts1": 3}


class Command(FileCommand):
    help = (
        "Loads outlines of regions from a GeoJSON FeatureCollection whose features carry a NUTS code in the "
        "property nuts1, nuts2 or nuts3, and whose member `attribution` names the source. A region takes the "
        "features of its NUTS codes, or of the larger unit in which they lie when the file is coarser."
    )

    def add_arguments(self, parser):
        super().add_arguments(parser)
        for level in LEVELS:
            parser.add_argument(
                f"--{level}",
                action="store_const",
                const=level,
                dest="level",
                help=f"Read the code from the property {level}, whatever other codes the features carry.",
            )

    def handle_file(self, file: Path, *, level: str | None, **options):
        collection = _read(file)
        level = level or _level(collection["features"], file)
        outlines = _by_code(collection["features"], level, file)
        source = _source(collection, file)
        loaded = 0
        with transaction.atomic():
            for region in Region.objects.order_by("slug"):
                codes = list(dict.fromkeys(code[: LEVELS[level]] for code in region.nuts_codes))
                parts = [polygon for code in codes for polygon in outlines.get(code, [])]
                if not parts:
                    self.stdout.write(
                        f"{region.slug}: no outline for {', '.join(region.nuts_codes) or 'no NUTS code'}"
                    )
                    continue
                region.outline = {"type": "MultiPolygon", "coordinates": parts}
                region.outline_source = source
                region.save(update_fields=["outline", "outline_source"])
                loaded += 1
                found = ", ".join(code for code in codes if code in outlines)
                self.stdout.write(f"{region.slug}: outline of {found}, {len(parts)} polygons")
        self.stdout.write(
            self.style.SUCCESS(f"{loaded} outlines loaded from {file.name} ({level}). Source: {source}")
        )


def _read(file: Path) -> dict:
    try:
        collection = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise CommandError(f"{file} is not JSON in UTF-8: {error}") from error
    is_collection = isinstance(collection, dict) and collection.get("type") == "FeatureCollection"
    if not is_collection or not isinstance(collection.get("features"), list) or not collection["features"]:
        raise CommandError(f"{file} is not a GeoJSON FeatureCollection with features")
    return collection


def _properties(feature) -> dict:
    return (feature.get("properties") if isinstance(feature, dict) else None) or {}


def _level(features: list, file: Path) -> str:
    """The finest level of which every feature carries the code."""
    for level in LEVELS:
        if all(_properties(feature).get(level) for feature in features):
            return level
    raise CommandError(
        f"{file}: every feature needs a NUTS code in one of the properties {', '.join(LEVELS)}"
    )


def _by_code(features: list, level: str, file: Path) -> dict[str, list]:
    """Polygons by NUTS code; several features of one code add up."""
    outlines: dict[str, list] = {}
    for number, feature in enumerate(features, start=1):
        code = _properties(feature).get(level)
        geometry = (feature.get("geometry") if isinstance(feature, dict) else None) or {}
        coordinates = geometry.get("coordinates")
        polygons = {"Polygon": [coordinates], "MultiPolygon": coordinates}.get(geometry.get("type", ""))
        if not code:
            raise CommandError(f"{file}: feature {number} has no property {level}")
        if not polygons or not coordinates:
            raise CommandError(f"{file}: feature {number} ({code}) is neither a Polygon nor a MultiPolygon")
        outlines.setdefault(code, []).extend(polygons)
    return outlines


def _source(collection: dict, file: Path) -> str:
    """Open data asks to be named: without a source an outline could not be shown."""
    source = str(collection.get("attribution") or "").strip()
    if not source:
        raise CommandError(
            f"{file} has no member `attribution`: pages must name the source beside the outline"
        )
    if len(source) > SOURCE_LENGTH:
        raise CommandError(f"{file}: the attribution is longer than {SOURCE_LENGTH} characters")
    return source
