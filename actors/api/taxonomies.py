"""Layers, areas, clusters, regions and topics, each with the number of its published actors."""

from django.db.models import CharField, Func, IntegerField, JSONField, Prefetch, Value
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from actors.api.serializers import NamedSerializer, optional
from actors.facets.following import current_index
from actors.models import Topic
from applications.models import ApplicationArea
from clusterportal.clusters.enums import ClusterKind, LifeCycle
from clusterportal.clusters.models import Cluster, Region
from clusterportal.core.api.serializers import (
    AddressField,
    FileField,
    MomentField,
    PublicSerializer,
    TextField,
)
from clusterportal.core.api.views import PublicViewSet
from layers.models import Layer

_BY_NAME = {"name": ("name",), "-name": ("-name",)}
_BY_COUNT = {"actor_count": ("actor_count",), "-actor_count": ("-actor_count",)}
ORDERINGS = {"position": ("position",), "-position": ("-position",), **_BY_NAME, **_BY_COUNT}


def counted(queryset, numbers: dict[str, int]):
    """`queryset` with `actor_count`: published actors by the slug of each entry, as the facet index counts them."""
    found = Func(
        Value(numbers, JSONField()), "slug", function="jsonb_extract_path_text", output_field=CharField()
    )
    return queryset.annotate(actor_count=Coalesce(Cast(found, IntegerField()), 0))


def _by_region() -> dict[str, int]:
    """Published actors in the public clusters of each region; nobody is counted twice."""
    index, clusters = current_index(), {}
    for cluster, region in Cluster.objects.published().values_list("slug", "region__slug"):
        clusters.setdefault(region, []).append(cluster)
    return {region: int(index.having("cluster", slugs).sum()) for region, slugs in clusters.items()}


def count_field():
    return serializers.IntegerField(read_only=True, min_value=0)


@extend_schema_field({"type": "object", "description": "GeoJSON geometry"})  # null where the field says so
class OutlineField(serializers.JSONField):
    pass


class LinesField(serializers.Field):
    """A text with one entry a line, as a list."""

    def to_representation(self, text: str) -> list[str]:
        return [line.strip() for line in text.splitlines() if line.strip()]


class LayerSerializer(PublicSerializer):
    slug = serializers.SlugField(read_only=True)
    position = serializers.IntegerField(read_only=True)
    url = AddressField("layers:layer-detail")
    api_url = AddressField("api:layer-detail")
    name = TextField()
    claim = TextField()
    description = TextField()
    actor_count = count_field()
    updated_at = MomentField()


class ApplicationAreaSerializer(PublicSerializer):
    slug = serializers.SlugField(read_only=True)
    url = AddressField("areas:area-detail")
    api_url = AddressField("api:application-area-detail")
    name = TextField()
    description = TextField()
    actor_count = count_field()
    updated_at = MomentField()


class ClusterSerializer(PublicSerializer):
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
    actor_count = count_field()
    updated_at = MomentField()


class ClusterDetailSerializer(ClusterSerializer):
    description = TextField()
    aims = TextField()
    services = TextField()
    founding_occasion = TextField()
    legal_form = optional()
    staff_fte = optional(serializers.FloatField)
    life_cycle = optional(serializers.ChoiceField, choices=LifeCycle.choices)
    programmes = extend_schema_field({"type": "array", "items": {"type": "string"}})(LinesField)(
        read_only=True
    )
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
    actor_count = count_field()
    updated_at = MomentField()


class RegionDetailSerializer(RegionSerializer):
    outline = OutlineField(read_only=True, allow_null=True)
    outline_source = optional()


class TopicSerializer(PublicSerializer):
    slug = serializers.SlugField(read_only=True)
    api_url = AddressField("api:topic-detail")
    name = TextField()
    actor_count = count_field()
    updated_at = MomentField()


class LayerViewSet(PublicViewSet):
    """The five layers of the innovation and competence chain."""

    about = {"list": _("The five layers of the innovation and competence chain"), "retrieve": _("One layer")}
    serializer_class = LayerSerializer
    orderings = ORDERINGS
    tag = "model"

    def get_queryset(self):
        return counted(Layer.objects.all(), current_index().counts("layer"))


class ApplicationAreaViewSet(PublicViewSet):
    """The application areas in use."""

    about = {"list": _("The application areas in use"), "retrieve": _("One application area")}
    serializer_class = ApplicationAreaSerializer
    orderings = ORDERINGS
    tag = "model"

    def get_queryset(self):
        return counted(ApplicationArea.objects.active(), current_index().counts("area"))


class ClusterViewSet(PublicViewSet):
    """The published clusters."""

    about = {"list": _("The published clusters"), "retrieve": _("One cluster")}
    serializer_class = ClusterSerializer
    detail_serializer_class = ClusterDetailSerializer
    orderings = ORDERINGS
    tag = "clusters"

    def get_queryset(self):
        clusters = Cluster.objects.published().select_related("region").defer("region__outline")
        return counted(clusters, current_index().counts("cluster"))


class RegionViewSet(PublicViewSet):
    """The regions that the portal serves."""

    about = {"list": _("The regions of this portal"), "retrieve": _("One region, with its outline")}
    serializer_class = RegionSerializer
    detail_serializer_class = RegionDetailSerializer
    orderings = {"name": ("name",), "-name": ("-name",), **_BY_COUNT}
    tag = "clusters"

    def get_queryset(self):
        clusters = Prefetch(
            "clusters", Cluster.objects.published().order_by("position", "slug"), to_attr="public_clusters"
        )
        regions = Region.objects.prefetch_related(clusters)
        if self.action == "list":
            regions = regions.defer("outline")
        return counted(regions, _by_region())


class TopicViewSet(PublicViewSet):
    """The topics that actors work on."""

    about = {"list": _("The topics that actors work on"), "retrieve": _("One topic")}
    serializer_class = TopicSerializer
    orderings = {**_BY_NAME, **_BY_COUNT}
    tag = "model"

    def get_queryset(self):
        return counted(Topic.objects.public(), current_index().counts("topic"))
