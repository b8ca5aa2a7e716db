"""What records of an act point to: the order in which they are taken back, and what stands in the way."""

from collections.abc import Iterable
from graphlib import TopologicalSorter

from django.db import models

from clusterportal.history.changes import event_models, tracked_model
from clusterportal.history.foreign_keys import foreign_keys
from clusterportal.history.net_changes import chunks


def tracked_references() -> list[tuple[type[models.Model], models.ForeignKey]]:
    """Foreign keys from tracked models to tracked models."""
    tracked = {tracked_model(event_model) for event_model in event_models().values()}
    return [
        (model, column)
        for model in tracked
        for column in foreign_keys(model)
        if column.related_model in tracked
    ]


def links(child, column, parents: set) -> list[tuple]:
    """Key and parent's key of the children that are there now."""
    found = []
    for some in chunks(parents):
        rows = child._base_manager.filter(**{f"{column.attname}__in": some})
        found += rows.values_list("pk", column.attname)
    return found


def parents_first(changes: dict) -> list[type[models.Model]]:
    sorter = TopologicalSorter({model: set() for model in changes})
    for child, column in tracked_references():
        if child in changes and column.related_model in changes and child is not column.related_model:
            sorter.add(child, column.related_model)
    return list(sorter.static_order())


def reference_names(model) -> list[str]:
    return [column.attname for column in foreign_keys(model)]


def missing_targets(model, rows: list[dict], names: Iterable[str]) -> set[tuple[str, object]]:
    """(column, key) of what rows point to by some of the columns `names` and what is not there."""
    missing = set()
    for column in foreign_keys(model):
        if column.attname not in names:
            continue
        wanted = {row[column.attname] for row in rows} - {None}
        there = set(column.related_model._base_manager.filter(pk__in=wanted).values_list("pk", flat=True))
        missing |= {(column.attname, pk) for pk in wanted - there}
    return missing
