"""Versions of records in words: labels for columns, values as people write them."""

import datetime
from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from clusterportal.core.labels import field_label, language_of
from clusterportal.history.foreign_keys import foreign_keys

LONG, MARGIN = 240, 40  # characters: longer texts show their changed part, with a margin around it


@dataclass(frozen=True)
class ColumnDifference:
    """One column before and after a change; empty text means nothing stood there."""

    name: str
    label: str
    before: str
    after: str
    language: str = ""


def shown_fields(model: type[models.Model]) -> list[models.Field]:
    """The columns that a person fills in; keys, times and what the database keeps itself stay away."""
    return [f for f in model._meta.fields if f.editable and not f.primary_key and not f.generated]


def label_of_kind(model: type[models.Model]) -> str:
    """What one record of the model is called."""
    return capfirst(str(model._meta.verbose_name))


def label_of_kinds(model: type[models.Model]) -> str:
    """What several records of the model are called."""
    return capfirst(str(model._meta.verbose_name_plural))


def title_of(model: type[models.Model], row: dict, references: dict) -> str:
    """The record as its model would name it, from a stored version; never asks the database."""
    named = [references.get((f.related_model, row.get(f.attname))) for f in foreign_keys(model)]
    record = model(**{f.attname: row[f.attname] for f in model._meta.concrete_fields if f.attname in row})
    for column in foreign_keys(model):
        if row.get(column.attname) is not None:
            target = references.get((column.related_model, row[column.attname]))
            if target is None:
                # What it belonged to is gone: say what is left.
                return (
                    ": ".join(str(other) for other in named if other) or f"#{row.get(model._meta.pk.attname)}"
                )
            setattr(record, column.name, target)
    try:
        return str(record)
    except ObjectDoesNotExist:
        return f"#{row.get(model._meta.pk.attname)}"


def differences_between(
    model, before: dict | None, after: dict | None, references: dict
) -> list[ColumnDifference]:
    """What differs between two versions; None stands for a record that is not there."""
    found = []
    for column in shown_fields(model):
        if before is None and (after or {}).get(column.attname) in (False, 0):
            continue  # a switch left off, a position left alone: nobody said anything by it
        old = in_words(column, (before or {}).get(column.attname), references)
        new = in_words(column, (after or {}).get(column.attname), references)
        if old != new:
            old, new = changed_part(old, new)
            found.append(ColumnDifference(column.name, field_label(column), old, new, language_of(column)))
    return found


def in_words(column: models.Field, value, references: dict) -> str:
    """A stored value as people read it."""
    if value is None or value == "" or value == []:
        return ""
    if column.is_relation:
        target = references.get((column.related_model, value))
        return str(target) if target else _("#%(number)s, no longer there") % {"number": value}
    if column.flatchoices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(column, models.BooleanField):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    value = column.to_python(value)
    if isinstance(value, datetime.datetime):
        return formats.localize(timezone.localtime(value))
    return formats.localize(value) if isinstance(value, datetime.date) else str(value)


def changed_part(before: str, after: str) -> tuple[str, str]:
    """Long texts cut down to where they differ."""
    if len(before) <= LONG and len(after) <= LONG:
        return before, after
    shortest = min(len(before), len(after))
    start = next((i for i in range(shortest) if before[i] != after[i]), shortest)
    end = next((i for i in range(shortest - start) if before[-1 - i] != after[-1 - i]), shortest - start)
    return _window(before, start, end), _window(after, start, end)


def _window(text: str, start: int, end: int) -> str:
    left, right = max(start - MARGIN, 0), min(len(text) - end + MARGIN, len(text))
    return ("… " if left else "") + text[left:right] + (" …" if right < len(text) else "")
