"""Who may do what with a saved filter: its owner changes it, the team that it is shared with uses it."""

from django.db.models import Q

from clusterportal.clusters.rules import clusters_of


def may_use(user) -> Q:
    """A condition on saved filters: the person's own, and those of the teams that they are on."""
    return Q(owner=user) | Q(cluster__in=clusters_of(user))


def can_change(user, saved) -> bool:
    return user.is_superuser or saved.owner_id == user.pk
