"""The public records that partners copy: each kind as the API shows it, in every language, and nothing that is counted.

How many actors a layer or topic has is left out: it follows from the actors, and would change with each of them.
"""

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

import orjson
from django.db.models import QuerySet
from rest_framework.utils.encoders import JSONEncoder

from actors.api.nested import with_parts
from actors.api.relations import RELATIONS
from actors.api.serializers import ActorDetailSerializer, RelationSerializer
from actors.api.topics import TopicSerializer, TopicViewSet
from actors.models import Actor
from applications.api import ApplicationAreaSerializer, ApplicationAreaViewSet
from clusterportal.clusters.api import ClusterDetailSerializer, ClusterViewSet
from clusterportal.core.api.absolute_addresses import Addresses
from clusterportal.core.api.answer_language import EVERY, AnswerLanguage
from clusterportal.core.api.serializers import PublicSerializer
from clusterportal.partners.enums import FeedObject
from layers.api import LayerSerializer, LayerViewSet

BLOCK = 200  # records read from the database at once
_COUNTED, _CONTACTS = "actor_count", "contacts"


@dataclass(frozen=True)
class RecordKind:
    """How records of a kind are read and written."""

    public: Callable[[], QuerySet]
    serializer: type[PublicSerializer]
    read: Callable[[list[int], list[str]], list] | None = None  # where a queryset is not the way
    # The keys of those that name one of the given records; of kinds that stand above this room.
    naming: Callable[[Mapping[FeedObject, set[int]]], set[int]] | None = None

    def of(self, keys: list[int], names: list[str]) -> list:
        """The public ones of `keys` with all that the fields `names` need, in no order."""
        return self.read(keys, names) if self.read else list(self.public().filter(pk__in=keys))


KINDS = {
    FeedObject.LAYER: RecordKind(LayerViewSet.queryset.all, LayerSerializer),
    FeedObject.AREA: RecordKind(ApplicationAreaViewSet.queryset.all, ApplicationAreaSerializer),
    FeedObject.CLUSTER: RecordKind(ClusterViewSet.queryset.all, ClusterDetailSerializer),
    FeedObject.TOPIC: RecordKind(TopicViewSet.queryset.all, TopicSerializer),
    FeedObject.ACTOR: RecordKind(Actor.objects.published, ActorDetailSerializer, with_parts),
    FeedObject.RELATION: RecordKind(RELATIONS.all, RelationSerializer),
}


def follow(object: FeedObject, kind: RecordKind) -> None:
    """Let the feed tell of records of a room above; its SQL says by `registry_watch_for_feed` what leaves notes."""
    KINDS[object] = kind


def records(
    object: FeedObject, keys: list[int], *, with_contacts: bool, base: str = "", besides: Collection[str] = ()
) -> Iterator[tuple[int, dict]]:
    """(key, record) of the public ones of `keys`, in their order, without the fields `besides`.

    Addresses are on the host `base`. `with_contacts`: with the persons to talk to, who agreed to be shown one by one.
    """
    kind, language = KINDS[object], AnswerLanguage(EVERY)
    left_out = {_COUNTED, *besides} | (set() if with_contacts else {_CONTACTS})
    names = [name for name in kind.serializer.names() if name not in left_out]
    context = {"language": language, "addresses": Addresses(base, language.spoken)}
    # One for all: making a serializer with what is nested in it takes longer than writing a record.
    write = kind.serializer(only=names, context=context).to_representation
    for begin in range(0, len(keys), BLOCK):
        block = keys[begin : begin + BLOCK]
        place = {key: number for number, key in enumerate(block)}
        for one in sorted(kind.of(block, names), key=lambda found: place[found.pk]):
            yield one.pk, write(one)


def digests(record: dict) -> dict[str, str]:
    """A short digest of each field, by which two versions of a record are compared."""
    return {
        name: hashlib.blake2b(as_json(value, in_order=True), digest_size=9).hexdigest()
        for name, value in record.items()
    }


def as_json(value, *, in_order: bool = False) -> bytes:
    """`value` as the API writes it; `in_order`: names sorted, so that equal values have equal bytes."""
    option = orjson.OPT_NON_STR_KEYS | (orjson.OPT_SORT_KEYS if in_order else 0)
    return orjson.dumps(value, default=JSONEncoder().default, option=option)
