"""Loads postcodes with their coordinates, so that “within 20 km of 67655” needs no foreign host."""

from itertools import islice
from pathlib import Path

from django.core.management.base import CommandError
from django.db import IntegrityError, transaction

from clusterportal.core.management.file_commands import FileCommand
from clusterportal.places.models import Postcode
from clusterportal.places.postcode_files import UnreadableFile, read_postcodes

BATCH = 5_000


class Command(FileCommand):
    help = (
        "Loads postcodes from GeoNames' postal code format (https://download.geonames.org/export/zip/, unpacked) "
        "or from a CSV with the columns plz, place, lat, lng and, if known, kreis and land. The countries of the "
        "file are replaced as a whole, all or nothing."
    )

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--country", default="DE", help="Country of a CSV, two letters. Default: DE")

    def handle_file(self, file: Path, *, country: str, **options):
        postcodes = read_postcodes(file, country=country.upper())
        try:
            with transaction.atomic():
                countries = _replace(postcodes)
        except UnreadableFile as error:
            raise CommandError(str(error)) from error
        except IntegrityError as error:
            raise CommandError(f"{file}: {error}") from error
        kept = Postcode.objects.filter(country__in=countries).count()
        self.stdout.write(
            self.style.SUCCESS(f"{kept} postcodes of {', '.join(sorted(countries)) or 'no country'}")
        )


def _replace(postcodes) -> set[str]:
    """Store `postcodes` in place of all earlier ones of their countries; returns the countries."""
    countries: set[str] = set()
    while batch := list(islice(postcodes, BATCH)):
        met = {postcode.country for postcode in batch} - countries
        Postcode.objects.filter(country__in=met).delete()
        countries |= met
        # A place may stand in a file twice, in two districts: the first one counts.
        Postcode.objects.bulk_create(batch, ignore_conflicts=True)
    return countries
