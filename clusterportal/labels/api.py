"""Labels of a cluster and the criteria that it meets, as far as the cluster released them."""

from datetime import date

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from clusterportal.clusters.enums import Section
from clusterportal.clusters.models import Cluster, Release
from clusterportal.core.api.serializers import PublicSerializer, optional
from clusterportal.core.api.views import PublicView
from clusterportal.labels.domain.assessing import last_assessments
from clusterportal.labels.domain.checking import Checked, chosen_criteria, live
from clusterportal.labels.domain.frozen_assessment import FrozenCriterion, entries_of
from clusterportal.labels.domain.label_status import LabelOnDay, standings
from clusterportal.labels.domain.validity import Span
from clusterportal.labels.enums import LabelKind, LabelStatus, Verdict
from clusterportal.labels.models import CriteriaAssessment

EXAMPLE = {
    "cluster": "it-cluster-kaiserslautern",
    "as_of": "2026-11-25",
    "labels": [
        {
            "kind": "bronze",
            "label": "ECEI Bronze",
            "status": "valid",
            "terms": [{"valid_from": "2025-04-01", "valid_until": "2027-04-01"}],
            "window": {"valid_from": "2027-04-01", "valid_until": "2028-04-01"},
            "certificate": None,
            "is_example": True,
        }
    ],
    "criteria": [
        {
            "code": "companies",
            "label": "At least 50% companies",
            "sources": ["BW"],
            "verdict": "not_fulfilled",
            "value": "41%",
            "evidence": "12 of 29",
            "shortfall": "met with 5 more companies",
        }
    ],
    "assessments": [],
}


class SpanSerializer(PublicSerializer):
    """Half-open: the day of `valid_until` is no longer in it."""

    valid_from = serializers.DateField(read_only=True)
    valid_until = optional(serializers.DateField)


class LabelSerializer(PublicSerializer):
    kind = serializers.ChoiceField(LabelKind.choices, read_only=True)
    label = serializers.CharField(read_only=True)  # type: ignore[assignment]  # a field of this name
    status = serializers.ChoiceField(LabelStatus.choices, read_only=True)
    terms = SpanSerializer(many=True, read_only=True)
    window = SpanSerializer(read_only=True, allow_null=True)
    certificate = optional(serializers.URLField)
    is_example = serializers.BooleanField(read_only=True)


class CriterionSerializer(PublicSerializer):
    code = serializers.CharField(read_only=True)
    label = serializers.CharField(read_only=True)  # type: ignore[assignment]  # a field of this name
    sources = serializers.ListField(child=serializers.CharField(), read_only=True)
    verdict = serializers.ChoiceField(Verdict.choices, read_only=True)
    value = optional()
    evidence = optional()
    shortfall = optional()


class AssessedSerializer(PublicSerializer):
    code = serializers.CharField(read_only=True)
    label = serializers.CharField(read_only=True)  # type: ignore[assignment]  # a field of this name
    verdict = optional(serializers.ChoiceField, choices=Verdict.choices)
    value = optional()
    actors = serializers.IntegerField(read_only=True, min_value=0)


class AssessmentSerializer(PublicSerializer):
    set = serializers.SlugField(read_only=True)
    name = serializers.CharField(read_only=True)
    source = optional(serializers.URLField)
    assessed_on = serializers.DateField(read_only=True)
    is_example = serializers.BooleanField(read_only=True)
    criteria = AssessedSerializer(many=True, read_only=True)


class ClusterLabelsSerializer(PublicSerializer):
    """What is null has not been released."""

    cluster = serializers.SlugField(read_only=True)
    as_of = serializers.DateField(read_only=True)
    labels = LabelSerializer(many=True, read_only=True, allow_null=True)
    criteria = CriterionSerializer(many=True, read_only=True, allow_null=True)
    assessments = AssessmentSerializer(many=True, read_only=True, allow_null=True)


class ClusterLabelsView(PublicView):
    """Labels with their validity; criteria as they are met today, and as they were last assessed."""

    about = _("Labels of a cluster and the criteria that it meets, as far as released")
    tag = "clusters"

    @extend_schema(
        operation_id="cluster_labels",
        responses=ClusterLabelsSerializer,
        examples=[OpenApiExample("labels", EXAMPLE, response_only=True)],
    )
    def get(self, request, slug):
        cluster = get_object_or_404(Cluster.objects.published().with_region(), slug=slug)
        released = set(Release.objects.filter(cluster=cluster).values_list("section", flat=True))
        if not released & {Section.LABELS, Section.CRITERIA}:
            raise Http404
        today = timezone.localdate()
        answer = {"cluster": slug, "as_of": today, "labels": None, "criteria": None, "assessments": None}
        if Section.LABELS in released:
            answer["labels"] = _labels(cluster, today)
        if Section.CRITERIA in released:
            answer |= _criteria(cluster, today)
        return Response(ClusterLabelsSerializer(answer, context=self.get_serializer_context()).data)


def _labels(cluster: Cluster, today: date) -> list[dict]:
    return [_label(one) for one in standings(cluster, as_of=today) if one.last]


def _label(one: LabelOnDay) -> dict:
    assert one.last is not None
    return {
        "kind": one.kind,
        "label": one.label,
        "status": one.status,
        "terms": [_span(span) for span in one.spans],
        "window": one.window and _span(one.window),
        "certificate": one.last.certificate,
        "is_example": one.is_example,
    }


def _span(span: Span) -> dict:
    return {"valid_from": span.start, "valid_until": span.end}


def _criteria(cluster: Cluster, today: date) -> dict:
    """Of the lists that the cluster goes by; what was assessed by others was for the cluster itself."""
    chosen = chosen_criteria(cluster)
    chosen_sets = {one.criteria_set_id for one in chosen}
    return {
        "criteria": [_criterion(one) for one in live(cluster, chosen, as_of=today)],
        "assessments": [
            _assessment(one) for one in last_assessments(cluster) if one.criteria_set_id in chosen_sets
        ],
    }


def _criterion(one: Checked) -> dict:
    return {
        "code": one.code,
        "label": one.label,
        "sources": one.sources,
        "verdict": one.verdict,
        "value": one.value,
        "evidence": " ".join(
            [one.why, ", ".join(link.text for link in one.links if link.text != one.why)]
        ).strip(),
        "shortfall": one.shortfall,
    }


def _assessment(assessment: CriteriaAssessment) -> dict:
    """Remarks, own scores and proofs stay with the team, and who stood behind a value is counted, not named."""
    return {
        "set": assessment.criteria_set.slug,
        "name": assessment.criteria_set.name,
        "source": assessment.criteria_set.source,
        "assessed_on": assessment.assessed_on,
        "is_example": assessment.is_example,
        "criteria": [_assessed(one) for one in entries_of(assessment)],
    }


def _assessed(one: FrozenCriterion) -> dict:
    return {
        "code": one.code,
        "label": one.text,
        "verdict": one.verdict,
        "value": one.value,
        "actors": len(one.actors),
    }
