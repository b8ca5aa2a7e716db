"""The figures of a cluster's management in the public API."""

from datetime import date

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from clusterportal.clusters.enums import Section
from clusterportal.clusters.models import Cluster, Release
from clusterportal.core.api import parameters
from clusterportal.core.api.problems import InvalidParameters
from clusterportal.core.api.serializers import PublicSerializer, optional
from clusterportal.core.api.views import Parameters, PublicView
from clusterportal.core.indicator import Reason
from clusterportal.management.domain.indicators import all_indicators

EARLIEST = date(1900, 1, 1)
_AS_OF = parameters.parameter(
    "as_of",
    gettext_lazy("The figures as they were on this day (YYYY-MM-DD), today's without it."),
    {"type": "string", "format": "date"},
    example="2025-12-31",
)
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


class NumberField(serializers.FloatField):
    """Whole numbers stay whole; others to six places, which is more than any figure here is worth."""

    def to_representation(self, value):
        return value if isinstance(value, int) else round(float(value), 6)


class IndicatorSerializer(PublicSerializer):
    code = serializers.CharField(read_only=True)
    label = serializers.CharField(read_only=True)
    unit = optional()
    value = optional(NumberField)
    reason = optional(serializers.ChoiceField, choices=Reason.choices)
    as_of = serializers.DateField(read_only=True)
    method_url = serializers.SerializerMethodField()
    actors = optional(serializers.IntegerField, min_value=0)

    def get_method_url(self, indicator) -> str:
        monitor = self.context["addresses"].of("clusters:monitor", self.context["cluster"].slug)
        return f"{monitor}#m-{indicator.method}"


class IndicatorListSerializer(PublicSerializer):
    count = serializers.IntegerField(read_only=True, min_value=0)
    next = optional(serializers.URLField)
    previous = optional(serializers.URLField)
    results = IndicatorSerializer(many=True, read_only=True)


class IndicatorsView(PublicView):
    """The figures that the cluster releases: each a value, or the reason why there is none."""

    about = gettext_lazy("The key figures of a cluster, where it releases them")
    tag = "clusters"
    serializer_class = IndicatorListSerializer

    def own_parameters(self) -> Parameters:
        return [_AS_OF]

    @extend_schema(examples=[OpenApiExample("released", _EXAMPLE, response_only=True)])
    def get(self, request, slug):
        """All in one answer: there are some dozens at most."""
        as_of = _day(request.query_params.get("as_of", ""))
        cluster = get_object_or_404(Cluster.objects.published().with_region(), slug=slug)
        if not Release.objects.filter(cluster=cluster, section=Section.INDICATORS).exists():
            raise Http404
        found = all_indicators(cluster, as_of=as_of)
        context = self.get_serializer_context() | {"cluster": cluster}
        shown = {"count": len(found), "next": None, "previous": None, "results": found}
        return Response(IndicatorListSerializer(shown, context=context).data)


def _day(text: str) -> date:
    """The day that `text` names, today without one. Raises InvalidParameters for what is none, or to come."""
    today = timezone.localdate()
    try:
        day = parse_date(text) if text else today
    except ValueError:
        day = None
    if day is None or not EARLIEST <= day <= today:
        raise InvalidParameters({"as_of": [_("Give a day up to today as YYYY-MM-DD.")]})
    return day
