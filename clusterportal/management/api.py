"""The figures of a cluster's management in the public API."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from clusterportal.clusters.enums import Section
from clusterportal.clusters.models import Cluster, Release
from clusterportal.core.api.indicators import AS_OF, IndicatorSerializer, day_asked_for
from clusterportal.core.api.serializers import PublicSerializer, optional
from clusterportal.core.api.views import Parameters, PublicView
from clusterportal.core.turns import costly
from clusterportal.management.domain.indicators import all_indicators

_EXAMPLE = {
    "count": 1,
    "next": None,
    "previous": None,
    "results": [
        {
            "code": "companies_share",
            "label": "Share of companies",
            "unit": "%",
            "value": 41.4,
            "reason": None,
            "as_of": "2026-11-26",
            "method_url": "https://portal.example/en/clusters/it-cluster-kaiserslautern/monitor/#m-companies_share",
            "actors": 29,
        }
    ],
}


class IndicatorListSerializer(PublicSerializer):
    count = serializers.IntegerField(read_only=True, min_value=0)
    next = optional(serializers.URLField)
    previous = optional(serializers.URLField)
    results = IndicatorSerializer(many=True, read_only=True)


@costly
class IndicatorsView(PublicView):
    """The figures that the cluster releases: each a value, or the reason why there is none."""

    about = gettext_lazy("The key figures of a cluster, where it releases them")
    tag = "clusters"
    serializer_class = IndicatorListSerializer

    def own_parameters(self) -> Parameters:
        return [AS_OF]

    @extend_schema(examples=[OpenApiExample("released", _EXAMPLE, response_only=True)])
    def get(self, request, slug):
        """All in one answer: there are some dozens at most."""
        as_of = day_asked_for(request.query_params.get("as_of", ""))
        cluster = get_object_or_404(Cluster.objects.published().with_region(), slug=slug)
        if not Release.objects.filter(cluster=cluster, section=Section.INDICATORS).exists():
            raise Http404
        found = all_indicators(cluster, as_of=as_of)
        context = self.get_serializer_context() | {"cluster": cluster}
        shown = {"count": len(found), "next": None, "previous": None, "results": found}
        return Response(IndicatorListSerializer(shown, context=context).data)
