"""History read as changes: who changed what, when, field by field.

Triggers keep every version of a record in an event table. A reader asks for sources (one event table each,
narrowed to the records in question) and gets one page of changes: one query finds the page across the tables,
a second one fetches its versions together with the ones before.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, cached_property
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, Func, JSONField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Col
from pghistory.models import Event

from clusterportal.history.foreign_keys import foreign_keys
from clusterportal.history.wording import ColumnDifference, differences_between, label_of_kind, title_of

INSERT, DELETE = "insert", "delete"
_VERSION = (
    "pgh_kind",
    "pgh_id",
    "pgh_created_at",
    "pgh_label",
    "pgh_row",
    "pgh_before",
    "pgh_has_later",
    "pgh_context_id",
    "pgh_metadata",
)
_rules: dict[str, Callable] = {}
_scopes: dict[str, Callable] = {}


class RowAsJson(Func):
    """The whole row of a table as JSON; the argument is any column of it."""

    output_field = JSONField()
    arity = 1

    def as_sql(self, compiler, connection, *args, **context):
        (column,) = self.source_expressions
        assert isinstance(column, Col)  # that is what the name of a column becomes in a query
        return f"to_jsonb({compiler.quote_name_unless_alias(column.alias)})", []


@dataclass(frozen=True)
class Source:
    """The events of one tracked model that meet a condition."""

    model: type[models.Model]
    condition: Q = field(default_factory=Q)

    @property
    def kind(self) -> str:
        return self.model._meta.label_lower

    def narrowed(self, condition: Q) -> "Source":
        return Source(self.model, self.condition & condition)


@dataclass
class Change:
    """One version of a record, beside the one before it."""

    model: type[models.Model]
    event_id: int
    at: datetime
    operation: str
    row: dict
    previous: dict | None
    is_latest: bool
    act_id: UUID | None
    context: dict
    references: dict = field(repr=False, default_factory=dict)
    restore_url: str = ""
    url: str = ""  # the page of the record in the admin

    @property
    def kind(self) -> str:
        return self.model._meta.label_lower

    @property
    def pk(self):
        return self.row[self.model._meta.pk.attname]

    @property
    def kind_label(self) -> str:
        return label_of_kind(self.model)

    @property
    def person(self) -> str:
        """The account that made the change; empty when nobody was signed in: a command, the database."""
        return self.context.get("username") or ""

    @property
    def command(self) -> str:
        return self.context.get("command") or ""

    @property
    def is_restorable(self) -> bool:
        """Earlier versions can be brought back, and what was deleted last."""
        return self.is_latest if self.operation == DELETE else not self.is_latest

    @cached_property
    def title(self) -> str:
        return title_of(self.model, self.row, self.references)

    @cached_property
    def differences(self) -> list[ColumnDifference]:
        before: dict | None = self.previous
        after: dict | None = self.row
        if self.operation == INSERT:
            before = None
        elif self.operation == DELETE:
            before, after = self.row, None
        return differences_between(self.model, before, after, self.references)


@cache
def event_models() -> dict[str, type[Event]]:
    """Event tables by the label of the model whose versions they keep."""
    found = [model for model in apps.get_models() if issubclass(model, Event)]
    return {tracked_model(model)._meta.label_lower: model for model in found}


def tracked_model(event_model: type[Event]) -> type[models.Model]:
    """The model whose versions the event table keeps."""
    return event_model.pgh_tracked_model  # type: ignore[return-value]  # declared None, set by pghistory.track


def versions_of(model: type[models.Model]) -> QuerySet:
    """All versions of the records of `model`: rows of its event table."""
    return event_models()[model._meta.label_lower]._default_manager.all()


def show_only_if(model: type[models.Model], rule: Callable) -> None:
    """Keep the history of `model` from everybody for whom `rule(user)` is false."""
    _rules[model._meta.label_lower] = rule


def show_within(model: type[models.Model], scope: Callable) -> None:
    """Of the history of `model` show a user the events that meet `scope(user)`, a condition on them."""
    _scopes[model._meta.label_lower] = scope


def owner_of(model: type[models.Model]) -> type[models.Model]:
    """The model whose rights count for the history of `model`: for a join table the one that declares it."""
    declared_by = model._meta.auto_created  # for a table that Django made by itself, the model it made it for
    return declared_by if isinstance(declared_by, type) else model


def may_see(user, model: type[models.Model]) -> bool:
    """May `user` read the history of `model`? A join table follows the model that owns it."""
    rule = _rules.get(model._meta.label_lower)
    owner = owner_of(model)
    permission = f"{owner._meta.app_label}.view_{owner._meta.model_name}"
    return user.is_active and user.is_staff and user.has_perm(permission) and (rule is None or rule(user))


def sources_for(user) -> list[Source]:
    """Everything whose history `user` may read."""
    found = (source_for(user, tracked_model(event_model)) for event_model in event_models().values())
    return [source for source in found if source]


def source_for(user, model: type[models.Model]) -> Source | None:
    """The events of `model` that `user` may read; None when there are none for them."""
    if not may_see(user, model):
        return None
    scope = _scopes.get(model._meta.label_lower)
    return Source(model, scope(user)) if scope else Source(model)


def read(
    sources: Iterable[Source], *, limit: int, offset: int = 0, known: Iterable[models.Model] = ()
) -> list[Change]:
    """The changes of the sources, newest first.

    `known` are records at hand already; they need not be fetched to name them.
    """
    sources = list(sources)
    if not sources:
        return []
    keys = _newest(sources, limit=limit, offset=offset)
    by_kind: dict[str, list[int]] = defaultdict(list)
    for kind, event_id, _at in keys:
        by_kind[kind].append(event_id)
    if not by_kind:
        return []
    versions = [_versions(kind, event_ids) for kind, event_ids in by_kind.items()]
    found = {(row[0], row[1]): _change(row) for row in versions[0].union(*versions[1:], all=True)}
    changes = [found[kind, event_id] for kind, event_id, _at in keys]
    references = _referenced(changes, known)
    for change in changes:
        change.references = references
    return changes


def read_one(kind: str, event_id: int, *, user) -> Change | None:
    """The change with this event; None when there is none that `user` may see."""
    event_model = event_models().get(kind)
    source = source_for(user, tracked_model(event_model)) if event_model else None
    if not source:
        return None
    return next(iter(read([source.narrowed(Q(pgh_id=event_id))], limit=1)), None)


def _newest(sources: list[Source], *, limit: int, offset: int) -> list[tuple]:
    """Kind, number and time of the events on the page. No table gives more rows than the page can need."""
    newest_first, end = ("-pgh_created_at", "-pgh_id"), offset + limit
    if len(sources) == 1:
        return list(_keys(sources[0]).order_by(*newest_first)[offset:end])
    arms = [_keys(source).order_by(*newest_first)[:end] for source in sources]
    return list(arms[0].union(*arms[1:], all=True).order_by(*newest_first, "pgh_kind")[offset:end])


def _keys(source: Source) -> QuerySet:
    events: QuerySet = QuerySet(event_models()[source.kind]).filter(source.condition)
    return events.annotate(pgh_kind=Value(source.kind)).values_list("pgh_kind", "pgh_id", "pgh_created_at")


def _versions(kind: str, event_ids: list[int]) -> QuerySet:
    event_model = event_models()[kind]
    same = {name: OuterRef(name) for name in _identity_of(event_model)}
    events: QuerySet = QuerySet(event_model)
    earlier = events.filter(**same, pgh_id__lt=OuterRef("pgh_id")).order_by("-pgh_id")
    later = events.filter(**same, pgh_id__gt=OuterRef("pgh_id"))
    return (
        events.filter(pgh_id__in=event_ids)
        .annotate(
            pgh_kind=Value(kind),
            pgh_row=RowAsJson("pgh_id"),
            pgh_before=Subquery(earlier.annotate(pgh_row=RowAsJson("pgh_id")).values("pgh_row")[:1]),
            pgh_has_later=Exists(later),
            pgh_metadata=F("pgh_context__metadata"),
        )
        .values_list(*_VERSION)
    )


def _identity_of(event_model: type[Event]) -> list[str]:
    """The columns that say which record an event is of; a join table's rows are known by what they join."""
    if any(column.name == "pgh_obj" for column in event_model._meta.fields):
        return ["pgh_obj_id"]
    return [column.attname for column in foreign_keys(tracked_model(event_model))]


def _change(row: tuple) -> Change:
    kind, event_id, at, operation, version, previous, has_later, act_id, context = row
    model = tracked_model(event_models()[kind])
    return Change(model, event_id, at, operation, version, previous, not has_later, act_id, context or {})


def _referenced(changes: list[Change], known: Iterable[models.Model]) -> dict:
    """The records that the versions point to, by model and key, in one query a model."""
    references = {(type(record), record.pk): record for record in known}
    wanted: dict[type[models.Model], set] = defaultdict(set)
    for change in changes:
        for column in foreign_keys(change.model):
            for version in (change.row, change.previous or {}):
                pk = version.get(column.attname)
                if pk is not None and (column.related_model, pk) not in references:
                    wanted[column.related_model].add(pk)
    for model, pks in wanted.items():
        for pk, record in model._base_manager.in_bulk(pks).items():
            references[model, pk] = record
    return references
