"""Application areas as a table."""

from applications.models import ApplicationArea
from clusterportal.history.resources import NamedResource
from clusterportal.tables.model_fields import fields_in_tables


class ApplicationAreaResource(NamedResource):
    class Meta:
        model = ApplicationArea
        fields = fields_in_tables(ApplicationArea)
