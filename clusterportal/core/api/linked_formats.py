"""The formats of linked data: JSON-LD, and Turtle made of it, so that both say the same."""

import json

from rest_framework.renderers import BaseRenderer
from rest_framework.utils.encoders import JSONEncoder

from clusterportal.core.api.formats import JsonLdFormat

# In place of the empty prefix that the vocabulary of a context would have.
_PREFIXES = {
    "schema": "http://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcat": "http://www.w3.org/ns/dcat#",
}
# What JSON-LD documents are in the OpenAPI schema: a node, a document about one, a document about many.
_IRI = {"type": "string", "format": "uri"}
_CONTEXT = {
    "type": "object",
    "required": ["@vocab"],
    "properties": {"@vocab": _IRI},
    "additionalProperties": True,
}
_TYPE = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
NODE = {
    "type": "object",
    "required": ["@id", "@type"],
    "properties": {"@id": _IRI, "@type": _TYPE},
    "additionalProperties": True,
}
ONE = {
    **NODE,
    "required": ["@context", "@id", "@type"],
    "properties": {"@context": _CONTEXT, "@id": _IRI, "@type": _TYPE},
}
MANY = {
    "type": "object",
    "required": ["@context", "@graph"],
    "properties": {"@context": _CONTEXT, "@graph": {"type": "array", "items": NODE}},
}


class TurtleFormat(BaseRenderer):
    media_type = "text/turtle"
    format = "ttl"
    charset = "utf-8"

    def render(self, data, accepted_media_type=None, renderer_context=None) -> bytes:
        return as_turtle(data)


LINKED_FORMATS = [JsonLdFormat, TurtleFormat]
LINKED = frozenset(one.format for one in LINKED_FORMATS)


def as_turtle(document: dict) -> bytes:
    """A JSON-LD document as Turtle. Its context must stand in it: nothing is fetched."""
    # It takes half a second to load, and few ask for Turtle.
    from rdflib import Graph

    graph = Graph().parse(data=json.dumps(document, cls=JSONEncoder), format="json-ld")
    for prefix, namespace in _PREFIXES.items():
        graph.bind(prefix, namespace, replace=True)
    return graph.serialize(format="turtle", encoding="utf-8")
