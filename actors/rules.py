"""Who may do what with an actor: predicates that admin, views and API all call."""

from clusterportal.core.publication import Power, power_needed


def can_view(user, actor) -> bool:
    """Everybody sees published actors; staff with the right to view see the others too."""
    return actor.is_published or (user.is_active and user.is_staff and user.has_perm("actors.view_actor"))


def can_edit(user, actor=None) -> bool:
    return user.is_active and user.is_staff and user.has_perm("actors.change_actor")


def can_publish(user, actor=None) -> bool:
    return can_edit(user, actor) and user.has_perm("actors.publish_actor")


def can_see_contacts(user) -> bool:
    """People without consent are for staff with that very right."""
    return user.is_active and user.is_staff and user.has_perm("actors.view_contacts")


_HOLDERS = {Power.SUBMIT: can_edit, Power.PUBLISH: can_publish}


def can_move(user, actor, target: str) -> bool:
    """May `user` move `actor` to the publication state `target`? The table of moves is in core.publication."""
    power = power_needed(current=actor.state, target=target)
    return power is not None and _HOLDERS[power](user, actor)
