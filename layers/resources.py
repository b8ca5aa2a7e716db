"""The five layers as a table."""

from clusterportal.history.resources import NamedResource
from clusterportal.tables.model_fields import fields_in_tables
from layers.models import Layer


class LayerResource(NamedResource):
    class Meta:
        model = Layer
        fields = fields_in_tables(Layer)
