"""Which history belongs to an actor: its own and that of its parts."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q
from pghistory.models import Context

from actors.models import (
    Actor,
    ActorAlias,
    ActorRelation,
    ActorTopic,
    ApplicationFocus,
    ContactPerson,
    Identifier,
    LayerPlacement,
    Membership,
    Service,
    ServiceArea,
)
from actors.rules import can_publish, can_see_contacts, reaches_all
from clusterportal.clusters.rules import clusters_of
from clusterportal.core.publication import is_published
from clusterportal.history.changes import DELETE, Source, may_see, show_only_if, show_within, versions_of
from clusterportal.history.restore import restore_only_if

PARTS: list[type[Model]] = [
    LayerPlacement,
    ApplicationFocus,
    Membership,
    ActorTopic,
    Service,
    Identifier,
    ActorAlias,
    ContactPerson,
]

# People who never agreed to be published stand in the history of contacts too.
show_only_if(ContactPerson, can_see_contacts)


def was_published(*, slug: str, uid: UUID | None) -> bool:
    """Whether an actor that has been deleted was public under this address or permanent id."""
    versions = versions_of(Actor)
    known = versions.filter(is_published(), Q(slug=slug) | Q(uid=uid) if uid else Q(slug=slug))
    return known.exclude(Exists(Actor.objects.filter(pk=OuterRef("pgh_obj_id")))).exists()


def published_once(uids: Collection[UUID]) -> set[UUID]:
    """Those of the permanent ids whose actors were public and have been deleted."""
    versions = versions_of(Actor).filter(is_published(), uid__in=uids)
    gone = versions.exclude(Exists(Actor.objects.filter(pk=OuterRef("pgh_obj_id"))))
    return set(gone.values_list("uid", flat=True))


def within_reach(*columns: str):
    """A scope: events whose `columns` name an actor that the user works with, or that was one before it was deleted."""

    def scope(user) -> Q:
        if reaches_all(user):
            return Q()
        here = Actor.objects.curated_by(user).values("pk")
        memberships = versions_of(Membership)
        gone = (
            memberships.filter(cluster__in=clusters_of(user), pgh_label=DELETE)
            .exclude(actor__in=Actor.objects.values("pk"))
            .values("actor_id")
        )
        condition = Q()
        for column in columns:
            condition |= Q(**{f"{column}__in": here}) | Q(**{f"{column}__in": gone})
        return condition

    return scope


def _areas_of_services(user) -> Q:
    services = versions_of(Service).filter(within_reach("actor_id")(user))
    return Q() if reaches_all(user) else Q(service_id__in=services.values("pgh_obj_id"))


show_within(Actor, within_reach("pgh_obj_id"))
show_within(ActorRelation, within_reach("source_id", "target_id"))
show_within(ServiceArea, _areas_of_services)
for _part in PARTS:
    show_within(_part, within_reach("actor_id"))
# An earlier version replaces the public one at once.
_tracked: list[type[Model]] = [Actor, ActorRelation, ServiceArea, *PARTS]
for _model in _tracked:
    restore_only_if(_model, can_publish)


def changed_by(user, *, since: datetime | None = None) -> Q:
    """Actors that `user` changed, themselves or one of their parts, at `since` or later."""
    acts = Context.objects.filter(metadata__user=user.pk)
    acts = acts.filter(created_at__gte=since) if since else acts
    own = {"pgh_context__in": acts.values("pk")}
    condition = Q(pk__in=versions_of(Actor).filter(**own).values("pgh_obj_id"))
    for part in PARTS:
        condition |= Q(pk__in=versions_of(part).filter(**own).values("actor_id"))
    return condition


def sources_of(actor_id, *, user) -> list[Source]:
    """The events of the actor and of all its parts that `user` may read."""
    services = versions_of(Service).filter(actor=actor_id).values("pgh_obj")
    sources = [
        Source(Actor, Q(pgh_obj=actor_id)),
        Source(ActorRelation, Q(source=actor_id) | Q(target=actor_id)),
        Source(ServiceArea, Q(service__in=services)),
        *(Source(part, Q(actor=actor_id)) for part in PARTS),
    ]
    return [source for source in sources if may_see(user, source.model)]
