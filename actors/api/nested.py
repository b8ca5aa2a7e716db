"""One actor with all that stands beside it in an answer, read in one statement.

Each part begins at the queryset that says what of it is public, and comes as JSON under a name of its own
(`public_…`): an answer that forgot to read a part fails instead of showing too much.
"""

import hashlib
import json
from collections.abc import Callable, Collection
from functools import lru_cache
from types import SimpleNamespace

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Case, F, OuterRef, Q, QuerySet, When
from django.db.models.expressions import Combinable
from django.db.models.functions import JSONObject

from actors.columns.fields import ACTOR_FIELDS
from actors.enums import DIRECTED_RELATIONS
from actors.models import (
    Actor,
    ActorAlias,
    ActorRelation,
    ApplicationFocus,
    ContactPerson,
    Identifier,
    LayerPlacement,
    Membership,
    Service,
    Topic,
)
from clusterportal.core.languages import column_names

# The fields of an answer, and the attribute of the actor that holds the part behind each.
PART_NAMES = {
    "layers": "public_placements",
    "areas": "public_foci",
    "clusters": "public_memberships",
    "topics": "public_topics",
    "services": "public_services",
    "identifiers": "public_identifiers",
    "relations": "public_relations",
    "contacts": "public_contacts",
    "aliases": "public_aliases",
    "memberships": "public_affiliations",
    "projects": "public_projects",
}
# How parts are read whose records a room above keeps: told by it when the portal starts.
_FROM_ABOVE: dict[str, Callable[[], ArraySubquery]] = {}
# Fields that are made of another one's part.
_MADE_OF = {"main_layer": "layers"}
_PUBLIC_COLUMNS = [one.name for one in ACTOR_FIELDS if one.is_public] + ["created_at", "public_updated_at"]
_ENDS = ("source", "target")


def read_part(name: str, records: Callable[[], ArraySubquery]) -> None:
    """Say how the part `name` of PART_NAMES is read: `records` of the actor `OuterRef("pk")`, made by `many_of`."""
    _FROM_ABOVE[name] = records


def many_of(records: QuerySet, *columns: str, **nested: Combinable) -> ArraySubquery:
    """The records of a part in their order, each an object of these columns."""
    shape = {column: F(column) for column in columns} | nested
    return ArraySubquery(records.values(as_json=JSONObject(**shape)))


def one_at(path: str, *columns: str) -> JSONObject:
    """The record at the end of `path` as an object of these columns."""
    return JSONObject(**{column: F(f"{path}__{column}") for column in columns})


def _parts() -> dict[str, ArraySubquery]:
    own, named = {"actor": OuterRef("pk")}, ("uid", "slug", *column_names("name"))
    ends = {end: one_at(end, "id", "uid", "slug", "name", "sort_key") for end in _ENDS}
    of_service = Service.areas.through.objects.filter(service=OuterRef("pk"), applicationarea__is_active=True)
    areas = of_service.order_by("applicationarea__position", "applicationarea__slug")
    # A member that also manages the cluster stands in it twice; the answer names the cluster once.
    memberships = Membership.objects.public().filter(**own).order_by("cluster__position", "cluster_id")
    return {
        "layers": many_of(
            LayerPlacement.objects.filter(**own).order_by("layer__position"),
            "basis",
            "is_primary",
            *column_names("note"),
            layer=one_at("layer", "position", *named),
        ),
        "areas": many_of(
            ApplicationFocus.objects.filter(area__is_active=True, **own).order_by(
                "area__position", "area__slug"
            ),
            area=one_at("area", *named),
        ),
        "clusters": many_of(
            memberships.distinct("cluster__position", "cluster_id"), cluster=one_at("cluster", *named)
        ),
        "topics": many_of(Topic.objects.filter(actor_topics__actor=OuterRef("pk")), *named),
        "services": many_of(
            Service.objects.filter(**own).order_by("position", "pk"),
            *column_names("title"),
            *column_names("description"),
            layer=Case(When(layer__isnull=False, then=one_at("layer", "position", *named))),
            public_areas=ArraySubquery(areas.values(as_json=one_at("applicationarea", *named))),
        ),
        "identifiers": many_of(
            Identifier.objects.filter(**own).order_by("scheme", "value"), "scheme", "value"
        ),
        "relations": many_of(
            ActorRelation.objects.public()
            .filter(Q(source=OuterRef("pk")) | Q(target=OuterRef("pk")))
            .order_by("pk"),
            "kind",
            "since",
            "until",
            **ends,
        ),
        "contacts": many_of(
            ContactPerson.objects.with_consent().filter(**own).order_by("position", "pk"),
            "name",
            *column_names("role"),
            "email",
            "phone",
        ),
        "aliases": many_of(
            ActorAlias.objects.filter(**own).order_by("key", "pk"), "name", "kind", "language"
        ),
        "memberships": many_of(
            memberships.order_by("cluster__position", "cluster_id", "kind"),
            "kind",
            "since",
            "until",
            cluster=one_at("cluster", *named),
        ),
        **{name: records() for name, records in _FROM_ABOVE.items()},
    }


@lru_cache(maxsize=256)
def _statement(fields: frozenset[str]) -> tuple[str, tuple]:
    """SQL that reads published actors by a list of keys, with these parts; the list is its last parameter.

    It is kept: Django takes several times as long to write it as the database to answer it. So a rule of what
    is public may hold no moment of the day it was written on, only the database's `Now()`.
    """
    parts = {name: part for name, part in _parts().items() if name in fields}
    unread = [] if "description" in fields else column_names("description")
    actors = Actor.objects.published().defer("name_key", *unread).annotate(parts=JSONObject(**parts))
    sql, parameters = actors.with_keys([]).query.get_compiler(connection=connection).as_sql()
    return sql, parameters[:-1]


def with_parts(keys: list[int], fields: Collection[str]) -> list[Actor]:
    """The published actors of `keys`, in no order, with the parts that `fields` need; one query.

    With the field `version` every part is read, and the actor has the attribute `version`.
    """
    is_whole = "version" in fields
    read = {*PART_NAMES, "description"}
    wanted = read if is_whole else read & {_MADE_OF.get(name, name) for name in fields}
    sql, parameters = _statement(frozenset(wanted))
    actors = list(Actor.objects.raw(sql, [*parameters, keys]))
    for actor in actors:
        # The raw query sets what it reads beside the columns of the model.
        written: str = actor.parts  # type: ignore[attr-defined]
        if is_whole:
            actor.version = _version(actor, written)  # type: ignore[attr-defined]
        parts = json.loads(written, object_hook=lambda known: SimpleNamespace(**known))
        for name, records in vars(parts).items():
            setattr(actor, PART_NAMES[name], _told(name, records, actor))
    return actors


def _version(actor: Actor, parts: str) -> str:
    """A digest of everything that the public sees of `actor`, in every language."""
    columns = [str(getattr(actor, name)) for name in _PUBLIC_COLUMNS]
    return hashlib.blake2b("\0".join([*columns, parts]).encode(), digest_size=16).hexdigest()


def _told(name: str, records: list[SimpleNamespace], actor: Actor) -> list:
    if name == "relations":
        return _relation_ends(actor, records)
    if name == "identifiers":
        return [Identifier(**vars(one)) for one in records]  # the model knows the address of an identifier
    return records


def _relation_ends(actor, relations) -> list[SimpleNamespace]:
    """Relations seen from the actor, by kind and name of the other side, which is `actor` of each."""
    ends = [_end(relation, actor) for relation in relations]
    return sorted(ends, key=lambda end: (end.kind, end.direction, end.actor.sort_key, end.actor.id))


def _end(relation, actor) -> SimpleNamespace:
    is_source = relation.source.id == actor.pk
    direction = ("out" if is_source else "in") if relation.kind in DIRECTED_RELATIONS else "mutual"
    other = relation.target if is_source else relation.source
    return SimpleNamespace(
        kind=relation.kind, direction=direction, actor=other, since=relation.since, until=relation.until
    )
