"""Regions and clusters as tables."""

from clusterportal.clusters.models import Cluster, Region
from clusterportal.history.resources import NamedResource
from clusterportal.tables.model_fields import fields_in_tables


class RegionResource(NamedResource):
    class Meta:
        model = Region
        fields = fields_in_tables(Region)


class ClusterResource(NamedResource):
    class Meta:
        model = Cluster
        fields = fields_in_tables(Cluster)
