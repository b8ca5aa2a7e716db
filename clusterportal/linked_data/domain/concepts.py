"""Layers, areas, topics and kinds of actors as SKOS concepts (https://www.w3.org/TR/skos-reference/)."""

from collections.abc import Callable, Iterable
from typing import Any

from actors.domain.linked_data import kind_iri
from actors.enums import ActorKind
from actors.models import Topic
from applications.models import ApplicationArea
from clusterportal.core.rdf import iri_of, spoken, tagged, without_empty_values
from clusterportal.linked_data.enums import Scheme
from layers.models import Layer

_IRI = {"@type": "@id"}
CONTEXT = {
    "@vocab": "http://www.w3.org/2004/02/skos/core#",
    "dct": "http://purl.org/dc/terms/",
    **dict.fromkeys(
        ("inScheme", "topConceptOf", "hasTopConcept", "broader", "narrower", "dct:license"), _IRI
    ),
}


def document_of(describe: Callable[[Any], dict]) -> Callable[[Any], dict]:
    """`describe` of one concept, for an answer that holds nothing else."""
    return lambda record: {"@context": CONTEXT, **describe(record)}


def of_layer(layer: Layer) -> dict:
    """A layer; its notation is its place on the chain."""
    return _concept(iri_of(layer.uid), Scheme.LAYERS, layer.slug, layer, notation=str(layer.position))


def of_area(area: ApplicationArea) -> dict:
    """An application area; reads its synonyms."""
    return _concept(iri_of(area.uid), Scheme.AREAS, area.slug, area)


def of_topic(topic: Topic) -> dict:
    """A topic among the public ones; reads its synonyms, broader and narrower topics."""
    broader = [iri_of(one.uid) for one in topic.broader.all()]
    return _concept(
        iri_of(topic.uid), Scheme.TOPICS, topic.slug, topic, broader=broader
    ) | without_empty_values(
        {"broader": broader, "narrower": [iri_of(one.uid) for one in topic.narrower.all()]}
    )


def of_kind(kind: ActorKind) -> dict:
    """A kind of actor."""
    return _node(kind_iri(kind), Scheme.KINDS, str(kind), spoken(kind.label))


def _concept(iri: str, scheme: Scheme, code: str, record, *, notation: str = "", broader=()) -> dict:
    node = _node(iri, scheme, code, tagged(record, "name"), notation=notation, is_top=not broader)
    also = {"altLabel": _other_words(record, node["prefLabel"])}
    if hasattr(record, "description"):
        also["definition"] = tagged(record, "description")
    return node | without_empty_values(also)


def _node(
    iri: str, scheme: Scheme, code: str, labels: list[dict], *, notation: str = "", is_top: bool = True
) -> dict:
    """`code` is what filters of the API take; it is the notation, too, where nothing else numbers the concepts."""
    return without_empty_values(
        {
            "@id": iri,
            "@type": "Concept",
            "inScheme": iri_of(scheme),
            "topConceptOf": iri_of(scheme) if is_top else None,
            "prefLabel": labels,
            "notation": notation or code,
            "dct:identifier": code,
        }
    )


def _other_words(record, labels: list[dict]) -> list[dict]:
    """Synonyms and acronyms; SKOS wants none that is the preferred word already (S13)."""
    words = record.synonyms.all() if hasattr(record, "synonyms") else []
    texts = [
        {"@value": word.name, "@language": word.language} if word.language else {"@value": word.name}
        for word in words
    ]
    return [text for text in texts if text not in labels]


def scheme_of(scheme: Scheme, concepts: Iterable[dict] | None = None) -> dict:
    """A concept scheme, with its uppermost concepts where `concepts` are given."""
    return without_empty_values(
        {
            "@id": iri_of(scheme),
            "@type": "ConceptScheme",
            "prefLabel": spoken(scheme.label),
            "dct:title": spoken(scheme.label),
            "hasTopConcept": [one["@id"] for one in concepts or () if "topConceptOf" in one],
        }
    )
