"""What the public sees of requests and offers. Nothing is decided here."""

from rest_framework import serializers

from actors.api.serializers import ActorReferenceSerializer
from clusterportal.core.api.serializers import (
    AddressField,
    MomentField,
    NamedSerializer,
    PublicSerializer,
    TextField,
    optional,
)
from clusterportal.partnering.enums import Outcome, SearchKind, Standing
from layers.api import LayerReferenceSerializer


class PartnerSearchSerializer(PublicSerializer):
    """A request for a layer of the chain, or an offer of one. `languages`: those that have a title."""

    uid = serializers.UUIDField(read_only=True)
    slug = serializers.SlugField(read_only=True)
    url = AddressField("pages:partner-search-detail")
    api_url = AddressField("api:partner-search-detail")
    kind = serializers.ChoiceField(SearchKind.choices, read_only=True)
    title = TextField()
    languages = serializers.ListField(child=serializers.CharField(), read_only=True)
    actor = ActorReferenceSerializer(read_only=True)
    layer = LayerReferenceSerializer(read_only=True)
    areas = NamedSerializer(many=True, read_only=True)
    topics = NamedSerializer(many=True, read_only=True)
    deadline = optional(serializers.DateField)
    state = serializers.SerializerMethodField()
    outcome = optional(serializers.ChoiceField, choices=Outcome.choices)
    is_example = serializers.BooleanField(read_only=True)
    published_at = MomentField()
    updated_at = MomentField()

    def get_state(self, search) -> Standing:
        return search.standing_on(self.context["today"])


class FitSerializer(PublicSerializer):
    """An actor that may fit, and why: what it shares with the request or the offer. The best stand first."""

    actor = ActorReferenceSerializer(read_only=True)
    areas = NamedSerializer(many=True, read_only=True)
    topics = serializers.ListField(child=serializers.CharField(), read_only=True)
    service = optional()
    is_near = serializers.BooleanField(read_only=True)
    complementarity = serializers.FloatField(read_only=True)


class PartnerSearchDetailSerializer(PartnerSearchSerializer):
    text = TextField()
    follower_count = serializers.IntegerField(read_only=True)
    source = optional(serializers.URLField)
    expired_at = MomentField(allow_null=True)
    closed_at = MomentField(allow_null=True)
    outcome_note = optional()
    fits = FitSerializer(source="fits.shown", many=True, read_only=True)
    fit_count = serializers.IntegerField(source="fits.count", read_only=True)
