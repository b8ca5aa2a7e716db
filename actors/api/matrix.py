"""The matrix layer x application area, for any selection of actors."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.response import Response

from actors.api import parameters
from actors.api.viewsets import filtered
from actors.landscape.matrix import matrix
from clusterportal.core.api.serializers import NamedSerializer, PublicSerializer
from clusterportal.core.api.views import PublicView
from layers.api import LayerReferenceSerializer


class CellSerializer(PublicSerializer):
    layer = serializers.SlugField(read_only=True)
    area = serializers.SlugField(read_only=True)
    count = serializers.IntegerField(read_only=True, min_value=0)


class MatrixSerializer(PublicSerializer):
    layers = LayerReferenceSerializer(many=True, read_only=True)
    areas = NamedSerializer(many=True, read_only=True)
    cells = CellSerializer(many=True, read_only=True)
    total = serializers.IntegerField(read_only=True, min_value=0)


class MatrixView(PublicView):
    """How many of the selected actors stand on each layer in each area; a gap is a cell with 0."""

    about = _("The matrix layer x application area: how many of the selected actors stand in each cell")
    tag = "model"
    serializer_class = MatrixSerializer

    def own_parameters(self) -> list:
        return parameters.FILTERS

    def get(self, request):
        filterset = filtered(request.query_params)
        found = matrix(filterset.selection, filterset.taxonomy)
        cells = [
            {"layer": layer.slug, "area": area.slug, "count": found.count(layer, area)}
            for layer in found.layers
            for area in found.areas
        ]
        shown = {"layers": found.layers, "areas": found.areas, "cells": cells, "total": found.total}
        return Response(MatrixSerializer(shown, context=self.get_serializer_context()).data)
