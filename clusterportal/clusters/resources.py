"""Regions and clusters as tables."""

from django.utils.translation import gettext as _

from clusterportal.clusters.models import Cluster, Region
from clusterportal.history.resources import NamedResource
from clusterportal.tables.model_fields import fields_in_tables
from clusterportal.tables.skipped_lines import filled


class RegionResource(NamedResource):
    class Meta:
        model = Region
        fields = fields_in_tables(Region)


class ClusterResource(NamedResource):
    class Meta:
        model = Cluster
        fields = fields_in_tables(Cluster)

    def import_field(self, field, instance, row, is_m2m=False, **kwargs):
        """The stage follows from assessments: a table may repeat it. Raises ValueError where it says another one."""
        if field.attribute != "life_cycle":
            super().import_field(field, instance, row, is_m2m, **kwargs)
        elif filled(row.get(field.column_name)) and field.clean(row) != instance.life_cycle:
            raise ValueError(
                _(
                    "The stage of a cluster follows from its assessments. Leave this column out, and assess it there."
                )
            )
