"""A registry as a folder of readable CSV files, one a table, loaded by natural keys.

The files are described in fixtures/README.md. A row that is there already and says the same is left alone,
so loading a folder twice changes nothing.
"""

import csv
from collections.abc import Callable, Iterable
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import models, transaction

from actors.enums import LegalForm
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
)
from applications.models import ApplicationArea
from clusterportal.clusters.models import Cluster, Region
from clusterportal.core.publication import PublicationState
from layers.models import Layer

MODEL_TABLES = ("layers", "application_areas")  # what a portal cannot be without
_LEGAL_FORMS = {label: code for code, label in LegalForm.choices} | {
    "Körperschaft des öffentlichen Rechts": LegalForm.KDOR,
    "Anstalt des öffentlichen Rechts": LegalForm.AOR,
    "Stiftung des öffentlichen Rechts": LegalForm.PUBLIC_FOUNDATION,
    "Stiftung des bürgerlichen Rechts": LegalForm.FOUNDATION,
    "Stiftung": LegalForm.FOUNDATION,
    "GmbH & Co. KG": LegalForm.KG,
    "AG & Co. KG": LegalForm.KG,
}


class RegistryFileError(ValueError):
    """A file of the folder cannot be loaded; the message names file, line and reason."""


@transaction.atomic
def load_registry(folder: Path, *, tables: Iterable[str] | None = None) -> dict[str, tuple[int, int]]:
    """Load the CSV files of `folder`, all of them or only `tables`; returns (new, changed) by table.

    Raises RegistryFileError and writes nothing when a row names something unknown or is invalid.
    """
    counts = {}
    for table in tables or _LOADERS:
        path = folder / f"{table}.csv"
        if path.exists():
            counts[table] = _Table(path).load(*_LOADERS[table])
    return counts


class _Table:
    """One file on its way into one model."""

    def __init__(self, path: Path):
        self.path = path
        self.line = 1

    def load(self, model, keys: tuple[str, ...], build: Callable) -> tuple[int, int]:
        known = {self._key(one, keys): one for one in model.objects.all()}
        lookup, fresh, changed = _Lookup(), [], []
        many: list[tuple[models.Model, dict]] = []
        with self.path.open(encoding="utf-8", newline="") as file:
            for self.line, row in enumerate(csv.DictReader(file), start=2):
                values, links = self._built(build, row, lookup)
                instance = model(**values)
                present = known.get(self._key(instance, keys))
                if present is None:
                    self._check(instance)
                    fresh.append(instance)
                elif any(getattr(present, name) != getattr(instance, name) for name in values):
                    for name in values:
                        setattr(present, name, getattr(instance, name))
                    self._check(present)
                    changed.append(present)
                many.append((present or instance, links))
        model.objects.bulk_create(fresh)
        if changed:
            model.objects.bulk_update(changed, sorted({*values} - {"uid"}))
        for instance, links in many:
            for name, others in links.items():
                if {one.pk for one in getattr(instance, name).all()} != {one.pk for one in others}:
                    getattr(instance, name).set(others)
        return len(fresh), len(changed)

    def _built(self, build, row, lookup):
        try:
            built = build(row, lookup)
        except (KeyError, ValueError) as error:
            raise RegistryFileError(f"{self.path.name}, line {self.line}: {error}") from error
        return built if isinstance(built, tuple) else (built, {})

    def _check(self, instance) -> None:
        try:
            instance.clean_fields(
                exclude=[f.name for f in instance._meta.fields if f.is_relation or f.generated]
            )
        except ValidationError as error:
            raise RegistryFileError(f"{self.path.name}, line {self.line}: {error.message_dict}") from error

    @staticmethod
    def _key(instance, keys) -> tuple:
        return tuple(getattr(instance, key) for key in keys)


class _Lookup:
    """Finds records by slug; each table is read once."""

    def __init__(self):
        self._tables: dict[type, dict[str, models.Model]] = {}

    def __call__(self, model, slug: str):
        if model not in self._tables:
            self._tables[model] = {one.slug: one for one in model.objects.all()}
        try:
            return self._tables[model][slug]
        except KeyError:
            raise ValueError(f"there is no {model._meta.model_name} “{slug}”") from None


def _several(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]


def _number(cell: str, kind=int):
    return kind(cell) if cell.strip() else None


def _plain(row: dict, *left_out: str) -> dict:
    return {name: cell for name, cell in row.items() if name not in left_out}


def _layer(row, find):
    return _plain(row) | {"position": int(row["position"])}


def _area(row, find):
    return _plain(row) | {"position": int(row["position"])}


def _region(row, find):
    return _plain(row) | {"nuts_codes": _several(row["nuts_codes"])}


def _cluster(row, find):
    return _plain(row) | {
        "position": int(row["position"]),
        "region": find(Region, row["region"]),
        "founded": _number(row["founded"]),
        "state": PublicationState.PUBLISHED,
    }


def _topic(row, find):
    return _plain(row)


def _actor(row, find):
    legal_form = row["legal_form"]
    if legal_form and legal_form not in _LEGAL_FORMS:
        raise ValueError(f"the legal form “{legal_form}” is not known")
    return _plain(row, "state") | {
        "legal_form": _LEGAL_FORMS.get(legal_form, ""),
        "founded": _number(row["founded"]),
        "latitude": _number(row["latitude"], float),
        "longitude": _number(row["longitude"], float),
        "state_name": row["state"],
        "state": PublicationState.PUBLISHED,
    }


def _of_actor(row, find, **values):
    return _plain(row, "actor") | {"actor": find(Actor, row["actor"])} | values


def _placement(row, find):
    return _of_actor(row, find, layer=find(Layer, row["layer"]), is_primary=row["is_primary"] == "1")


def _actor_topic(row, find):
    return {"actor": find(Actor, row["actor"]), "topic": find(Topic, row["topic"])}


def _focus(row, find):
    return _of_actor(row, find, area=find(ApplicationArea, row["area"]))


def _membership(row, find):
    return _of_actor(
        row, find, cluster=find(Cluster, row["cluster"]), since=row["since"] or None,
        is_committed=row["is_committed"] == "1",
    )  # fmt: skip


def _relation(row, find):
    return _plain(row, "source_actor", "target_actor") | {
        "source": find(Actor, row["source_actor"]),
        "target": find(Actor, row["target_actor"]),
        "since": _number(row["since"]),
    }


def _service(row, find):
    values = _plain(row, "actor", "areas") | {
        "actor": find(Actor, row["actor"]),
        "layer": find(Layer, row["layer"]) if row["layer"] else None,
    }
    return values, {"areas": [find(ApplicationArea, slug) for slug in _several(row["areas"])]}


# In the order in which they need each other: table -> (model, natural key, row to values).
_LOADERS: dict[str, tuple] = {
    "layers": (Layer, ("slug",), _layer),
    "application_areas": (ApplicationArea, ("slug",), _area),
    "regions": (Region, ("slug",), _region),
    "clusters": (Cluster, ("slug",), _cluster),
    "topics": (Topic, ("slug",), _topic),
    "actors": (Actor, ("slug",), _actor),
    "actor_topics": (ActorTopic, ("actor_id", "topic_id"), _actor_topic),
    "aliases": (ActorAlias, ("actor_id", "name"), _of_actor),
    "identifiers": (Identifier, ("scheme", "value"), _of_actor),
    "placements": (LayerPlacement, ("actor_id", "layer_id"), _placement),
    "foci": (ApplicationFocus, ("actor_id", "area_id"), _focus),
    "memberships": (Membership, ("actor_id", "cluster_id", "kind"), _membership),
    "relations": (ActorRelation, ("source_id", "target_id", "kind"), _relation),
    "services": (Service, ("actor_id", "title_de"), _service),
}
