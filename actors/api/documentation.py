"""What the endpoints of the actors say in the OpenAPI schema beyond their serializers."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view

from actors.api import exports
from actors.api.serializers import ActorDetailSerializer, ActorSerializer
from actors.enums import ActorKind, LocationAccuracy
from actors.filters import FACETS
from clusterportal.core.api.linked_formats import MANY, ONE, JsonLdFormat, TurtleFormat
from clusterportal.core.api.paging import FacetedPaging
from clusterportal.core.api.problems import CONTENT_TYPE, PROBLEM_SCHEMA
from clusterportal.core.api.serializers import TEXT_SCHEMA

_FACET = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["value", "label", "count"],
        "properties": {
            "value": {"type": "string"},
            "label": TEXT_SCHEMA,
            "count": {"type": "integer", "minimum": 0},
        },
    },
}
_DEGREES = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}
_POINT = {
    "type": "object",
    "required": ["type", "coordinates"],
    "properties": {"type": {"const": "Point"}, "coordinates": _DEGREES},
}
_SLUGS = {"type": "array", "items": {"type": "string"}}
_ACTOR_FEATURE = {
    "type": "object",
    "required": ["type", "id", "geometry", "properties"],
    "properties": {
        "type": {"const": "Feature"},
        "id": {"type": "string", "format": "uuid"},
        "geometry": {"oneOf": [_POINT, {"type": "null"}]},
        "properties": {
            "type": "object",
            "required": ["uid", "slug", "url", "name", "kind", "location_accuracy", "layers", "city"],
            "properties": {
                "uid": {"type": "string", "format": "uuid"},
                "slug": {"type": "string"},
                "url": {"type": "string", "format": "uri"},
                "name": {"type": "string"},
                "kind": {"enum": ActorKind.values},
                "location_accuracy": {"enum": [*LocationAccuracy.values, None]},
                "layers": {"type": "array", "items": {"type": "integer"}},
                "city": {"type": ["string", "null"]},
                "short_name": {"type": ["string", "null"]},
                "summary": TEXT_SCHEMA,
                "website": {"type": ["string", "null"]},
                "areas": _SLUGS,
                "clusters": _SLUGS,
                "updated_at": {"type": "string", "format": "date-time"},
            },
        },
    },
}
_FEATURES = {
    "type": "object",
    "required": ["type", "features"],
    "properties": {
        "type": {"const": "FeatureCollection"},
        "features": {"type": "array", "items": _ACTOR_FEATURE},
    },
}
_BOUNDS = {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 4}
_CLUSTER_FEATURE = {
    "type": "object",
    "required": ["type", "bbox", "geometry", "properties"],
    "properties": {
        "type": {"const": "Feature"},
        "bbox": _BOUNDS,
        "geometry": _POINT,
        "properties": {
            "type": "object",
            "required": ["count", "exact_count"],
            "properties": {
                "count": {"type": "integer", "minimum": 2},
                "exact_count": {
                    "type": "integer",
                    "minimum": 0,
                    "description": _("Those whose point marks their building or street."),
                },
            },
        },
    },
}
MAP = {
    "type": "object",
    "required": ["type", "count", "features"],
    "properties": {
        "type": {"const": "FeatureCollection"},
        "count": {"type": "integer", "minimum": 0, "description": _("Actors on this section of the map.")},
        "bbox": _BOUNDS,
        "features": {"type": "array", "items": {"anyOf": [_CLUSTER_FEATURE, _ACTOR_FEATURE]}},
    },
}


GROUPS = {
    "dimensions": {
        "type": "array",
        "description": _("With `group_by`, which leaves `results` empty: what the actors are grouped by."),
        "items": {
            "type": "object",
            "required": ["name", "total", "values"],
            "properties": {
                "name": {"type": "string"},
                "total": {
                    "type": "integer",
                    "minimum": 0,
                    "description": _("How many values there are with those that are left out."),
                },
                "values": _FACET,
            },
        },
    },
    "groups": {
        "type": "array",
        "description": _("With `group_by`: the values of each group, and how many actors are in it."),
        "items": {"type": "object", "required": ["count"], "additionalProperties": True},
    },
}


class ActorPaging(FacetedPaging):
    facets = dict.fromkeys(FACETS, _FACET)

    def get_paginated_response_schema(self, schema) -> dict:
        page = super().get_paginated_response_schema(schema)
        page["properties"] |= GROUPS
        return page


documented = extend_schema_view(
    list=extend_schema(
        responses={
            (200, "application/json"): ActorSerializer(many=True),
            (200, exports.CsvFormat.media_type): OpenApiTypes.STR,
            (200, exports.XlsxFormat.media_type): OpenApiTypes.BINARY,
            (200, exports.GeoJsonFormat.media_type): _FEATURES,
            (200, JsonLdFormat.media_type): MANY,
            (200, TurtleFormat.media_type): OpenApiTypes.STR,
            (200, exports.NdjsonFormat.media_type): OpenApiTypes.STR,
        }
    ),
    retrieve=extend_schema(
        responses={
            (200, "application/json"): ActorDetailSerializer,
            (200, JsonLdFormat.media_type): ONE,
            (200, TurtleFormat.media_type): OpenApiTypes.STR,
            301: OpenApiResponse(description=_("The actor has another address today.")),
            (410, CONTENT_TYPE): OpenApiResponse(PROBLEM_SCHEMA, _("The actor was public once.")),
        }
    ),
)
