"""The record of processing activities (GDPR, article 30): declared by each room beside its models, read from them.

A room says once what it does with data of people (`process`), in which columns, and for how long; and of every other
text why it names nobody (`no_people`). Columns that point to an account need no word: they are read from the models.
`undeclared` names what nobody spoke for, so that no new column comes in unseen.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from pghistory.models import Event

from clusterportal.core.labels import field_label
from clusterportal.core.languages import column_names
from clusterportal.core.models import own_field
from clusterportal.history.changes import event_models
from clusterportal.history.text_columns import left_out
from clusterportal.history.wording import label_of_kinds

Text = str | Promise
_TEXTS = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.FileField,
    models.BinaryField,
    models.GenericIPAddressField,
)


class Basis(models.TextChoices):
    """On what the processing rests."""

    CONSENT = "consent", _("Consent, Article 6(1)(a) GDPR")
    CONTRACT = "contract", _("Contract, or steps before one, Article 6(1)(b) GDPR")
    DUTY = "duty", _("Legal obligation, Article 6(1)(c) GDPR")
    INTEREST = "interest", _("Legitimate interests, Article 6(1)(f) GDPR")


@dataclass(frozen=True)
class Term:
    """How long: `period` and since when, as in “30 days” “after the confirmation”.

    Without a period `since` says it alone. `job`: name of the periodic task that erases; empty where it goes with a
    record or an account, or at somebody's word.
    """

    since: Text
    period: timedelta | None = None
    job: str = ""

    def __str__(self) -> str:
        return f"{in_words(self.period)} {self.since}" if self.period else capfirst(str(self.since))


@dataclass(frozen=True)
class Kept:
    """Columns of a model that hold data of people; of a translated column its name without the language.

    `may_name`: a free text about something else, in which somebody may stand. `model` is a text where it is no table:
    then `columns` says in words what is there.
    """

    model: type[models.Model] | Text
    columns: Sequence[Text]
    term: Term
    may_name: bool = False


@dataclass(frozen=True)
class Activity:
    """One thing that is done with data of people."""

    code: str
    name: Text
    purpose: Text
    bases: tuple[Basis, ...]
    people: Text
    recipients: Text
    kept: tuple[Kept, ...] = field(default_factory=tuple)


@dataclass(frozen=True)
class ProcessedColumn:
    """One column in the record. `versions`: whether earlier values are kept in the history."""

    activity: Activity
    place: str  # what the records are called
    column: str
    technical: str  # table.column; empty outside the database
    term: Term
    may_name: bool = False
    versions: bool = False


Place = tuple[type[models.Model], str]  # model and name of the column
_activities: dict[str, Activity] = {}
_kept: dict[str, list[Kept]] = {}  # by code of the activity
_places: dict[Place, tuple[str, Kept]] = {}  # with the code of the activity
_nobody: dict[Place, str] = {}
_called: dict[type[models.Model], Text] = {}
_column_called: dict[Place, Text] = {}
ACCOUNTS = "accounts"  # code of the activity to which every column belongs that points to an account
_NAMED = Term(_("as long as the record stands; the name goes with the account"))


def process(activity: Activity) -> None:
    """Declare an activity. Raises LookupError for a column that is not there, or was declared before."""
    if activity.code in _activities:
        raise LookupError(activity.code)
    _activities[activity.code] = activity
    keep_for(activity.code, *activity.kept)


def keep_for(code: str, *more: Kept) -> None:
    """Declare further columns of an activity that another room declares. Raises LookupError as `process` does."""
    for kept in more:
        if isinstance(kept.model, type):
            for column in _columns(kept.model, kept.columns):
                _take(kept.model, column)
                _places[kept.model, column] = code, kept
    _kept.setdefault(code, []).extend(more)


def no_people(model: type[models.Model], *columns: str, why: str) -> None:
    """Declare that texts of a model name nobody, and why. Raises LookupError as `process` does."""
    for column in _columns(model, columns):
        _take(model, column)
        _nobody[model, column] = why


def call(model: type[models.Model], name: Text, **columns: Text) -> None:
    """Say what records of a model, and its columns, are called, where people do not meet them and it has no words."""
    _called[model] = name
    _column_called.update(((model, column), words) for column, words in columns.items())


def activities() -> list[Activity]:
    """All activities, in the order of their names."""
    return sorted(_activities.values(), key=lambda one: str(one.name).casefold())


def activity_of(model: type[models.Model]) -> Activity | None:
    """The activity for which most columns of a model are kept."""
    found = [code for (owner, _column), (code, _kept) in _places.items() if owner is model]
    return _activities[max(found, key=found.count)] if found else None


def holds_people(model: type[models.Model], column: str) -> bool:
    """Whether the column is about people themselves."""
    return (model, column) in _places and not _places[model, column][1].may_name


def is_in_passing(model: type[models.Model], column: str) -> bool:
    """Whether the column is a text about something else, in which people may be named."""
    return (model, column) in _places and _places[model, column][1].may_name


def terms_of(activity: Activity) -> list[Term]:
    """How long what is kept for an activity."""
    return [kept.term for kept in _kept[activity.code]]


def record_of_processing() -> Iterator[ProcessedColumn]:
    """Every column with data of people, activity by activity."""
    pointing = [(model, column) for model in _models() for column in _pointing(model)]
    for activity in activities():
        for kept in _kept[activity.code]:
            yield from _lines(activity, kept)
        if activity.code == ACCOUNTS:
            for model, column in pointing:
                if (model, column) not in _places:
                    yield _line(activity, Kept(model, [column], _NAMED), column)


def terms() -> list[tuple[Term, list[str]]]:
    """Every term with a period or a job, and what it holds for; in the order in which they end."""
    found: dict[Term, dict[str, None]] = {}
    for activity in activities():
        for kept in _kept[activity.code]:
            if kept.term.period or kept.term.job:
                name = name_of(kept.model)
                found.setdefault(kept.term, {})[f"{activity.name}: {name}"] = None
    last = timedelta.max
    return sorted(
        ((term, list(names)) for term, names in found.items()), key=lambda one: one[0].period or last
    )


def name_of(model: type[models.Model] | Text) -> str:
    """What the records are called, in the language at hand."""
    if not isinstance(model, type):
        return str(model)
    return str(_called.get(model) or label_of_kinds(model))


def undeclared(of: Iterable[type[models.Model]] | None = None) -> list[str]:
    """Columns that may hold data of people, and for which nobody spoke: `app.Model.column`."""
    named = left_out()
    return [
        f"{model._meta.label}.{column.name}"
        for model in (_models() if of is None else of)
        if model._meta.db_table not in named
        for column in model._meta.concrete_fields
        if may_hold_people(column)
        and (model, column.name) not in _places
        and (model, column.name) not in _nobody
        and f"{model._meta.db_table}.{column.column}" not in named
    ]


def may_hold_people(column: models.Field) -> bool:
    """Texts, files and network addresses may; codes of a list, numbers, days and references do not."""
    if column.is_relation or column.flatchoices or getattr(column, "generated", False):
        return False
    base = column.base_field if isinstance(column, ArrayField) else column
    return isinstance(base, _TEXTS) and not base.flatchoices


def in_words(period: timedelta) -> str:
    """“30 days”, “24 hours”."""
    if period.days:
        return ngettext("%(count)d day", "%(count)d days", period.days) % {"count": period.days}
    hours = int(period.total_seconds() // 3600)
    return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}


# ---------- columns ----------
def _models() -> Iterator[type[models.Model]]:
    """Every model with a table of its own; versions follow their record."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy and not issubclass(model, Event):
            yield model


def _pointing(model: type[models.Model]) -> list[str]:
    """Columns that point to an account."""
    user = apps.get_model(settings.AUTH_USER_MODEL)
    return [one.name for one in model._meta.concrete_fields if one.is_relation and one.related_model is user]


def _columns(model: type[models.Model], names: Iterable[Text]) -> Iterator[str]:
    known = {one.name for one in model._meta.concrete_fields}
    for name in map(str, names):
        found = [name] if name in known else [one for one in column_names(name) if one in known]
        if not found:
            raise LookupError(f"{model._meta.label} has no column {name}.")
        yield from found


def _take(model: type[models.Model], column: str) -> None:
    if (model, column) in _places or (model, column) in _nobody:
        raise LookupError(f"{model._meta.label}.{column} was declared before.")


def _lines(activity: Activity, kept: Kept) -> Iterator[ProcessedColumn]:
    if isinstance(kept.model, type):
        for column in _columns(kept.model, kept.columns):
            yield _line(activity, kept, column)
    else:
        for words in kept.columns:
            yield ProcessedColumn(activity, name_of(kept.model), str(words), "", kept.term, kept.may_name)


def _line(activity: Activity, kept: Kept, column: str) -> ProcessedColumn:
    assert isinstance(kept.model, type)
    options = kept.model._meta
    own = own_field(kept.model, column)
    label = _column_called.get((kept.model, column)) or field_label(own)
    if own.is_relation and own.verbose_name == own.name.replace("_", " "):  # which nobody named
        label = _("Account")
    return ProcessedColumn(
        activity,
        name_of(kept.model),
        str(label),
        f"{options.db_table}.{own.column}",
        kept.term,
        kept.may_name,
        options.label_lower in event_models(),
    )
