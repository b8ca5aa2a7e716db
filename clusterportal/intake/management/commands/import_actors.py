"""`manage.py import_actors FILE`: actors from a table."""

import dataclasses
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actors.columns.parts import PARTS
from clusterportal.clusters.models import Cluster
from clusterportal.core.management.file_commands import FileCommand
from clusterportal.core.publication import PublicationState
from clusterportal.intake import report as reporting
from clusterportal.intake.applying import apply_plan
from clusterportal.intake.column_values import LEAVABLE, LEFT_OUT
from clusterportal.intake.plan import Outcome, Plan, Probable
from clusterportal.intake.planning import make_plan
from clusterportal.intake.profiles import Profile, UnknownProfile, profile
from clusterportal.intake.profiles.own_tables import columns_of
from clusterportal.tables.delimited import delimiter_named
from clusterportal.tables.encodings import encoding_named
from clusterportal.tables.formats import FORMATS, UnreadableTable
from clusterportal.tables.inspection import ReadOptions
from clusterportal.tables.reader import SourceTable, read_table

SHOWN = 10  # lines of a kind that the terminal shows; the report has all
LONGEST_SHOWN_VALUE = 120  # characters of a value on the terminal
_STATES = [PublicationState.DRAFT.value, PublicationState.IN_REVIEW.value, PublicationState.PUBLISHED.value]


class Command(FileCommand):
    help = (
        "Imports actors from a table (csv, xlsx, ods, json; also gzipped). Encoding and delimiter are found "
        "out. A second run of the same file changes nothing. All rows are taken or, if one is invalid, "
        "none, unless --skip-invalid. A table states what it names: layers, areas, clusters, topics, services, "
        "other names, identifiers, contacts and relations are added or changed, never taken away, unless "
        "--replace says so; details that a cell does not name (basis, note) stay. An empty cell says nothing; "
        "only in a row with uid or slug, as exports have, it empties the field. Whatever is taken away, "
        "overwritten or spelt otherwise is listed."
    )

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--format", choices=FORMATS, help="default: by the ending of FILE")
        parser.add_argument(
            "--encoding", help="of a CSV or JSON file, as in utf-8, cp1252, mac-roman; else found out"
        )
        parser.add_argument(
            "--delimiter", help="of a CSV file: a sign, or comma, semicolon, tab, bar; else found out"
        )
        parser.add_argument("--sheet", help="of a workbook: the name of the sheet to read; else found out")
        parser.add_argument(
            "--profile",
            default="registry",
            help="what the columns mean: registry (as export_actors writes them), ror, offeneregister, "
            "a mapping saved in the admin, or the name of a file profiles/NAME.toml in the data directory",
        )
        parser.add_argument("--dry-run", action="store_true", help="check and count, write nothing")
        parser.add_argument(
            "--cluster", metavar="SLUG", help="make every imported actor a member of this cluster"
        )
        parser.add_argument(
            "--state",
            choices=_STATES,
            help="publication state of new actors; default: as the file says, else draft",
        )
        parser.add_argument(
            "--probable",
            choices=[Probable.NEW.value, Probable.SKIP.value, Probable.MATCH.value],
            default=Probable.NEW.value,
            help="rows that only probably mean an actor of the registry (a similar name in the same place, the "
            "same website): new imports them as new ones, so that nothing is overwritten by a guess, and lists "
            "them in the report; skip leaves them out; match takes the likeliest actor. Default: new",
        )
        parser.add_argument(
            "--replace",
            metavar="COLUMN",
            action="append",
            default=[],
            help="a column (layers, services ... or its heading in FILE) that names all there is: what a cell does "
            "not name is taken away. An empty cell takes all away only in a row with uid or slug. Repeatable",
        )
        parser.add_argument(
            "--fill",
            metavar="COLUMN",
            action="append",
            default=[],
            help="a column (city, layers ... or its heading in FILE) that counts only where the registry has nothing. "
            "Repeatable",
        )
        parser.add_argument(
            "--leave-out",
            metavar="COLUMN",
            action="append",
            default=[],
            help="a column (layers, email ... or its heading in FILE) of which values that are not understood are left "
            "out and listed, while their rows are taken. Repeatable",
        )
        parser.add_argument(
            "--skip-invalid", action="store_true", help="import the valid rows, leave out the others"
        )
        parser.add_argument(
            "--report",
            type=Path,
            metavar="FILE",
            help="where to list what was not taken, is doubtful, taken away, overwritten or normalised, as CSV",
        )

    def handle_file(self, file: Path, *, cluster: str | None, state: str | None, **options):
        if cluster:
            _check_cluster(cluster)
        rules = _profile(options["profile"])
        table = _table(
            file, rules, **{name: options[name] for name in ("format", "encoding", "delimiter", "sheet")}
        )
        rules = _choosing(rules, table, **{name: options[name] for name in ("replace", "fill", "leave_out")})
        self._describe(table)
        probable = Probable(options["probable"])
        plan = self._plan(table, profile=rules, state=state, cluster=cluster, probable=probable)
        notes = reporting.notes(plan)
        is_held_back = plan.has_invalid and not options["skip_invalid"]
        if not options["dry_run"] and not is_held_back:
            apply_plan(
                plan, on_progress=self._progress(_("written")), command="import_actors", file=file.name
            )
            self._end_progress()
        found = reporting.sections(plan, is_done=not options["dry_run"] and not is_held_back)
        self._tell(plan, found, notes, dry_run=options["dry_run"])
        report = _write_report(found, options["report"] or _report_path(file))
        if report:
            self.stdout.write(_("Report: %(file)s") % {"file": report})
        if plan.has_invalid:
            raise CommandError(_verdict(plan, report, is_held_back=is_held_back, is_dry=options["dry_run"]))

    def _plan(self, table: SourceTable, **choices) -> Plan:
        try:
            plan = make_plan(table.rows, on_progress=self._progress(_("read")), **choices)
        except UnreadableTable as error:
            raise CommandError(str(error)) from error
        self._end_progress()
        if not plan.entries:
            raise CommandError(_("The file has a header but no rows."))
        return plan

    # ---------- what people see ----------
    def _describe(self, table: SourceTable) -> None:
        details = [table.format, table.encoding, _DELIMITER_NAMES.get(table.delimiter, "")]
        self.stdout.write(_("Read as: %(details)s") % {"details": ", ".join(filter(None, details))})
        if table.other_sheets:
            names = {"sheet": table.sheet, "others": ", ".join(table.other_sheets)}
            text = _("Only the sheet “%(sheet)s” is read; not read: %(others)s. --sheet chooses another one.")
            self.stdout.write(text % names)
        if table.ignored:
            self.stdout.write(_("Columns passed over: %(names)s") % {"names": ", ".join(table.ignored)})

    def _tell(self, plan: Plan, found: list[reporting.Section], notes: list[str], *, dry_run: bool) -> None:
        self.stdout.write(
            f"rows: {plan.read}"
        )  # these words are the same in every language: scripts read them
        for outcome, count in plan.counts.items():
            self.stdout.write(f"{outcome}: {count}")
        self.stdout.write(reporting.accounts(plan.counts, read=plan.read))
        if dry_run:
            self.stdout.write(_("Dry run: nothing was written."))
        for note in notes:
            self.stdout.write(note)
        for section in found:
            out = self.stderr if section.is_complaint else self.stdout
            out.write(f"{section.title}:")
            for line in section.lines[:SHOWN]:
                out.write(f"  {reporting.in_one_line(line, longest=LONGEST_SHOWN_VALUE)}")
            if (more := len(section.lines) - SHOWN) > 0:
                out.write("  " + _("... and %(count)s more, see the report.") % {"count": more})

    def _progress(self, what: str):
        """A line that counts rows, for people at a terminal only."""
        if not self.stderr.isatty():
            return lambda rows_done: None

        def show(rows_done: int) -> None:
            self.stderr.write(f"\r{rows_done:>9,} {what}", ending="")
            self.stderr.flush()

        return show

    def _end_progress(self) -> None:
        if self.stderr.isatty():
            self.stderr.write("")


_DELIMITER_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}


def _check_cluster(slug: str) -> None:
    known = sorted(Cluster.objects.values_list("slug", flat=True))
    if slug not in known:
        names = {"slug": slug, "known": ", ".join(known) or _("none yet; add one in the admin")}
        raise CommandError(_("There is no cluster “%(slug)s”. Known: %(known)s.") % names)


def _profile(name: str) -> Profile:
    try:
        return profile(name)
    except UnknownProfile as error:
        raise CommandError(str(error)) from error


def _table(file: Path, rules: Profile, **given: str | None) -> SourceTable:
    try:
        table = read_table(
            file, name_of=rules.column_of, columns_of=columns_of, options=_read_options(rules, **given)
        )
    except UnreadableTable as error:
        raise CommandError(str(error)) from error
    if missing := rules.missing(table.columns):
        found = ", ".join([*table.columns, *table.ignored][:20]) or "-"
        names = {"missing": "; ".join(missing), "profile": rules.name, "found": found}
        raise CommandError(
            _(
                "The file lacks columns that the profile “%(profile)s” needs: %(missing)s. Found: %(found)s. "
                "Rename the headers or choose another --profile."
            )
            % names
        )
    return table


def _choosing(
    rules: Profile, table: SourceTable, *, replace: list[str], fill: list[str], leave_out: list[str]
) -> Profile:
    """`rules` with what the command line says of columns of the table."""
    parts = [column for column in table.columns if column in PARTS]
    leavable = [column for column in table.columns if column in LEAVABLE]
    left_out = _columns_of(rules, leave_out, leavable, _("“%(value)s” cannot be left out. %(known)s"))
    return dataclasses.replace(
        rules,
        replaces=rules.replaces
        | _columns_of(rules, replace, parts, _("“%(value)s” cannot be replaced. %(known)s")),
        fills=rules.fills
        | _columns_of(rules, fill, table.columns, _("“%(value)s” cannot be filled. %(known)s")),
        unknown={**rules.unknown, **dict.fromkeys(left_out, LEFT_OUT)},
    )


def _columns_of(rules: Profile, wanted: list[str], known: list[str], refusal: str) -> set[str]:
    """The columns of the table that these words name; `refusal`: what is said where one is none of the `known`."""
    columns: set[str] = set()
    for wish in wanted:
        column = wish if wish in known else rules.column_of(wish)
        if not column or column not in known:
            those = _("Columns of this file that can: %(known)s.") % {"known": ", ".join(known) or "–"}
            raise CommandError(refusal % {"value": wish, "known": those})
        columns.add(column)
    return columns


def _read_options(
    rules: Profile, *, format: str | None, sheet: str | None, encoding: str | None, delimiter: str | None
) -> ReadOptions:
    """How the file is read: as the command line says, else as the profile does, else found out."""
    given = {
        "encoding": encoding and encoding_named(encoding),
        "delimiter": delimiter and delimiter_named(delimiter),
        "sheet": sheet,
    }
    return ReadOptions(
        format or "", **rules.read_options | {name: value for name, value in given.items() if value}
    )


def _report_path(file: Path) -> Path:
    moment = datetime.now().strftime("%Y%m%d-%H%M%S")
    return settings.PORTAL_DATA_DIR / "reports" / f"{file.name}-{moment}.csv"


def _write_report(found: list[reporting.Section], path: Path) -> Path | None:
    try:
        return path if reporting.write_csv(found, path) else None
    except OSError as error:
        raise CommandError(
            _("The report cannot be written to %(file)s: %(why)s") % {"file": path, "why": error}
        ) from error


def _verdict(plan: Plan, report: Path | None, *, is_held_back: bool, is_dry: bool) -> str:
    count = plan.counts[Outcome.INVALID]
    found = ngettext("%(count)s row is invalid", "%(count)s rows are invalid", count)
    if is_dry:
        outcome = _("nothing was written, this was a dry run.")
    elif is_held_back:
        outcome = _(
            "nothing was written. Mend them (see %(report)s) or import the others with --skip-invalid."
        )
    else:
        outcome = _("left out; the other rows were imported. See %(report)s.")
    return f"{found}: {outcome}" % {"count": count, "report": report}
