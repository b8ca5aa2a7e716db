"""Application areas as a table."""

from applications.models import ApplicationArea
from clusterportal.tables.model_fields import fields_in_tables
from clusterportal.terms.resources import KIND_OF, TermResource


class ApplicationAreaResource(TermResource):
    class Meta:
        model = ApplicationArea
        fields = [*fields_in_tables(ApplicationArea), *KIND_OF]
