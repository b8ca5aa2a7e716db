"""Who may do what with an actor: predicates that admin, views and API all call.

What a role may do at all, stand its permissions for (`clusterportal/roles.py`); with which actors, its clusters:
people who do not reach all actors work with those that belong to a cluster of whose team they are.
"""

from collections.abc import Callable

from clusterportal.clusters.rules import clusters_of
from clusterportal.core.publication import Power, power_needed


def is_staff(user) -> bool:
    return user.is_active and user.is_staff


def reaches_all(user) -> bool:
    """Works with the actors of all clusters."""
    return is_staff(user) and user.has_perm("actors.reach_all_actors")


def reaches(user, actor) -> bool:
    """Is the actor one of those that the person works with?"""
    if reaches_all(user):
        return True
    if actor.pk is None:  # a new one, which will belong to a cluster of theirs
        return is_staff(user) and bool(clusters_of(user))
    return is_staff(user) and actor.memberships.filter(cluster__in=clusters_of(user)).exists()


def _may(user, permission: str, actor=None) -> bool:
    return (
        is_staff(user) and user.has_perm(f"actors.{permission}") and (actor is None or reaches(user, actor))
    )


def can_edit(user, actor=None) -> bool:
    return _may(user, "change_actor", actor)


def can_publish(user, actor=None) -> bool:
    return can_edit(user) and _may(user, "publish_actor", actor)


def needs_review(user, actor) -> bool:
    """Everybody sees the actor and the person may not publish it: what they change waits for review."""
    return actor is not None and actor.is_published and not can_publish(user, actor)


def can_delete(user, actor=None) -> bool:
    return _may(user, "delete_actor", actor)


def can_import(user) -> bool:
    return can_edit(user) and _may(user, "import_actor")


def can_export(user) -> bool:
    return _may(user, "view_actor") and _may(user, "export_actor")


def can_merge(user, *actors) -> bool:
    """Merging writes one actor and deletes another: both must be ones that the person works with."""
    return _may(user, "merge_actor") and all(reaches(user, actor) for actor in actors)


def can_merge_terms(user, model) -> bool:
    """Terms are everybody's, as their names are: who may change them and merge actors may merge them."""
    permission = f"{model._meta.app_label}.change_{model._meta.model_name}"
    return _may(user, "merge_actor") and user.has_perm(permission)


def can_move_actors(user) -> bool:
    """May the person give actors within reach another topic, published ones at once?"""
    return can_publish(user)


def can_clear(user, cluster) -> bool:
    """May the person decide that a cluster shows an actor on its own pages?"""
    return _may(user, "publish_actor") and (reaches_all(user) or cluster.pk in clusters_of(user))


def can_see_contacts(user) -> bool:
    """People without consent are for staff with that very right."""
    return _may(user, "view_contacts")


_HOLDERS: dict[str, Callable] = {Power.SUBMIT: can_edit, Power.PUBLISH: can_publish}


def may_move(user, current: str, target: str) -> bool:
    """May `user` move actors within reach between these publication states? The moves are in core.publication."""
    power = power_needed(current=current, target=target)
    return power is not None and _HOLDERS[power](user)


def can_move(user, actor, target: str) -> bool:
    return may_move(user, actor.state, target) and reaches(user, actor)
