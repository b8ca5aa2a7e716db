"""What the public sees of networks and cooperation projects. Nothing is decided here."""

from rest_framework import serializers

from actors.api.serializers import ActorReferenceSerializer
from actors.enums import ActorKind, PartnerRole, RelationKind
from clusterportal.core.api.indicators import IndicatorSerializer
from clusterportal.core.api.serializers import (
    MomentField,
    NamedSerializer,
    PublicSerializer,
    TextField,
    optional,
)
from clusterportal.network.enums import TIE_KINDS, Border, ProjectStatus
from layers.api import LayerReferenceSerializer


class ProjectPartnerSerializer(PublicSerializer):
    actor = ActorReferenceSerializer(read_only=True)
    role = serializers.ChoiceField(PartnerRole.choices, read_only=True)


class ProjectSerializer(PublicSerializer):
    """A cooperation project: it runs from `starts_on` until the day before `ends_on`."""

    slug = serializers.SlugField(read_only=True)
    title = TextField()
    description = TextField()
    status = serializers.SerializerMethodField()
    starts_on = optional(serializers.DateField)
    ends_on = optional(serializers.DateField)
    partners = ProjectPartnerSerializer(source="public_partners", many=True, read_only=True)
    areas = NamedSerializer(source="public_areas", many=True, read_only=True)
    layers = LayerReferenceSerializer(source="public_layers", many=True, read_only=True)
    funder = optional()
    programme = optional()
    amount = optional(serializers.DecimalField, max_digits=14, decimal_places=2)
    currency = serializers.CharField(read_only=True)
    result = TextField()
    evidence = optional(serializers.URLField)
    is_example = serializers.BooleanField(read_only=True)
    updated_at = MomentField()

    def get_status(self, project) -> ProjectStatus:
        return project.status_on(self.context["today"])


class NodeSerializer(ActorReferenceSerializer):
    """An actor of the network; `main_layer` is the slug of the layer by which ties across layers are counted."""

    kind = serializers.ChoiceField(ActorKind.choices, read_only=True)
    main_layer = optional(serializers.SlugField)


class RecordSerializer(PublicSerializer):
    """A relation (`relation`: its permanent id) or a project (`project`: its slug) with its half-open interval."""

    kind = serializers.ChoiceField(TIE_KINDS, read_only=True)
    relation = optional(serializers.UUIDField)
    project = optional(serializers.SlugField)
    since = optional(serializers.DateField)
    until = optional(serializers.DateField)


class TieSerializer(PublicSerializer):
    """Two actors by their slugs, and everything that joins them."""

    # Of the answer: REST framework takes the fields out of the class.
    source = serializers.SlugField(source="source.slug", read_only=True)  # type: ignore[assignment]
    target = serializers.SlugField(source="target.slug", read_only=True)
    kinds = serializers.ListField(child=serializers.ChoiceField(TIE_KINDS), read_only=True)
    records = RecordSerializer(many=True, read_only=True)


class ChoiceSerializer(PublicSerializer):
    """What the network is made of."""

    cluster = NamedSerializer(read_only=True)
    as_of = serializers.DateField(read_only=True)
    kinds = serializers.ListField(child=serializers.ChoiceField(RelationKind.choices), read_only=True)
    projects = serializers.BooleanField(source="with_projects", read_only=True)
    directed = serializers.BooleanField(read_only=True)
    border = serializers.ChoiceField(Border.choices, read_only=True)


class NetworkSerializer(PublicSerializer):
    choice = ChoiceSerializer(read_only=True)
    description = serializers.CharField(read_only=True)
    nodes = NodeSerializer(many=True, read_only=True)
    ties = TieSerializer(many=True, read_only=True)
    measures = IndicatorSerializer(many=True, read_only=True)
