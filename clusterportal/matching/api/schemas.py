"""The answers of the service as JSON schemas, for the OpenAPI document: written after the specification 0.2."""

from clusterportal.core.api.problems import CONTENT_TYPE, PROBLEM_SCHEMA
from clusterportal.matching.domain.scoring import FEATURES

_TEXT = {"type": "string"}
_NAMED = {"type": "object", "required": ["id", "name"], "properties": {"id": _TEXT, "name": _TEXT}}
_NAMED_LIST = {"type": "array", "items": _NAMED}
_URL = {"type": "string", "format": "uri"}
_SERVICE = {"type": "object", "properties": {"service_url": _URL, "service_path": _TEXT}}

TOO_MUCH = {(413, CONTENT_TYPE): PROBLEM_SCHEMA}
NO_FORM = {
    (status, CONTENT_TYPE): PROBLEM_SCHEMA for status in (411, 415)
}  # of what is sent as another thing
FORM = {"type": "object", "properties": {"queries": _TEXT, "extend": _TEXT}, "additionalProperties": False}
CANDIDATE = {
    "type": "object",
    "required": ["id", "name", "score", "match", "type", "features"],
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "name": _TEXT,
        "description": _TEXT,
        "type": _NAMED_LIST,
        "score": {"type": "number", "minimum": 0, "maximum": 100},
        "match": {"type": "boolean"},
        "features": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "value"],
                "properties": {
                    "id": {"type": "string", "enum": list(FEATURES)},
                    "value": {"type": ["number", "boolean"]},
                },
            },
        },
    },
}
_MATCHED = {
    "type": "object",
    "additionalProperties": {
        "type": "object",
        "required": ["result"],
        "properties": {"result": {"type": "array", "items": CANDIDATE}},
    },
}
_VALUE = {
    "type": "object",
    "properties": {"str": _TEXT, "int": {"type": "integer"}, "float": {"type": "number"}},
    "minProperties": 1,
    "maxProperties": 1,
}
_EXTENDED = {
    "type": "object",
    "required": ["meta", "rows"],
    "properties": {
        "meta": _NAMED_LIST,
        "rows": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "additionalProperties": {"type": "array", "items": _VALUE},
            },
        },
    },
}
_MANIFEST = {
    "type": "object",
    "required": ["versions", "name", "identifierSpace", "schemaSpace"],
    "properties": {
        "versions": {"type": "array", "items": _TEXT},
        "name": _TEXT,
        "identifierSpace": _URL,
        "schemaSpace": _URL,
        "documentation": _URL,
        "view": {"type": "object", "properties": {"url": _TEXT}},
        "defaultTypes": _NAMED_LIST,
        "suggest": {"type": "object", "additionalProperties": _SERVICE},
        "preview": {"type": "object"},
        "extend": {"type": "object"},
        "batchSize": {"type": "integer"},
    },
}
RESULTS = {"anyOf": [_EXTENDED, _MATCHED]}
MANIFEST_OR_RESULTS = {"anyOf": [_MANIFEST, _EXTENDED, _MATCHED]}
SUGGESTIONS = {
    "type": "object",
    "required": ["result"],
    "properties": {
        "result": {
            "type": "array",
            "items": {
                **_NAMED,
                "properties": {"id": _TEXT, "name": _TEXT, "description": _TEXT, "notable": _NAMED_LIST},
            },
        }
    },
}
PROPOSED = {
    "type": "object",
    "required": ["properties"],
    "properties": {"properties": _NAMED_LIST, "type": _TEXT, "limit": {"type": "integer"}},
}
FLYOUT = {"type": "object", "required": ["id", "html"], "properties": {"id": _TEXT, "html": _TEXT}}
