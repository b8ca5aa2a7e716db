"""The application areas in the public API."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from applications.models import ApplicationArea
from clusterportal.core.api.counted import ActorCountField, CountedViewSet
from clusterportal.core.api.serializers import AddressField, MomentField, PublicSerializer, TextField
from clusterportal.terms.api import SynonymSerializer


class ApplicationAreaSerializer(PublicSerializer):
    uid = serializers.UUIDField(read_only=True)
    slug = serializers.SlugField(read_only=True)
    url = AddressField("areas:area-detail")
    api_url = AddressField("api:application-area-detail")
    name = TextField()
    description = TextField()
    synonyms = SynonymSerializer(many=True, read_only=True)
    actor_count = ActorCountField()
    updated_at = MomentField()


class ApplicationAreaViewSet(CountedViewSet):
    """The application areas in use."""

    about = {"list": _("The application areas in use"), "retrieve": _("One application area")}
    queryset = ApplicationArea.objects.active().prefetch_related("synonyms")
    serializer_class = ApplicationAreaSerializer
    tag = "model"
