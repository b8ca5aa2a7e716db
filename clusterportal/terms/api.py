"""Other words for a term in the public API."""

from rest_framework import serializers

from clusterportal.core.api.serializers import PublicSerializer, optional
from clusterportal.terms.enums import SynonymKind


class SynonymSerializer(PublicSerializer):
    name = serializers.CharField(read_only=True)
    kind = serializers.ChoiceField(SynonymKind.choices, read_only=True)
    language = optional()  # null: the same in every language
