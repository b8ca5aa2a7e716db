"""The topics that actors work on, in the public API."""

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from actors.models import Topic
from clusterportal.core.api.counted import BY_COUNT, BY_NAME, ActorCountField, CountedViewSet
from clusterportal.core.api.serializers import (
    AddressField,
    MomentField,
    NamedSerializer,
    PublicSerializer,
    TextField,
)
from clusterportal.terms.api import SynonymSerializer


class TopicSerializer(PublicSerializer):
    uid = serializers.UUIDField(read_only=True)
    slug = serializers.SlugField(read_only=True)
    api_url = AddressField("api:topic-detail")
    name = TextField()
    synonyms = SynonymSerializer(many=True, read_only=True)
    broader = NamedSerializer(many=True, read_only=True)
    narrower = NamedSerializer(many=True, read_only=True)
    actor_count = ActorCountField()
    updated_at = MomentField()


class TopicViewSet(CountedViewSet):
    """The topics that actors work on. The address of a topic that became part of another leads there."""

    about = {
        "list": _("The topics that actors work on"),
        "retrieve": _("One topic, by its slug or one that a topic had which became part of it"),
    }
    queryset = Topic.objects.public().prefetch_related(
        "synonyms", *(Prefetch(name, Topic.objects.public()) for name in ("broader", "narrower"))
    )
    serializer_class = TopicSerializer
    orderings = {**BY_NAME, **BY_COUNT}
    tag = "model"
