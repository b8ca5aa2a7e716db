"""What the public sees of an actor: fields in the order of the contract. Nothing is decided here."""

from django.db import models
from rest_framework import serializers

from actors.columns.fields import Group, fields_in
from actors.enums import (
    ActorKind,
    AliasKind,
    IdentifierScheme,
    LocationAccuracy,
    MembershipKind,
    PartnerRole,
    PlacementBasis,
    RelationKind,
)
from actors.models import Actor
from clusterportal.core.api.serializers import (
    AddressField,
    FileField,
    MomentField,
    NamedSerializer,
    PublicSerializer,
    TextField,
    optional,
)
from clusterportal.core.licence import data_licence
from clusterportal.core.models import own_field
from layers.api import LayerReferenceSerializer

DIRECTIONS = ["out", "in", "mutual"]
# What values of the model are in an answer; all others are texts.
_KINDS = {
    models.PositiveSmallIntegerField: serializers.IntegerField,
    models.PositiveIntegerField: serializers.IntegerField,
    models.FloatField: serializers.FloatField,
    models.BooleanField: serializers.BooleanField,
    models.DateField: serializers.DateField,
    models.URLField: serializers.URLField,
}


class PostalAddressSerializer(PublicSerializer):
    street = optional()
    postcode = optional()
    city = optional()
    state = optional(source="state_name")
    country = serializers.CharField(read_only=True)


class PlacedLayerSerializer(PublicSerializer):
    slug = serializers.SlugField(source="layer.slug", read_only=True)
    position = serializers.IntegerField(source="layer.position", read_only=True)
    name = TextField(source="layer.name")


class GroundedLayerSerializer(PlacedLayerSerializer):
    basis = serializers.ChoiceField(PlacementBasis.choices, read_only=True)
    note = TextField()


class FocusSerializer(PublicSerializer):
    slug = serializers.SlugField(source="area.slug", read_only=True)
    name = TextField(source="area.name")


class MembershipSerializer(PublicSerializer):
    """A cluster of an actor."""

    slug = serializers.SlugField(source="cluster.slug", read_only=True)
    name = TextField(source="cluster.name")


class ClusterReferenceSerializer(NamedSerializer):
    uid = serializers.UUIDField(read_only=True)


class AffiliationSerializer(PublicSerializer):
    """What an actor is in a cluster; it may be several things in one."""

    cluster = ClusterReferenceSerializer(read_only=True)
    kind = serializers.ChoiceField(MembershipKind.choices, read_only=True)
    since = optional(serializers.DateField)
    until = optional(serializers.DateField)


class AliasSerializer(PublicSerializer):
    """Another name of an actor."""

    name = serializers.CharField(read_only=True)
    kind = serializers.ChoiceField(AliasKind.choices, read_only=True)
    language = optional()


class MainLayerField(serializers.SlugField):
    """The slug of the layer that is marked as the main one of an actor."""

    def __init__(self, **kwargs):
        super().__init__(source="public_placements", read_only=True, allow_null=True, **kwargs)

    def to_representation(self, placements) -> str | None:  # type: ignore[override]  # null without one
        return next((one.layer.slug for one in placements if one.is_primary), None)


class LicenceField(serializers.CharField):
    """The licence of the data, the same for every record: its code of the SPDX list."""

    def __init__(self, **kwargs):
        super().__init__(source="*", read_only=True, **kwargs)

    def to_representation(self, record) -> str:
        return data_licence().code


class ActorReferenceSerializer(PublicSerializer):
    """An actor as another record names it."""

    uid = serializers.UUIDField(read_only=True)
    slug = serializers.SlugField(read_only=True)
    name = serializers.CharField(read_only=True)
    url = AddressField("actors:actor-detail")
    api_url = AddressField("api:actor-detail")


class ActorSerializer(PublicSerializer):
    """An actor in a list."""

    uid = serializers.UUIDField(read_only=True)
    slug = serializers.SlugField(read_only=True)
    url = AddressField("actors:actor-detail")
    api_url = AddressField("api:actor-detail")
    name = serializers.CharField(read_only=True)
    short_name = optional()
    kind = serializers.ChoiceField(ActorKind.choices, read_only=True)
    summary = TextField()
    website = optional(serializers.URLField)
    address = PostalAddressSerializer(source="*", read_only=True)
    latitude = optional(serializers.FloatField)
    longitude = optional(serializers.FloatField)
    location_accuracy = optional(serializers.ChoiceField, choices=LocationAccuracy.choices)
    layers = PlacedLayerSerializer(source="public_placements", many=True, read_only=True)
    areas = FocusSerializer(source="public_foci", many=True, read_only=True)
    clusters = MembershipSerializer(source="public_memberships", many=True, read_only=True)
    updated_at = MomentField(source="public_updated_at")


class ServiceSerializer(PublicSerializer):
    title = TextField()
    description = TextField()
    layer = LayerReferenceSerializer(read_only=True, allow_null=True)
    areas = NamedSerializer(source="public_areas", many=True, read_only=True)


class IdentifierSerializer(PublicSerializer):
    scheme = serializers.ChoiceField(IdentifierScheme.choices, read_only=True)
    value = serializers.CharField(read_only=True)
    url = optional(serializers.URLField)


class ActorEndSerializer(PublicSerializer):
    """A relation seen from one of its ends."""

    kind = serializers.ChoiceField(RelationKind.choices, read_only=True)
    direction = serializers.ChoiceField(DIRECTIONS, read_only=True)
    actor = ActorReferenceSerializer(read_only=True)
    since = optional(serializers.IntegerField)
    until = optional(serializers.IntegerField)


class ActorProjectSerializer(PublicSerializer):
    """A cooperation project of an actor; `clusters/{slug}/projects/` of its cluster says the rest."""

    slug = serializers.SlugField(source="project.slug", read_only=True)
    title = TextField(source="project.title")
    role = serializers.ChoiceField(PartnerRole.choices, read_only=True)
    cluster = ClusterReferenceSerializer(read_only=True)
    starts_on = optional(serializers.DateField, source="project.starts_on")
    ends_on = optional(serializers.DateField, source="project.ends_on")


class ContactSerializer(PublicSerializer):
    name = serializers.CharField(read_only=True)
    role = TextField()
    email = optional()
    phone = optional()


def _facts(*groups: Group) -> dict[str, serializers.Field]:
    """The plain facts of these groups that everybody may see and that no list shows already."""
    shown = [one for one in fields_in(*groups) if one.is_public and one.in_tables and not one.in_lists]
    return {one.text or one.name: TextField() if one.text else _fact(one.name) for one in shown}


def _fact(name: str) -> serializers.Field:
    field = own_field(Actor, name)
    if field.choices:
        return optional(serializers.ChoiceField, choices=field.choices)
    return optional(_KINDS.get(type(field), serializers.CharField))


class ActorDetailSerializer(ActorSerializer):
    """An actor by itself. Its plain facts follow from `actors/columns/fields.py`; what is nested stands here."""

    layers = GroundedLayerSerializer(source="public_placements", many=True, read_only=True)
    vars().update(_facts(Group.TEXTS, Group.WHO, Group.NUMBERS, Group.WHERE, Group.CONTACT))
    logo = FileField()
    topics = NamedSerializer(source="public_topics", many=True, read_only=True)
    services = ServiceSerializer(source="public_services", many=True, read_only=True)
    identifiers = IdentifierSerializer(source="public_identifiers", many=True, read_only=True)
    relations = ActorEndSerializer(source="public_relations", many=True, read_only=True)
    contacts = ContactSerializer(source="public_contacts", many=True, read_only=True)
    vars().update(_facts(Group.CURATION))
    created_at = MomentField()
    aliases = AliasSerializer(source="public_aliases", many=True, read_only=True)
    main_layer = MainLayerField()
    memberships = AffiliationSerializer(source="public_affiliations", many=True, read_only=True)
    projects = ActorProjectSerializer(source="public_projects", many=True, read_only=True)
    licence = LicenceField()
    version = serializers.CharField(read_only=True)


class RelationSerializer(PublicSerializer):
    """A relation seen from outside: from source to target, or between the two."""

    uid = serializers.UUIDField(read_only=True)
    kind = serializers.ChoiceField(RelationKind.choices, read_only=True)
    is_directed = serializers.BooleanField(read_only=True)
    # Of the answer: REST framework takes the fields out of the class.
    source = ActorReferenceSerializer(read_only=True)  # type: ignore[assignment]
    target = ActorReferenceSerializer(read_only=True)
    since = optional(serializers.IntegerField)
    until = optional(serializers.IntegerField)
    note = TextField()
    evidence = optional(serializers.URLField)
    updated_at = MomentField()
