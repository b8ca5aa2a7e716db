"""Each concept scheme as a whole."""

from collections.abc import Callable

from django.db.models import Prefetch

from actors.enums import ActorKind
from actors.models import Topic
from applications.models import ApplicationArea
from clusterportal.core.licence import data_licence
from clusterportal.linked_data.domain import concepts
from clusterportal.linked_data.enums import Scheme
from layers.models import Layer


def _layers() -> list[dict]:
    return [concepts.of_layer(one) for one in Layer.objects.order_by("position")]


def _areas() -> list[dict]:
    return [concepts.of_area(one) for one in ApplicationArea.objects.active().prefetch_related("synonyms")]


def _topics() -> list[dict]:
    near = (Prefetch(name, Topic.objects.public()) for name in ("broader", "narrower"))
    return [concepts.of_topic(one) for one in Topic.objects.public().prefetch_related("synonyms", *near)]


def _kinds() -> list[dict]:
    return [concepts.of_kind(one) for one in ActorKind]


_CONCEPTS: dict[Scheme, Callable[[], list[dict]]] = {
    Scheme.LAYERS: _layers,
    Scheme.AREAS: _areas,
    Scheme.TOPICS: _topics,
    Scheme.KINDS: _kinds,
}


def vocabulary(scheme: Scheme) -> dict:
    """The scheme with all its concepts, as a JSON-LD document in every language."""
    found = _CONCEPTS[scheme]()
    described = concepts.scheme_of(scheme, found) | {"dct:license": data_licence().url}
    return {"@context": concepts.CONTEXT, "@graph": [described, *found]}


def vocabularies() -> dict:
    """All schemes, without their concepts."""
    return {
        "@context": concepts.CONTEXT,
        "@graph": [concepts.scheme_of(one) | {"dct:license": data_licence().url} for one in Scheme],
    }
