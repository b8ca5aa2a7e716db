"""Who may do what with a request or an offer: who edits its actor, edits it; who publishes the actor, publishes it."""

from actors import rules as of_actors
from clusterportal.core.publication import PublicationState


def can_view(user, search=None) -> bool:
    return _may(user, "view") and (search is None or of_actors.reaches(user, search.actor))


def can_edit(user, search=None) -> bool:
    """What everybody sees is changed by those alone who may publish it."""
    if not _may(user, "change") or (search is not None and not of_actors.can_edit(user, search.actor)):
        return False
    is_public = search is not None and search.state == PublicationState.PUBLISHED
    return not is_public or can_publish(user, search)


def can_publish(user, search) -> bool:
    return _may(user, "change") and of_actors.can_publish(user, search.actor)


def can_delete(user, search=None) -> bool:
    return _may(user, "delete") and (search is None or can_publish(user, search))


def _may(user, verb: str) -> bool:
    return of_actors.is_staff(user) and user.has_perm(f"partnering.{verb}_partnersearch")
