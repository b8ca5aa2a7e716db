"""`manage.py export_actors FILE`: the registry as a table or as GeoJSON."""

from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from actors.models import Actor
from actors.resources import ActorResource
from clusterportal.core.management.file_commands import OutputCommand
from clusterportal.tables.writer import FORMATS, CannotWrite, pieces


class Command(OutputCommand):
    help = (
        "Writes all actors to FILE; its ending says how: csv, xlsx, json, geojson or ndjson. "
        "Contact persons are left out. import_actors reads the file again without a change."
    )

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--published", action="store_true", help="only actors that everybody may see")
        parser.add_argument("--bom", action="store_true", help="begin CSV with the mark that Excel looks for")

    def handle_output(self, file: Path, *, published: bool, bom: bool, **options):
        format = file.suffix.lower().lstrip(".")
        if format not in FORMATS:
            names = {"file": file.name, "known": ", ".join(FORMATS)}
            raise CommandError(_("“%(file)s” has no known ending. Known: %(known)s.") % names)
        actors = (Actor.objects.published() if published else Actor.objects.all()).order_by("pk")
        # Written beside its place and moved there: an export that breaks off leaves no half file behind.
        draft = file.with_name(f".{file.name}.part")
        try:
            with open(draft, "wb") as out:
                out.writelines(pieces(format, ActorResource().table(actors), with_bom=bom))
            draft.replace(file)
        except CannotWrite as error:
            raise CommandError(
                _("“%(file)s” cannot be written: %(why)s") % {"file": file, "why": error}
            ) from error
        finally:
            draft.unlink(missing_ok=True)
        count = {"count": actors.count(), "file": file}
        self.stdout.write(_("%(count)s actors written to %(file)s.") % count)
