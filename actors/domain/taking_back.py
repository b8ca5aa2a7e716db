"""Which changes of actors and their parts somebody may take back: those of actors that they write at once."""

from collections.abc import Callable

from django.db import models

from actors.domain.history import PARTS, within_reach
from actors.models import (
    Actor,
    ActorRelation,
    ContactPerson,
    FormerSlug,
    FormerUid,
    Service,
    ServiceArea,
)
from actors.rules import can_delete, can_edit, can_publish, can_see_contacts
from clusterportal.core.publication import PublicationState
from clusterportal.history.changes import versions_of
from clusterportal.history.net_changes import NetChange
from clusterportal.history.undo_rights import take_back_only_if


def _writable(user, actors: set) -> set:
    """Of these keys, the actors that `user` may write: also deleted ones, for those who may delete them."""
    here = set(Actor.objects.with_keys(actors - {None}).writable_by(user).values_list("pk", flat=True))
    if not (can_delete(user) and can_publish(user)):
        return here
    gone = actors - {None} - set(Actor.objects.with_keys(actors - {None}).values_list("pk", flat=True))
    known = versions_of(Actor).filter(within_reach("pgh_obj_id")(user), pgh_obj_id__in=gone)
    return here | set(known.values_list("pgh_obj_id", flat=True))


def _actors(user, changes: list[NetChange]) -> set:
    allowed = _writable(user, {change.pk for change in changes})
    return {change.pk for change in changes if change.pk in allowed and _may(user, change)}


def _may(user, change: NetChange) -> bool:
    """Taking back what made the actor deletes it, and may publish it again."""
    if change.is_created:
        return can_delete(user)
    was_public = (change.before or {}).get("state") == PublicationState.PUBLISHED
    return can_publish(user) or not was_public


def _parts(model: type[models.Model], column: str) -> Callable:
    """The rule of records that name their actor by `column`."""

    def rule(user, changes: list[NetChange]) -> set:
        if not can_edit(user) or (model is ContactPerson and not can_see_contacts(user)):
            return set()
        present = model._base_manager.filter(pk__in=[change.pk for change in changes])
        owners = {pk: {actor} for pk, actor in present.values_list("pk", column)}
        for change in changes:
            if change.before:
                owners.setdefault(change.pk, set()).add(change.before[column])
        allowed = _writable(user, set().union(*owners.values()))
        return {pk for pk, actors in owners.items() if actors <= allowed} | _gone(changes, owners)

    return rule


def _gone(changes: list[NetChange], owners: dict) -> set:
    """What the act made and somebody has deleted since: nothing is left to be written."""
    return {change.pk for change in changes if change.pk not in owners}


def _areas_of_services(user, changes: list[NetChange]) -> set:
    services = {change.pk: change.before["service_id"] for change in changes if change.before}
    present = ServiceArea._base_manager.filter(pk__in=[change.pk for change in changes])
    services |= dict(present.values_list("pk", "service_id"))
    owners = dict(Service.objects.filter(pk__in=list(services.values())).values_list("pk", "actor_id"))
    allowed = _writable(user, set(owners.values()))
    return {pk for pk, service in services.items() if owners.get(service) in allowed}


take_back_only_if(Actor, _actors)
take_back_only_if(ActorRelation, _parts(ActorRelation, "source_id"))
take_back_only_if(ServiceArea, _areas_of_services)
_named: list[type[models.Model]] = [*PARTS, FormerSlug, FormerUid]
for _part in _named:
    take_back_only_if(_part, _parts(_part, "actor_id"))
