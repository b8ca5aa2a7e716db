"""What a cluster shows of its management: said by its team, in one act."""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db import transaction

from clusterportal.clusters.enums import Section
from clusterportal.clusters.models import Cluster, Release
from clusterportal.clusters.rules import can_manage


@transaction.atomic
def set_releases(*, cluster: Cluster, sections: Collection[str], by) -> tuple[set[str], set[str]]:
    """Release exactly these sections of the cluster; returns which came and which went.

    Raises PermissionDenied for people who are not on its team or may not release, and ValueError for a section that
    does not exist.
    """
    if not can_manage(by, Release(cluster=cluster), "change"):
        raise PermissionDenied
    wanted = {Section(one).value for one in sections}
    # Two people who release at once wait for each other.
    Cluster.objects.select_for_update().get(pk=cluster.pk)
    present = set(Release.objects.filter(cluster=cluster).values_list("section", flat=True))
    Release.objects.filter(cluster=cluster, section__in=present - wanted).delete()
    for section in Section.values:  # one after the other, so that the history has each
        if section in wanted - present:
            Release.objects.create(cluster=cluster, section=section)
    return wanted - present, present - wanted
