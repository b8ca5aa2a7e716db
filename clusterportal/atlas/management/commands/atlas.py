"""`manage.py atlas FILE.pdf`: the competence atlas as an accessible PDF."""

from pathlib import Path
from time import monotonic

from django.core.management.base import CommandError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import override

from actors.filters import ActorFilterSet
from clusterportal.atlas.domain import content
from clusterportal.atlas.domain.atlas_document import make
from clusterportal.atlas.domain.selecting import BadSelection
from clusterportal.atlas.domain.typesetting import CannotSet
from clusterportal.atlas.filters import chosen
from clusterportal.core.languages import LANGUAGE_CODES
from clusterportal.core.management.file_commands import OutputCommand


class Command(OutputCommand):
    help = (
        "Writes the competence atlas to FILE as PDF/UA-1: the region, or whom the filters of the directory choose. "
        "What cannot be set, and characters that no face has, are named."
    )

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--lang", choices=LANGUAGE_CODES, default=LANGUAGE_CODES[0])
        for name in ActorFilterSet.base_filters:
            option = f"--{name.replace('_', '-')}"
            # On the command line --state and the like are those of the directory: repeat them for "or".
            parser.add_argument(option, action="append", default=[], help="as in the directory")

    def handle_output(self, file: Path, *, lang: str, **options):
        if file.suffix.lower() != ".pdf":
            raise CommandError(
                _("“%(file)s” has no known ending. Known: %(known)s.") % {"file": file.name, "known": "pdf"}
            )
        params = QueryDict(mutable=True)
        for name in ActorFilterSet.base_filters:
            params.setlist(name, options[name])
        begun = monotonic()
        with override(lang):
            try:
                found = chosen(params.urlencode())
                document, report = make(content.atlas(found.selection, found.taxonomy, scope=found.scope))
            except (BadSelection, CannotSet) as error:
                raise CommandError(str(error)) from error
            lines = report.lines()
        # Written beside its place and moved there: one that breaks off leaves no half file behind.
        draft = file.with_name(f".{file.name}.part")
        draft.write_bytes(document.pdf)
        draft.replace(file)
        for line in lines:
            self.stderr.write(line)
        self.stdout.write(
            _("%(pages)d pages, %(size).1f MB, %(seconds).1f seconds: %(file)s")
            % {
                "pages": document.pages,
                "size": len(document.pdf) / 1e6,
                "seconds": monotonic() - begun,
                "file": file,
            }
        )
