"""What answers of a reconciliation service look like, as JSON schemas of our own.

Written from the text of the Reconciliation Service API 0.2
(https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/), as strict as it allows.
"""

_TEXT = {"type": "string"}
_NAMED = {
    "type": "object",
    "required": ["id", "name"],
    "properties": {"id": _TEXT, "name": _TEXT, "description": _TEXT},
}
_SERVICE = {
    "type": "object",
    "required": ["service_url", "service_path"],
    "properties": {
        "service_url": _TEXT,
        "service_path": _TEXT,
        "flyout_service_url": _TEXT,
        "flyout_service_path": {"type": "string", "pattern": r"\$\{id\}"},
    },
    "additionalProperties": False,
}
_TEMPLATE = {"type": "string", "pattern": r"\{\{id\}\}"}

MANIFEST = {
    "type": "object",
    "required": ["versions", "name", "identifierSpace", "schemaSpace"],
    "properties": {
        "versions": {"type": "array", "items": _TEXT, "contains": {"const": "0.2"}},
        "name": _TEXT,
        "identifierSpace": {"type": "string", "pattern": "^https?://"},
        "schemaSpace": {"type": "string", "pattern": "^https?://"},
        "documentation": _TEXT,
        "view": {"type": "object", "required": ["url"], "properties": {"url": _TEMPLATE}},
        "defaultTypes": {"type": "array", "items": _NAMED, "uniqueItems": True},
        "suggest": {"type": "object", "properties": dict.fromkeys(("entity", "property", "type"), _SERVICE)},
        "preview": {
            "type": "object",
            "required": ["url", "width", "height"],
            "properties": {"url": _TEMPLATE, "width": {"type": "integer"}, "height": {"type": "integer"}},
        },
        "extend": {
            "type": "object",
            "properties": {"propose_properties": _SERVICE, "property_settings": {"type": "array"}},
        },
        "batchSize": {"type": "integer", "minimum": 1},
    },
    "additionalProperties": False,
}
RESULTS = {
    "type": "object",
    "additionalProperties": {
        "type": "object",
        "required": ["result"],
        "additionalProperties": False,
        "properties": {
            "result": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["id", "name", "score"],
                    "additionalProperties": False,
                    "properties": {
                        "id": _TEXT,
                        "name": _TEXT,
                        "description": _TEXT,
                        "score": {"type": "number"},
                        "match": {"type": "boolean"},
                        "type": {"type": "array", "items": _NAMED},
                        "features": {
                            "type": "array",
                            "items": {
                                "type": "object",
                                "required": ["id", "value"],
                                "additionalProperties": False,
                                "properties": {"id": _TEXT, "value": {"type": ["number", "boolean"]}},
                            },
                        },
                    },
                },
            }
        },
    },
}
SUGGESTIONS = {
    "type": "object",
    "required": ["result"],
    "properties": {
        "result": {
            "type": "array",
            "items": {
                **_NAMED,
                "properties": {**_NAMED["properties"], "notable": {"type": "array", "items": _NAMED}},
            },
        }
    },
}
PROPOSED = {
    "type": "object",
    "required": ["properties"],
    "properties": {
        "properties": {"type": "array", "items": _NAMED},
        "type": _TEXT,
        "limit": {"type": "integer"},
    },
    "additionalProperties": False,
}
_CELL = {
    "oneOf": [
        {"type": "object", "required": [name], "properties": {name: kind}, "additionalProperties": False}
        for name, kind in (("str", _TEXT), ("int", {"type": "integer"}), ("float", {"type": "number"}))
    ]
}
EXTENDED = {
    "type": "object",
    "required": ["meta", "rows"],
    "additionalProperties": False,
    "properties": {
        "meta": {"type": "array", "items": {**_NAMED, "additionalProperties": False}},
        "rows": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "additionalProperties": {"type": "array", "items": _CELL},
            },
        },
    },
}
