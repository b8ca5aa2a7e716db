"""Tables of the lists beside the actors: topics, layers, areas, clusters, regions. One record a row, by its address."""

from collections.abc import Callable, Iterable
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from actors.columns.parts import Vocabulary
from actors.columns.placeholders import stated
from actors.columns.values import clean_value, first_reason, is_same
from clusterportal.core.addresses import slug_of, unused
from clusterportal.core.languages import column_names
from clusterportal.history.acts import act
from clusterportal.intake.plan import Entry, Outcome, Plan
from clusterportal.intake.profiles import fold
from clusterportal.tables.body_rows import EXTRA_CELLS, SKIPPED_LINE
from clusterportal.tables.skipped_lines import filled

NAME = column_names("name")[0]
_ORDER = {"address": "slug"}


def fields_of(model: type[models.Model]) -> dict[str, models.Field]:
    """The columns that a table may have, by name; pictures, outlines and owners are not for tables."""
    return {
        field.name: field
        for field in model._meta.concrete_fields
        if field.editable
        and not field.primary_key
        and not isinstance(field, (models.FileField, models.JSONField))
        and not (field.is_relation and field.related_model._meta.label == settings.AUTH_USER_MODEL)
    }


def headings_of(model: type[models.Model]) -> dict[str, str]:
    """What people write above a column, folded: its name, or its label in any language of the portal."""
    known = {}
    for language, _label in settings.LANGUAGES:
        with override(language):
            for name, field in fields_of(model).items():
                known.setdefault(fold(str(field.verbose_name)), name)
    return (
        known
        | {fold(word): name for word, name in _ORDER.items()}
        | {fold(name): name for name in fields_of(model)}
    )


def plan_records(
    rows: Iterable[tuple[int, dict]],
    *,
    model: type[models.Model],
    constants: dict,
    on_progress: Callable[[int], None] = lambda rows_done: None,
) -> Plan:
    """What importing the rows would do to the records of `model`. Nothing is ever deleted."""
    return _Planner(model, constants).plan(rows, on_progress)


@transaction.atomic
def write_records(plan: Plan, *, model: type[models.Model], by, **about) -> UUID | None:
    """Writes new and changed records as one act of `by`; each is validated once more. Raises ValidationError."""
    entries = [entry for entry in plan.entries if entry.outcome in (Outcome.NEW, Outcome.CHANGED)]
    if not entries:
        return None
    with act("import", by=by, **about) as act_id:
        current = model._base_manager.select_for_update().in_bulk([entry.pk for entry in entries if entry.pk])
        for entry in entries:
            record = current.get(entry.pk) or model()
            for name, value in entry.fields.items():
                setattr(record, name, value)
            record.full_clean()
            record.save()
            entry.pk = record.pk
    return act_id


class _Planner:
    def __init__(self, model: type[models.Model], constants: dict):
        self.model, self.constants = model, constants
        self.fields, self.vocabulary, self.outcome = fields_of(model), Vocabulary(), Plan()
        records = model._base_manager.order_by("pk")
        self.by_slug = {record.slug: record for record in records}
        self.by_name = {getattr(record, NAME).casefold(): record for record in records}
        self.rows_of: dict[str, int] = {}  # which row spoke of an address

    def plan(self, rows, on_progress) -> Plan:
        for done, (number, row) in enumerate(rows, start=1):
            self.outcome.read = done
            self._take(number, row)
            on_progress(done)
        self.outcome.check_accounts()
        return self.outcome

    def _take(self, number: int, row: dict) -> None:
        entry = Entry(number, Outcome.UNCHANGED)
        self.outcome.entries.append(entry)
        if SKIPPED_LINE in row:
            self.outcome.skip_line(entry, row[SKIPPED_LINE].reason)
            return
        if not any(map(filled, row.values())):
            self.outcome.skip(entry, _("The row is empty."))
            return
        if width := row.pop(EXTRA_CELLS, None):
            reason = _("The row has %(cells)s cells, more than the header. Is there a delimiter in a text?")
            self.outcome.refuse(entry, ("", "", reason % {"cells": width}))
            return
        values = self._values(
            entry,
            self.constants | {n: v for n, v in stated(row).items() if filled(v) or n not in self.constants},
        )
        entry.title = str(values.get(NAME) or values.get("slug") or "")
        if entry.outcome is not Outcome.INVALID:
            self._compare(entry, values)

    def _values(self, entry: Entry, row: dict) -> dict:
        values, reasons = {}, []
        for name, cell in row.items():
            try:
                values[name] = self._value(self.fields[name], cell)
            except ValidationError as error:
                reasons.append((name, str(cell), first_reason(error)))
        if reasons:
            self.outcome.refuse(entry, *reasons)
        return values

    def _value(self, field: models.Field, cell):
        if isinstance(field, ArrayField):
            cells = cell if isinstance(cell, list) else str(cell or "").replace("|", ",").split(",")
            return field.clean([str(one).strip() for one in cells if str(one).strip()], None)
        if field.is_relation:
            slug = self.vocabulary.slug_of(field.related_model, str(cell or ""))
            return field.related_model._base_manager.get(slug=slug)
        return clean_value(self.model, field.name, cell) if filled(cell) or field.blank else cell

    def _compare(self, entry: Entry, values: dict) -> None:
        record = self._record(values)
        slug = record.slug if record else values.get("slug") or self._new_slug(values)
        if earlier := self.rows_of.get(slug):
            reason = _("Row %(row)s is about the same record already.") % {"row": earlier}
            self.outcome.refuse(entry, ("slug", slug, reason))
            return
        self.rows_of[slug] = entry.row
        if record is None:
            entry.outcome, entry.fields = Outcome.NEW, values | {"slug": slug}
            self._check(entry, self.model(**entry.fields))
            return
        entry.pk = record.pk
        named = {name: value for name, value in values.items() if filled(value) or "slug" in values}
        entry.fields = {
            name: value
            for name, value in named.items()
            if name != "slug" and not (value is None or is_same(value, getattr(record, name)))
        }
        entry.before = {name: getattr(record, name) for name in entry.fields}
        if entry.fields:
            entry.outcome = Outcome.CHANGED
            for name, value in entry.fields.items():
                setattr(record, name, value)
            self._check(entry, record)

    def _record(self, values: dict) -> models.Model | None:
        if slug := values.get("slug"):
            return self.by_slug.get(slug)
        return self.by_name.get(str(values.get(NAME) or "").casefold())

    def _new_slug(self, values: dict) -> str:
        length = self.model._meta.get_field("slug").max_length - 6
        made = slug_of(str(values.get(NAME) or ""), length=length)
        return unused(made, {*self.by_slug, *self.rows_of}) if made else ""

    def _check(self, entry: Entry, record: models.Model) -> None:
        try:
            record.full_clean()
        except ValidationError as error:
            messages = error.message_dict
            self.outcome.refuse(
                entry,
                *(
                    ("" if name == "__all__" else name, "", " ".join(map(str, some)))
                    for name, some in messages.items()
                ),
            )
