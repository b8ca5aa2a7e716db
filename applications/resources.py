"""Application areas as a table."""

from applications.models import ApplicationArea
from clusterportal.history.resources import NamedResource
from clusterportal.tables.admin import columns_of


class ApplicationAreaResource(NamedResource):
    class Meta:
        model = ApplicationArea
        fields = columns_of(ApplicationArea)
