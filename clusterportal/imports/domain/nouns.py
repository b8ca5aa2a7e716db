"""What the pages of an import ask, whatever it is of: actors have a plan of their own, the other lists a resource."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from actors.columns.fields import COLUMN_OF, columns_to_map
from actors.columns.parts import PARTS
from actors.list_resources import RelationResource, TopicResource
from actors.rules import can_see_contacts
from applications.resources import ApplicationAreaResource
from clusterportal.clusters.resources import ClusterResource, RegionResource
from clusterportal.history.resources import RecordedResource
from clusterportal.imports.domain.cells import widget_for
from clusterportal.imports.domain.plain_lists import RecordPlan, plan_records, write_records
from clusterportal.imports.enums import ImportNoun
from clusterportal.intake import differences
from clusterportal.intake.applying import apply_plan
from clusterportal.intake.plan import LEFT_OUT, Plan, Probable
from clusterportal.intake.planning import make_plan
from clusterportal.intake.planning.normalising import country_code
from clusterportal.intake.profiles import IN_ANY_LANGUAGE, Profile, custom_profile, fold, profile
from clusterportal.network.resources import ProjectResource
from layers.resources import LayerResource

OPEN_DATA = ("ror", "offeneregister")  # kinds of files whose columns need no mapping
# What people say about the cells of a column, as options of an import keep it: by column, or a list of columns.
SAID = ("separators", "values", "unknown")
MERGED = ("replaces", "fills")


def said_of(options: dict) -> dict:
    """What the options of an import say about cells, for the profile that reads them."""
    return {name: options.get(name, {}) for name in SAID} | {name: options.get(name, []) for name in MERGED}


RESOURCES: dict[ImportNoun, type[RecordedResource]] = {
    ImportNoun.RELATIONS: RelationResource,
    ImportNoun.TOPICS: TopicResource,
    ImportNoun.LAYERS: LayerResource,
    ImportNoun.AREAS: ApplicationAreaResource,
    ImportNoun.CLUSTERS: ClusterResource,
    ImportNoun.REGIONS: RegionResource,
    ImportNoun.PROJECTS: ProjectResource,
}


@dataclass(frozen=True)
class FieldChoice:
    """A field that a column can be mapped to."""

    column: str
    label: str


class ActorImporter:
    """Tables of actors, with all their parts."""

    noun = ImportNoun.ACTORS
    constants = ("kind", "layers", "areas", "country", "federal_state", "source")
    several = tuple(
        PARTS
    )  # columns whose cells name items: they can be added to what is there, or replace it

    def groups(self, user) -> list[tuple[str, list[FieldChoice]]]:
        """The fields, in groups for people; texts in the language of the reader."""
        hidden = set() if can_see_contacts(user) else {"contacts"}
        return [
            (
                str(group.label),
                [FieldChoice(column, self.label(column)) for column in columns if column not in hidden],
            )
            for group, columns in columns_to_map().items()
        ]

    def label(self, column: str) -> str:
        return differences.column_label(column)

    def column_of(self, title: str) -> str | None:
        column = profile("registry").column_of(title)
        return IN_ANY_LANGUAGE[column][0] if column in IN_ANY_LANGUAGE else column

    def missing(self, columns: list[str]) -> list[str]:
        """What has to be mapped before anything can be imported, in words."""
        numbers = {"ror", "lei", "wikidata", "vat", "register"}
        if {"name", "uid", "slug", "identifiers", *numbers} & {*columns}:
            return []
        return [self.label("name")]

    def open_data(self, titles: Sequence[str]) -> str:
        """The kind of open data that has these headings; empty for a table of one's own."""
        for name in OPEN_DATA:
            known = profile(name)
            if not known.missing([column for title in titles if (column := known.column_of(title))]):
                return name
        return ""

    column_of_field = COLUMN_OF  # where a field has another name in tables

    def plan(
        self,
        run,
        rows,
        *,
        decisions: dict,
        on_progress: Callable[[int], None],
        only: Collection[int] | None = None,
    ) -> Plan:
        options = run.options
        return make_plan(
            rows,
            profile=self.profile(options),
            state=options.get("state") or None,
            cluster=options.get("cluster") or None,
            by=run.by,
            decisions=decisions,
            probable=Probable.ASK,
            on_progress=on_progress,
            only=only,
        )

    @staticmethod
    def profile(options: dict) -> Profile:
        if options.get("profile") in OPEN_DATA:
            return profile(options["profile"])
        constants = {name: value for name, value in options.get("constants", {}).items() if value}
        if country := constants.get("country"):
            constants["country"] = country_code(country)
        return custom_profile("mapping", columns={}, constants=constants, **said_of(options))

    def write(self, plan: Plan, *, by, on_progress, **about) -> UUID | None:
        return apply_plan(plan, by=by, on_progress=on_progress, **about)

    def reports(self, plan: Plan):
        return differences.reports(plan)

    def list_url(self) -> str:
        return reverse("admin:actors_actor_changelist")

    def record_url(self, pk: int) -> str:
        return reverse("admin:actors_actor_change", args=[pk])


class RecordImporter:
    """Tables of a plain list: one record a row, understood by the list's own resource."""

    several = ()

    def __init__(self, noun: ImportNoun):
        self.noun, self.resource_class = noun, RESOURCES[noun]
        self.model = self.resource_class._meta.model
        self.columns = [*self.resource_class.fields]
        self.constants = tuple(name for name in ("region", "country", "state") if name in self.columns)

    def groups(self, user) -> list[tuple[str, list[FieldChoice]]]:
        return [("", [FieldChoice(name, self.label(name)) for name in self.columns])]

    def label(self, column: str) -> str:
        return self.resource_class.label(column)

    def column_of(self, title: str) -> str | None:
        return self._headings.get(fold(title))

    @cached_property
    def _headings(self) -> dict[str, str]:
        """What people write above a column, folded: its name, or its label in any language of the portal."""
        headings: dict[str, str] = {}
        fields = [field for field in self.model._meta.concrete_fields if field.name in self.columns]
        parts = [name for name in self.columns if name not in {field.name for field in fields}]
        for language, _label in settings.LANGUAGES:
            with override(language):
                for field in fields:
                    headings.setdefault(fold(str(field.verbose_name)), field.name)
                for name in parts:
                    headings.setdefault(fold(self.label(name)), name)
        if "slug" in self.columns:
            headings |= {fold("address"): "slug", fold("Adresse"): "slug"}
        if "acronyms" in self.columns:
            headings[fold("Kürzel")] = "acronyms"
        return headings | {fold(name): name for name in self.columns}

    def missing(self, columns: list[str]) -> list[str]:
        return [self.label(group[-1]) for group in self.resource_class.needed if not {*group} & {*columns}]

    def open_data(self, titles: Sequence[str]) -> str:
        return ""

    column_of_field: Mapping[str, str] = MappingProxyType({})

    def plan(
        self,
        run,
        rows,
        *,
        decisions: dict,
        on_progress: Callable[[int], None],
        only: Collection[int] | None = None,
    ) -> RecordPlan:
        constants = {name: value for name, value in run.options.get("constants", {}).items() if value}
        resource = self.resource_class(widget_for=widget_for, by=run.by, decisions=decisions)
        wanted = rows if only is None else ((number, row) for number, row in rows if number in only)
        left_out = {number for number, decision in decisions.items() if decision == LEFT_OUT}
        return plan_records(
            wanted, resource=resource, constants=constants, left_out=left_out, on_progress=on_progress
        )

    def write(self, plan: Plan, *, by, on_progress, **about) -> UUID | None:
        assert isinstance(plan, RecordPlan)  # as this importer makes them
        return write_records(plan, by=by, on_progress=on_progress, **about)

    def reports(self, plan: Plan) -> Iterator[differences.RowReport]:
        assert isinstance(plan, RecordPlan)  # as this importer makes them
        widgets = {name: field.widget for name, field in plan.resource.fields.items()}
        problems = defaultdict(list)
        for problem in plan.problems:
            problems[problem.row].append(problem)

        def words(name: str, value) -> str:
            return widgets[name].render(value)

        for entry in plan.entries:
            changes = [
                differences.ValueDifference(name, words(name, entry.before[name]), words(name, value))
                for name, value in entry.fields.items()
            ]
            yield differences.RowReport(entry, changes, problems[entry.row])

    def list_url(self) -> str:
        return reverse(f"admin:{self.model._meta.app_label}_{self.model._meta.model_name}_changelist")

    def record_url(self, pk: int) -> str:
        return reverse(f"admin:{self.model._meta.app_label}_{self.model._meta.model_name}_change", args=[pk])


def importer_for(noun: str) -> ActorImporter | RecordImporter:
    """What the pages ask about tables of this kind."""
    return ActorImporter() if noun == ImportNoun.ACTORS else RecordImporter(ImportNoun(noun))
