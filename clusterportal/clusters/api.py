"""Regions and their clusters in the public API."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from clusterportal.clusters.enums import ClusterKind, LifeCycle
from clusterportal.clusters.models import Cluster, Region
from clusterportal.clusters.querysets import is_public_cluster
from clusterportal.core.api.counted import BY_COUNT, BY_NAME, ActorCountField, CountedViewSet
from clusterportal.core.api.serializers import (
    AddressField,
    FileField,
    MomentField,
    NamedSerializer,
    PublicSerializer,
    TextField,
    optional,
)
from clusterportal.history.changes import versions_of


@extend_schema_field({"type": "object", "description": "GeoJSON geometry"})  # null where the field says so
class OutlineField(serializers.JSONField):
    pass


@extend_schema_field({"type": "array", "items": {"type": "string"}})
class LinesField(serializers.Field):
    """A text with one entry a line, as a list."""

    def to_representation(self, text: str) -> list[str]:
        return [line.strip() for line in text.splitlines() if line.strip()]


class ClusterSerializer(PublicSerializer):
    uid = serializers.UUIDField(read_only=True)
    slug = serializers.SlugField(read_only=True)
    url = AddressField("clusters:cluster-detail")
    api_url = AddressField("api:cluster-detail")
    name = TextField()
    kind = serializers.ChoiceField(ClusterKind.choices, read_only=True)
    region = NamedSerializer(read_only=True)
    claim = TextField()
    technology_field = TextField()
    founded = optional(serializers.IntegerField)
    homepage = optional(serializers.URLField)
    actor_count = ActorCountField()
    updated_at = MomentField()


class ClusterDetailSerializer(ClusterSerializer):
    description = TextField()
    aims = TextField()
    services = TextField()
    organisation = TextField()
    founding_occasion = TextField()
    legal_form = optional()
    staff_fte = optional(serializers.FloatField)
    life_cycle = optional(serializers.ChoiceField, choices=LifeCycle.choices)
    programmes = LinesField(read_only=True)
    email = optional()
    phone = optional()
    logo = FileField()
    verified_on = optional(serializers.DateField)
    created_at = MomentField()


class RegionSerializer(PublicSerializer):
    slug = serializers.SlugField(read_only=True)
    api_url = AddressField("api:region-detail")
    name = TextField()
    country = serializers.CharField(read_only=True)
    nuts_codes = serializers.ListField(child=serializers.CharField(), read_only=True)
    clusters = NamedSerializer(source="public_clusters", many=True, read_only=True)
    actor_count = ActorCountField()
    updated_at = MomentField()


class RegionDetailSerializer(RegionSerializer):
    outline = OutlineField(read_only=True, allow_null=True)
    outline_source = optional()


def was_public(slug: str) -> bool:
    """Whether a cluster was public under this slug."""
    return versions_of(Cluster).filter(is_public_cluster(), slug=slug).exists()


class ClusterViewSet(CountedViewSet):
    """The published clusters."""

    about = {"list": _("The published clusters"), "retrieve": _("One cluster")}
    queryset = Cluster.objects.published().with_region()
    serializer_class = ClusterSerializer
    detail_serializer_class = ClusterDetailSerializer
    tag = "clusters"


class RegionViewSet(CountedViewSet):
    """The regions that the portal serves."""

    about = {"list": _("The regions of this portal"), "retrieve": _("One region, with its outline")}
    queryset = Region.objects.with_public_clusters()
    serializer_class = RegionSerializer
    detail_serializer_class = RegionDetailSerializer
    orderings = {**BY_NAME, **BY_COUNT}
    tag = "clusters"

    def get_queryset(self):
        regions = super().get_queryset()
        return regions.without_outline() if self.action == "list" else regions
