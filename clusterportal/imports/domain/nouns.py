"""What an import is of, behind one face: actors by their own plan, the other lists as plain records."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.apps import apps
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actors.columns.fields import COLUMNS
from actors.columns.parts import PARTS
from actors.columns.values import in_words
from actors.rules import can_see_contacts
from clusterportal.core.labels import field_label
from clusterportal.imports.domain import taxonomies
from clusterportal.imports.enums import ImportNoun
from clusterportal.imports.rules import MODELS
from clusterportal.intake import differences
from clusterportal.intake.applying import apply_plan
from clusterportal.intake.plan import Plan, Probable
from clusterportal.intake.planning import make_plan
from clusterportal.intake.planning.normalising import country_code
from clusterportal.intake.profiles import IN_ANY_LANGUAGE, Profile, custom_profile, fold, profile

OPEN_DATA = ("ror", "offeneregister")  # kinds of files whose columns need no mapping
_GROUPS = (
    (gettext_lazy("Who"), ("name", "short_name", "kind", "legal_form", "size", "founded", "aliases")),
    (gettext_lazy("Where"), (
        "street", "house_number", "postcode", "city", "address", "federal_state", "country", "latitude", "longitude",
        "location_accuracy",
    )),
    (gettext_lazy("Contact"), ("website", "email", "phone", "contacts")),
    (gettext_lazy("Place in the model"), ("layers", "areas", "topics", "services", "clusters", "relations")),
    (gettext_lazy("Numbers"), ("uid", "slug", "identifiers", "ror", "lei", "wikidata", "vat", "register")),
    (gettext_lazy("Curation"), ("publication", "verified_on", "source")),
)  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """A field that a column can be mapped to."""

    column: str
    label: str


class ActorTables:
    """Tables of actors, with all their parts."""

    noun = ImportNoun.ACTORS
    constants = ("kind", "country", "federal_state", "source")
    several = tuple(
        PARTS
    )  # columns whose cells name items: they can be added to what is there, or replace it

    def groups(self, user) -> list[tuple[str, list[Choice]]]:
        """The fields, in groups for people; texts in the language of the reader."""
        grouped = {column for _title, columns in _GROUPS for column in columns}
        texts = [column for column in COLUMNS if column not in grouped]
        groups = [(str(title), columns) for title, columns in _GROUPS]
        groups.insert(1, (_("Texts"), tuple(texts)))
        hidden = set() if can_see_contacts(user) else {"contacts"}
        return [
            (title, [Choice(column, self.label(column)) for column in columns if column not in hidden])
            for title, columns in groups
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

    def open_data(self, titles: list[str]) -> str:
        """The kind of open data that has these headings; empty for a table of one's own."""
        for name in OPEN_DATA:
            known = profile(name)
            if not known.missing([column for title in titles if (column := known.column_of(title))]):
                return name
        return ""

    def plan(self, run, rows, *, decisions: dict, on_progress: Callable[[int], None]) -> Plan:
        options = run.options
        return make_plan(
            rows, profile=self.profile(options), state=options.get("state") or None,
            cluster=options.get("cluster") or None, by=run.by, decisions=decisions, probable=Probable.ASK,
            on_progress=on_progress,
        )  # fmt: skip

    @staticmethod
    def profile(options: dict) -> Profile:
        if options.get("profile") in OPEN_DATA:
            return profile(options["profile"])
        constants = {name: value for name, value in options.get("constants", {}).items() if value}
        if country := constants.get("country"):
            constants["country"] = country_code(country)
        return custom_profile(
            "mapping", columns={}, constants=constants, replaces=options.get("replaces", [])
        )

    def write(self, plan: Plan, *, by, on_progress, **about) -> UUID | None:
        return apply_plan(plan, by=by, on_progress=on_progress, **about)

    def reports(self, plan: Plan):
        return differences.reports(plan)

    def list_url(self) -> str:
        return reverse("admin:actors_actor_changelist")

    def record_url(self, pk: int) -> str:
        return reverse("admin:actors_actor_change", args=[pk])


class RecordTables:
    """Tables of a plain list: one record a row, known by its address or name."""

    def __init__(self, noun: ImportNoun):
        self.noun, self.model, self.several = noun, apps.get_model(MODELS[noun]), ()
        self.constants = tuple(
            name for name in ("region", "country", "state") if name in taxonomies.fields_of(self.model)
        )

    def groups(self, user) -> list[tuple[str, list[Choice]]]:
        return [("", [Choice(name, self.label(name)) for name in taxonomies.fields_of(self.model)])]

    def label(self, column: str) -> str:
        field = taxonomies.fields_of(self.model).get(column)
        return field_label(field) if field else column

    def column_of(self, title: str) -> str | None:
        return taxonomies.headings_of(self.model).get(fold(title))

    def missing(self, columns: list[str]) -> list[str]:
        return [] if {"slug", taxonomies.NAME} & {*columns} else [self.label(taxonomies.NAME)]

    def open_data(self, titles: list[str]) -> str:
        return ""

    def plan(self, run, rows, *, decisions: dict, on_progress: Callable[[int], None]) -> Plan:
        constants = {name: value for name, value in run.options.get("constants", {}).items() if value}
        return taxonomies.plan_records(rows, model=self.model, constants=constants, on_progress=on_progress)

    def write(self, plan: Plan, *, by, on_progress, **about) -> UUID | None:
        return taxonomies.write_records(plan, model=self.model, by=by, **about)

    def reports(self, plan: Plan):
        problems = {}
        for problem in plan.problems:
            problems.setdefault(problem.row, []).append(problem)
        for entry in plan.entries:
            changes = [
                differences.Difference(
                    name, self._text(name, entry.before.get(name)), self._text(name, value)
                )
                for name, value in entry.fields.items()
                if self._text(name, value) != self._text(name, entry.before.get(name))
            ]
            yield differences.RowReport(entry, changes, problems.get(entry.row, []))

    def _text(self, name: str, value) -> str:
        if isinstance(value, models.Model):
            return getattr(value, "slug", str(value))
        if isinstance(value, list):
            return ", ".join(map(str, value))
        return in_words(self.model, name, value)

    def list_url(self) -> str:
        return reverse(f"admin:{self.model._meta.app_label}_{self.model._meta.model_name}_changelist")

    def record_url(self, pk: int) -> str:
        return reverse(f"admin:{self.model._meta.app_label}_{self.model._meta.model_name}_change", args=[pk])


def tables_of(noun: str) -> ActorTables | RecordTables:
    return ActorTables() if noun == ImportNoun.ACTORS else RecordTables(ImportNoun(noun))
