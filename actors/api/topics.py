"""The topics that actors work on, in the public API."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from actors.models import Topic
from clusterportal.core.api.counted import BY_COUNT, BY_NAME, ActorCountField, CountedViewSet
from clusterportal.core.api.serializers import AddressField, MomentField, PublicSerializer, TextField


class TopicSerializer(PublicSerializer):
    slug = serializers.SlugField(read_only=True)
    api_url = AddressField("api:topic-detail")
    name = TextField()
    actor_count = ActorCountField()
    updated_at = MomentField()


class TopicViewSet(CountedViewSet):
    """The topics that actors work on."""

    about = {"list": _("The topics that actors work on"), "retrieve": _("One topic")}
    queryset = Topic.objects.public()
    serializer_class = TopicSerializer
    orderings = {**BY_NAME, **BY_COUNT}
    tag = "model"
