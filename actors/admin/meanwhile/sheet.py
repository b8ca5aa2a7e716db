"""A page of the admin as a sheet of cells: the fields of its form, and those of the rows of its parts.

A cell is known by its key, the same in every page: `city` of the actor, `placements/17/layer` of a row with this
primary key, `placements/+0/layer` of a new one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from django.db.models import UniqueConstraint
from django.forms import BoundField, ClearableFileInput
from django.http import QueryDict
from django.utils.text import capfirst

from actors.admin.meanwhile.values import Values, in_words, is_file, print_of, sent, shown, widget_of
from clusterportal.core.sent_numbers import sent_number

OWN = ""  # the part that is the record itself
KEPT_BY_THE_PAGE = ("version",)  # fields of the form that say nothing of the record
MOST_ROWS = 500  # of one part in one form
Prints = dict[
    str, dict[str, dict[str, str]]
]  # part -> row -> field -> print of what it holds; the empty left out


@dataclass(frozen=True)
class SheetRow:
    """The cells of the record itself (`part` and `pk` are empty), or of one row of a part."""

    part: str
    pk: str
    cells: dict[str, BoundField]
    label: str = ""  # what a row of this part is called

    def title_of(self, values: dict[str, Values]) -> str:
        """The row by what stands first in it; empty for the record itself, whose fields need no such word."""
        if not self.label:
            return ""
        name, bound = next(iter(self.cells.items()))
        return f"{self.label} „{in_words(bound.field, values.get(name, ()))}“"

    @cached_property
    def title(self) -> str:
        return self.title_of(self.values)

    @cached_property
    def values(self) -> dict[str, Values]:
        return {name: shown(bound) for name, bound in self.cells.items()}

    @cached_property
    def prints(self) -> dict[str, str]:
        return {name: print_of(values) for name, values in self.values.items() if values}


@dataclass(frozen=True)
class SentRow:
    """A row as a form sent it; `pk` is empty for a new one."""

    pk: str
    values: dict[str, Values]
    is_removed: bool = False


class SheetPart:
    """The rows of one formset of a page."""

    def __init__(self, formset):
        self.formset = formset
        self.prefix = formset.prefix
        self.hidden = {formset._pk_field.name, formset.fk.name, "DELETE", "ORDER"}
        self.label = capfirst(str(formset.model._meta.verbose_name))
        self.rows = {str(form.instance.pk): self._row(form) for form in formset.initial_forms}
        self.empty = self._row(formset.empty_form)

    def _row(self, form) -> SheetRow:
        cells = {name: form[name] for name in form.fields if name not in self.hidden}
        return SheetRow(self.prefix, str(form.instance.pk or ""), cells, self.label)

    def title_of(self, values: dict[str, Values]) -> str:
        return self.empty.title_of(values)

    @cached_property
    def distinct(self) -> list[list[str]]:
        """The fields of which no two rows of a record may hold the same."""
        constraints = [
            one
            for one in self.formset.model._meta.constraints
            if isinstance(one, UniqueConstraint) and one.fields and one.condition is None
        ]
        names = [[name for name in one.fields if name != self.formset.fk.name] for one in constraints]
        return [group for group in names if group]

    def sent_rows(self, data, files) -> Iterator[SentRow]:
        """The rows that a form sent; new ones that were left as they are offered are none."""
        number = min(sent_number(data.get(f"{self.prefix}-TOTAL_FORMS")) or 0, MOST_ROWS)
        for index in range(number):
            name = f"{self.prefix}-{index}"
            pk = data.get(f"{name}-{self.formset._pk_field.name}", "")
            values = {
                field: sent(data, files, bound, f"{name}-{field}")
                for field, bound in self.empty.cells.items()
            }
            is_removed = f"{name}-DELETE" in data
            if pk or (not is_removed and values != self.empty.values):
                yield SentRow(pk, values, is_removed)


class Sheet:
    """All cells of a page that was not sent yet: what the record holds now."""

    def __init__(self, form, formsets):
        cells = {name: form[name] for name in form.fields if name not in KEPT_BY_THE_PAGE}
        self.form = form
        self.record = SheetRow(OWN, "", cells)
        self.parts = {formset.prefix: SheetPart(formset) for formset in formsets}

    def row(self, part: str, pk: str) -> SheetRow | None:
        return self.record if part == OWN else self.parts[part].rows.get(pk)

    @property
    def prints(self) -> Prints:
        """What a form remembers of the record with which it was opened."""
        parts = {prefix: part.rows for prefix, part in self.parts.items()}
        every = {OWN: {"": self.record}} | parts
        return {part: {pk: dict(row.prints) for pk, row in rows.items()} for part, rows in every.items()}

    def data(self, *, around: QueryDict, changes: "Changes") -> QueryDict:
        """What a browser would send of this sheet with `changes`; `around`: what else was sent with it."""
        data = QueryDict(mutable=True)
        for name, values in around.lists():
            if name not in self.form.fields and not name.startswith(tuple(f"{p}-" for p in self.parts)):
                data.setlist(name, values)
        for name in KEPT_BY_THE_PAGE:
            data[name] = self.form[name].value() or ""
        _write(data, self.record, changes.cells.get((OWN, ""), {}))
        for prefix, part in self.parts.items():
            self._write_part(data, prefix, part, changes)
        return data

    def _write_part(self, data: QueryDict, prefix: str, part: SheetPart, changes: "Changes") -> None:
        added = changes.added.get(prefix, [])
        known = part.formset.initial_forms
        numbers = {"TOTAL": len(known) + len(added), "INITIAL": len(known), "MIN_NUM": 0, "MAX_NUM": 1000}
        for name, number in numbers.items():
            data[f"{prefix}-{name}_FORMS"] = str(number)
        for form, row in zip(known, part.rows.values(), strict=True):
            for name in part.hidden & form.fields.keys() - {"DELETE"}:
                data.setlist(form[name].html_name, list(shown(form[name])))
            _write(data, row, changes.cells.get((prefix, row.pk), {}))
            if (prefix, row.pk) in changes.removed:
                data[form.add_prefix("DELETE")] = "on"
        for index, values in enumerate(added, start=len(known)):
            for name, said in values.items():
                data.setlist(f"{prefix}-{index}-{name}", list(said))


@dataclass
class Changes:
    """What one person changed: cells by (part, row), rows added and removed."""

    cells: dict[tuple[str, str], dict[str, Values]]
    added: dict[str, list[dict[str, Values]]]
    removed: set[tuple[str, str]]

    @classmethod
    def none(cls) -> "Changes":
        return cls({}, {}, set())

    def __bool__(self) -> bool:
        return bool(self.cells or self.added or self.removed)


def _write(data: QueryDict, row: SheetRow, changed: dict[str, Values]) -> None:
    """Files are sent beside the data; of them only the wish to remove one stands in it."""
    for name, bound in row.cells.items():
        values = changed.get(name, row.values[name])
        if not is_file(bound.field):
            data.setlist(bound.html_name, list(values))
        elif not values and row.values[name]:
            widget = cast(ClearableFileInput, widget_of(bound.field))
            data[widget.clear_checkbox_name(bound.html_name)] = "on"
