"""The five layers as a table."""

from clusterportal.history.resources import NamedResource
from clusterportal.tables.admin import columns_of
from layers.models import Layer


class LayerResource(NamedResource):
    class Meta:
        model = Layer
        fields = columns_of(Layer)
