"""Who looks after which cluster: what people may do with a cluster and its actors depends on its team."""


def clusters_of(user) -> frozenset[int]:
    """The primary keys of the clusters on whose team the person is; asked once a request."""
    if not hasattr(user, "_team_clusters"):
        user._team_clusters = frozenset(user.team_memberships.values_list("cluster", flat=True))
    return user._team_clusters


def can_edit(user, cluster=None) -> bool:
    """People with the permission edit the clusters of their teams, administrators edit all."""
    is_own = cluster is None or user.is_superuser or cluster.pk in clusters_of(user)
    return user.has_perm("clusters.change_cluster") and is_own
