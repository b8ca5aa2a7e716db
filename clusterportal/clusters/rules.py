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


def reaches_all_clusters(user) -> bool:
    """Works with the records of all clusters: their plans, figures, money."""
    return user.is_active and user.is_superuser


def reaches_cluster(user, cluster_id: int) -> bool:
    """Is the cluster one of those that the person works with?"""
    return reaches_all_clusters(user) or cluster_id in clusters_of(user)


def leads_a_cluster(user) -> bool:
    """Managers of a cluster, who begin in its cockpit; administrators and editors begin with the whole registry."""
    return not user.is_superuser and user.has_perm("clusters.change_release") and bool(clusters_of(user))


def can_manage(user, record, verb: str = "change") -> bool:
    """May the person `view`, `add`, `change` or `delete` this record of a cluster (`ClusterRecord`)?

    The permission says what a role may do at all, the team of the cluster with which records.
    """
    opts = record._meta
    is_allowed = (
        user.is_active and user.is_staff and user.has_perm(f"{opts.app_label}.{verb}_{opts.model_name}")
    )
    return is_allowed and (record.cluster_id is None or reaches_cluster(user, record.cluster_id))
