"""Regions and clusters as tables."""

from clusterportal.clusters.models import Cluster, Region
from clusterportal.history.resources import NamedResource
from clusterportal.tables.admin import columns_of


class RegionResource(NamedResource):
    class Meta:
        model = Region
        fields = columns_of(Region)

    def get_queryset(self):
        return super().get_queryset().defer("outline")


class ClusterResource(NamedResource):
    class Meta:
        model = Cluster
        fields = columns_of(Cluster)
