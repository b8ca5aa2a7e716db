"""A registry as a folder of readable CSV files, one a table, loaded by natural keys.

The files are described in fixtures/README.md. A row that is there already and says the same is left alone,
so loading a folder twice changes nothing.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models, transaction

from actors.models import (
    Actor,
    ActorAlias,
    ActorRelation,
    ActorTopic,
    ApplicationFocus,
    Identifier,
    LayerPlacement,
    Membership,
    Service,
    Topic,
    TopicLink,
    TopicSynonym,
)
from applications.models import ApplicationArea, AreaSynonym
from clusterportal.clusters.models import Cluster, Region
from clusterportal.core.publication import PublicationState
from clusterportal.intake.identity.legal_forms import legal_form_called
from layers.models import Layer


@dataclass(frozen=True)
class RegistryTable:
    """How one file becomes records of one model: a column is the field of its name, unless it is renamed here."""

    model: type[models.Model]
    keys: tuple[str, ...]  # fields that tell its records apart
    renamed: Mapping[str, str] = field(default_factory=dict)  # column -> field
    constants: Mapping[str, str] = field(default_factory=dict)  # what holds for every row


_PUBLISHED = {"state": PublicationState.PUBLISHED}
# In the order in which they need each other.
_TABLES = {
    "layers": RegistryTable(Layer, ("slug",)),
    "application_areas": RegistryTable(ApplicationArea, ("slug",)),
    "area_synonyms": RegistryTable(AreaSynonym, ("area_id", "name")),
    "regions": RegistryTable(Region, ("slug",)),
    "clusters": RegistryTable(Cluster, ("slug",), constants=_PUBLISHED),
    "topics": RegistryTable(Topic, ("slug",)),
    "topic_synonyms": RegistryTable(TopicSynonym, ("topic_id", "name")),
    "topic_links": RegistryTable(TopicLink, ("topic_id", "broader_id")),
    "actors": RegistryTable(Actor, ("slug",), renamed={"state": "state_name"}, constants=_PUBLISHED),
    "actor_topics": RegistryTable(ActorTopic, ("actor_id", "topic_id")),
    "aliases": RegistryTable(ActorAlias, ("actor_id", "name")),
    "identifiers": RegistryTable(Identifier, ("scheme", "value")),
    "placements": RegistryTable(LayerPlacement, ("actor_id", "layer_id")),
    "foci": RegistryTable(ApplicationFocus, ("actor_id", "area_id")),
    "memberships": RegistryTable(Membership, ("actor_id", "cluster_id", "kind")),
    "relations": RegistryTable(
        ActorRelation,
        ("source_id", "target_id", "kind"),
        renamed={"source_actor": "source", "target_actor": "target"},
    ),
    "services": RegistryTable(Service, ("actor_id", "title_de")),
}


def register_table(name: str, table: RegistryTable) -> None:
    """Let `load_registry` read the file `name`.csv of a folder too, after those that stand above."""
    _TABLES[name] = table


class RegistryFileError(ValueError):
    """A file of the folder cannot be loaded; the message names file, line and reason."""


@transaction.atomic
def load_registry(folder: Path, *, tables: Iterable[str] | None = None) -> dict[str, tuple[int, int]]:
    """Load the CSV files of `folder`, all of them or only `tables`; returns (new, changed) by table.

    Raises RegistryFileError and writes nothing when a row names something unknown or is invalid.
    """
    counts = {}
    for name in tables or _TABLES:
        path = folder / f"{name}.csv"
        if path.exists():
            counts[name] = _File(path, _TABLES[name]).load()
    return counts


class _File:
    """One file on its way into one model."""

    def __init__(self, path: Path, table: RegistryTable):
        self.path, self.table = path, table
        self.line = 1
        self._keys_by_slug: dict[type, dict[str, int]] = {}  # each table that is referred to is read once

    def load(self) -> tuple[int, int]:
        model = self.table.model
        known = {self._key(one): one for one in model._default_manager.all()}
        fresh, changed = [], []
        many: list[tuple[models.Model, dict]] = []
        with self.path.open(encoding="utf-8", newline="") as file:
            for self.line, row in enumerate(csv.DictReader(file, restval=""), start=2):
                values, links = self._read(row)
                instance = model(**values)
                present = known.get(self._key(instance))
                if present is None:
                    self._check(instance)
                    fresh.append(instance)
                elif any(getattr(present, name) != getattr(instance, name) for name in values):
                    for name in values:
                        setattr(present, name, getattr(instance, name))
                    self._check(present)
                    changed.append(present)
                many.append((present or instance, links))
        model._default_manager.bulk_create(fresh)
        if changed:
            model._default_manager.bulk_update(changed, sorted({*values} - {"uid"}))
        for instance, links in many:
            for name, keys in links.items():
                if {one.pk for one in getattr(instance, name).all()} != {*keys}:
                    getattr(instance, name).set(keys)
        return len(fresh), len(changed)

    def _key(self, instance) -> tuple:
        return tuple(getattr(instance, key) for key in self.table.keys)

    def _read(self, row: dict[str, str]) -> tuple[dict, dict[str, list[int]]]:
        """The values of a row by the fields of the model, and the keys of what it links to."""
        values: dict[str, Any] = dict(self.table.constants)
        links: dict[str, list[int]] = {}
        for column, cell in row.items():
            try:
                found = self.table.model._meta.get_field(self.table.renamed.get(column, column))
                assert isinstance(found, models.Field)  # not a relation from elsewhere
                if found.many_to_many:
                    links[found.name] = [self._named(found, slug) for slug in _several(cell)]
                elif found.is_relation:
                    values[found.attname] = self._named(found, cell) if cell else None
                else:
                    values[found.name] = _value(found, cell)
            except (FieldDoesNotExist, ValidationError, ValueError) as error:
                reason = " ".join(error.messages) if isinstance(error, ValidationError) else error
                raise RegistryFileError(f"{self.path.name}, line {self.line}: {reason}") from error
        return values, links

    def _named(self, field: models.Field, slug: str) -> int:
        """The primary key of the record that a cell names by its slug. Raises ValueError."""
        model = field.related_model
        assert isinstance(model, type)  # a relation, and no longer the name of a model
        if model not in self._keys_by_slug:
            self._keys_by_slug[model] = dict(model._default_manager.values_list("slug", "pk"))
        try:
            return self._keys_by_slug[model][slug]
        except KeyError:
            raise ValueError(f"there is no {model._meta.model_name} “{slug}”") from None

    def _check(self, instance) -> None:
        try:
            instance.clean_fields(
                exclude=[f.name for f in instance._meta.fields if f.is_relation or f.generated]
            )
        except ValidationError as error:
            raise RegistryFileError(f"{self.path.name}, line {self.line}: {error.message_dict}") from error


def _value(field: models.Field, cell: str):
    """A cell as the field holds it; an empty one is nothing, as the field says nothing."""
    if field.name == "legal_form" and field.choices:  # a code; clusters have the words
        if cell and not legal_form_called(cell):
            raise ValueError(f"the legal form “{cell}” is not known")
        return legal_form_called(cell)
    if isinstance(field, ArrayField):
        return _several(cell)
    if not cell.strip():
        return None if field.null else field.get_default()
    return field.to_python(cell)


def _several(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]
