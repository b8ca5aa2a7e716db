"""Which history belongs to an actor: its own and that of its parts."""

from django.db.models import Q

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
from actors.rules import can_see_contacts
from clusterportal.history.changes import Source, event_models, may_see, show_only_if

PARTS = [
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


def sources_of(actor_id, *, user) -> list[Source]:
    """The events of the actor and of all its parts that `user` may read."""
    services = event_models()[Service._meta.label_lower].objects.filter(actor=actor_id).values("pgh_obj")
    sources = [
        Source(Actor, Q(pgh_obj=actor_id)),
        Source(ActorRelation, Q(source=actor_id) | Q(target=actor_id)),
        Source(ServiceArea, Q(service__in=services)),
        *(Source(part, Q(actor=actor_id)) for part in PARTS),
    ]
    return [source for source in sources if may_see(user, source.model)]
