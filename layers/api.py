"""The five layers in the public API."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from clusterportal.core.api.counted import ActorCountField, CountedViewSet
from clusterportal.core.api.serializers import AddressField, MomentField, PublicSerializer, TextField
from layers.models import Layer


class LayerReferenceSerializer(PublicSerializer):
    slug = serializers.SlugField(read_only=True)
    position = serializers.IntegerField(read_only=True)
    name = TextField()


class LayerSerializer(PublicSerializer):
    uid = serializers.UUIDField(read_only=True)
    slug = serializers.SlugField(read_only=True)
    position = serializers.IntegerField(read_only=True)
    url = AddressField("layers:layer-detail")
    api_url = AddressField("api:layer-detail")
    name = TextField()
    claim = TextField()
    description = TextField()
    actor_count = ActorCountField()
    updated_at = MomentField()


class LayerViewSet(CountedViewSet):
    """The five layers of the innovation and competence chain."""

    about = {"list": _("The five layers of the innovation and competence chain"), "retrieve": _("One layer")}
    queryset = Layer.objects.all()
    serializer_class = LayerSerializer
    tag = "model"
