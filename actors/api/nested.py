"""What stands beside an actor in an answer, each part read in one query and only when the answer shows it.

Parts that are not public as a whole have names of their own: an answer that forgot to narrow them fails
instead of showing too much.
"""

from dataclasses import dataclass

from django.db.models import Prefetch

from actors.models import (
    Actor,
    ActorRelation,
    ApplicationFocus,
    ContactPerson,
    Identifier,
    LayerPlacement,
    Membership,
    Service,
    Topic,
)
from applications.models import ApplicationArea
from clusterportal.core.languages import column_names, naming_columns

_MEMBERSHIP_ORDER = ("actor_id", "cluster__position", "cluster_id")


def _prefetches() -> dict[str, Prefetch]:
    """The part behind each field of an answer, with the columns that the answer shows."""
    areas = ApplicationArea.objects.active().order_by("position", "slug").only("slug", *column_names("name"))
    services = Service.objects.select_related("layer").order_by("position", "pk")
    placements = LayerPlacement.objects.select_related("layer").order_by("layer__position")
    foci = ApplicationFocus.objects.filter(area__is_active=True).select_related("area")
    # A member that also manages the cluster stands in it twice; the answer names the cluster once.
    memberships = Membership.objects.public().select_related("cluster").order_by(*_MEMBERSHIP_ORDER)
    return {
        "layers": Prefetch(
            "placements",
            placements.only(
                "actor", "basis", *column_names("note"), "layer__position", *naming_columns("layer")
            ),
        ),
        "areas": Prefetch(
            "foci",
            foci.order_by("area__position").only("actor", *naming_columns("area")),
            to_attr="public_foci",
        ),
        "clusters": Prefetch(
            "memberships",
            memberships.distinct(*_MEMBERSHIP_ORDER).only("actor", *naming_columns("cluster")),
            to_attr="public_memberships",
        ),
        "topics": Prefetch("topics", Topic.objects.order_by("key", "pk")),
        "services": Prefetch(
            "services", services.prefetch_related(Prefetch("areas", areas, to_attr="public_areas"))
        ),
        "identifiers": Prefetch("identifiers", Identifier.objects.order_by("scheme", "value")),
        "contacts": Prefetch(
            "contacts",
            ContactPerson.objects.with_consent().order_by("position", "pk"),
            to_attr="public_contacts",
        ),
    }


def with_parts(actors, fields):
    """`actors` with the parts that `fields` need."""
    known = _prefetches()
    unread = ["name_key", *([] if "description" in fields else column_names("description"))]
    return actors.defer(*unread).prefetch_related(*(known[name] for name in fields if name in known))


def with_ends(relations):
    """`relations` with as much of their two actors as naming them takes."""
    read = [
        f"{end}__{column}" for end in ("source", "target") for column in ("uid", "slug", "name", "sort_key")
    ]
    own = [field.name for field in ActorRelation._meta.fields]
    return relations.select_related("source", "target").only(*own, *read)


@dataclass(frozen=True)
class RelationEnd:
    """A relation seen from one of its actors: `actor` is the other one."""

    kind: str
    direction: str
    actor: Actor
    since: int | None


def relation_ends(actor: Actor) -> list[RelationEnd]:
    """The public relations of `actor`, by kind and name of the other side."""
    relations = with_ends(ActorRelation.objects.public().of(actor))
    ends = [_end(relation, actor) for relation in relations]
    return sorted(ends, key=lambda end: (end.kind, end.direction, end.actor.sort_key, end.actor.pk))


def _end(relation: ActorRelation, actor: Actor) -> RelationEnd:
    is_source = relation.source_id == actor.pk
    direction = ("out" if is_source else "in") if relation.is_directed else "mutual"
    other = relation.target if is_source else relation.source
    return RelationEnd(relation.kind, direction, other, relation.since)
