"""Typeahead answers."""

from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.response import Response

from actors.search.query import LONGEST_QUESTION
from actors.search.suggestions import KINDS, LIMIT, Suggestion, suggestions_of_all
from clusterportal.core.api.parameters import parameter
from clusterportal.core.api.problems import InvalidParameters
from clusterportal.core.api.serializers import TEXT_SCHEMA, PublicSerializer, optional
from clusterportal.core.api.views import PublicView

# kind -> (page, parameter of the page that takes the value, or "" where the value is part of the address)
_PAGES = {
    "actor": ("actors:actor-detail", ""),
    "area": ("areas:area-detail", ""),
    "layer": ("layers:layer-detail", ""),
    "topic": ("actors:actor-list", "topic"),
    "place": ("actors:actor-list", "city"),
}
_ENDPOINTS = {
    "actor": ("api:actor-detail", ""),
    "area": ("api:application-area-detail", ""),
    "layer": ("api:layer-detail", ""),
    "topic": ("api:topic-detail", ""),
    "place": ("api:actor-list", "city"),
    "contribution": ("api:news-detail", ""),
}


@extend_schema_field(TEXT_SCHEMA)
class LabelField(serializers.Field):
    def to_representation(self, one: Suggestion):
        language = self.context["language"]
        is_object = language.is_every and not one.is_proper_name
        return one.labels if is_object else one.labels[language.spoken]


class TargetField(serializers.URLField):
    """Where a suggestion leads."""

    def __init__(self, targets: dict, **kwargs):
        super().__init__(source="*", read_only=True, **kwargs)
        self.targets = targets

    def to_representation(self, one: Suggestion) -> str:  # type: ignore[override]  # by source="*"
        name, argument = self.targets.get(one.kind, (one.page, ""))
        addresses = self.context["addresses"]
        return (
            f"{addresses.of(name)}?{urlencode({argument: one.value})}"
            if argument
            else addresses.of(name, one.value)
        )


class SuggestionSerializer(PublicSerializer):
    kind = serializers.ChoiceField(KINDS, read_only=True)
    # Of the answer: REST framework takes the fields out of the class.
    label = LabelField(source="*", read_only=True)  # type: ignore[assignment]
    url = TargetField(_PAGES)
    api_url = TargetField(_ENDPOINTS)
    value = serializers.CharField(read_only=True)
    found_by = optional(help_text=_("The synonym or acronym that answers, where the label itself does not."))


class SuggestionListSerializer(PublicSerializer):
    results = SuggestionSerializer(many=True, read_only=True)


class SuggestView(PublicView):
    """At most ten answers for a few letters: actors, areas, layers, topics and places, typing errors forgiven; news."""

    about = _(
        "Typeahead: actors, areas, layers, topics and places for a few letters, typing errors forgiven; news and "
        "dates by words of their headlines"
    )
    tag = "actors"
    serializer_class = SuggestionListSerializer

    def own_parameters(self) -> list:
        text = {"type": "string", "minLength": 0, "maxLength": LONGEST_QUESTION}
        about = _("What somebody has typed so far; at most %(limit)s answers.") % {"limit": LIMIT}
        return [parameter("q", about, text, required=True, example="frauenhofer")]

    def get(self, request):
        text = request.query_params.get("q")
        if text is None:
            raise InvalidParameters({"q": [_("This parameter is required.")]})
        if len(text) > LONGEST_QUESTION:
            raise InvalidParameters(
                {"q": [_("Give at most %(limit)s characters.") % {"limit": LONGEST_QUESTION}]}
            )
        shown = {"results": suggestions_of_all(text)}
        return Response(SuggestionListSerializer(shown, context=self.get_serializer_context()).data)
