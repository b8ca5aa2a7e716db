"""Figures in answers, and the day of which they are."""

from datetime import date

from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from clusterportal.core.api import parameters
from clusterportal.core.api.problems import InvalidParameters
from clusterportal.core.api.serializers import PublicSerializer, optional
from clusterportal.core.indicator import Reason

EARLIEST = date(1900, 1, 1)
AS_OF = parameters.parameter(
    "as_of",
    gettext_lazy("The figures as they were on this day (YYYY-MM-DD), today's without it."),
    {"type": "string", "format": "date"},
    example="2025-12-31",
)


class NumberField(serializers.FloatField):
    """Whole numbers stay whole; others to six places, which is more than any figure here is worth."""

    def to_representation(self, value):
        return value if isinstance(value, int) else round(float(value), 6)


class IndicatorSerializer(PublicSerializer):
    """A figure of the cluster that the context names as `cluster`."""

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


def day_asked_for(text: str) -> date:
    """The day that `text` names, today without one. Raises InvalidParameters for what is none, or to come."""
    today = timezone.localdate()
    try:
        day = parse_date(text) if text else today
    except ValueError:
        day = None
    if day is None or not EARLIEST <= day <= today:
        raise InvalidParameters({"as_of": [_("Give a day up to today as YYYY-MM-DD.")]})
    return day
