"""What the permanent id in an IRI names today."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from actors.domain.history import was_published
from actors.enums import TermNoun
from actors.models import Actor, TermMerge, Topic
from applications.models import ApplicationArea
from clusterportal.clusters.models import Cluster
from clusterportal.clusters.querysets import is_public_cluster
from clusterportal.history.changes import versions_of
from clusterportal.linked_data.enums import Kind
from layers.models import Layer

# Whether a version of a record was public; a topic is not by itself, but by the actors that work on it.
_WAS_PUBLIC = {
    Cluster: is_public_cluster(),
    ApplicationArea: Q(is_active=True),
}


class Withdrawn(Exception):
    """The id named something public once."""


@dataclass(frozen=True)
class Identity:
    """A public record and the last part of its addresses."""

    kind: Kind
    slug: str


@dataclass(frozen=True)
class Successor:
    """The permanent id of what the record became part of."""

    uid: UUID


def identity_of(uid: UUID) -> Identity | Successor | None:
    """The public record under this id, or what follows it; None where it never named one. Raises Withdrawn."""
    for kind, records in _public().items():
        if slug := records.filter(uid=uid).values_list("slug", flat=True).first():
            return Identity(kind, slug)
    if (successor := _merged_into(uid)) is not None:
        return Successor(successor)
    if _was_public(uid):
        raise Withdrawn
    return None


def _public() -> dict[Kind, QuerySet]:
    return {
        Kind.ACTOR: Actor.objects.published(),
        Kind.LAYER: Layer.objects.all(),
        Kind.AREA: ApplicationArea.objects.active(),
        Kind.CLUSTER: Cluster.objects.published(),
        Kind.TOPIC: Topic.objects.public(),
    }


def _merged_into(uid: UUID) -> UUID | None:
    """What an actor, a topic or an area was merged into, as far as everybody may see it."""
    merged = Actor.objects.published().filter(former_uids__uid=uid)
    if found := merged.values_list("uid", flat=True).first():
        return found
    nouns: dict[str, tuple[type[Model], Kind]] = {
        TermNoun.TOPIC: (Topic, Kind.TOPIC),
        TermNoun.AREA: (ApplicationArea, Kind.AREA),
    }
    for noun, (model, kind) in nouns.items():
        slugs = set(versions_of(model).filter(uid=uid).values_list("slug", flat=True).distinct())
        kept = set(TermMerge.objects.kept_for(noun, slugs).values()) if slugs else set()
        if found := _public()[kind].filter(pk__in=kept).values_list("uid", flat=True).first():
            return found
    return None


def _was_public(uid: UUID) -> bool:
    known = Actor.objects.filter(Q(uid=uid) | Q(former_uids__uid=uid))
    if known.withdrawn().exists() or was_published(slug="", uid=uid):
        return True
    return any(
        versions_of(model).filter(was_public, uid=uid).exists() for model, was_public in _WAS_PUBLIC.items()
    )
