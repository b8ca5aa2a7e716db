"""An entry of the feed as partners are told of it: the same in pages, streams and webhooks."""

from clusterportal.core.api.absolute_addresses import Addresses
from clusterportal.core.api.serializers import moment_text
from clusterportal.partners.domain import feed
from clusterportal.partners.enums import FeedObject
from clusterportal.partners.models import FeedEntry

_ADDRESSES = {
    FeedObject.LAYER: "api:layer-detail",
    FeedObject.AREA: "api:application-area-detail",
    FeedObject.CLUSTER: "api:cluster-detail",
    FeedObject.TOPIC: "api:topic-detail",
    FeedObject.ACTOR: "api:actor-detail",
    FeedObject.CONTRIBUTION: "api:news-detail",  # which knows every kind
}


def as_told(entry: FeedEntry, epoch: str, addresses: Addresses) -> dict:
    """The members of an entry as JSON has them; a relation has no slug and no address of its own."""
    address = _ADDRESSES.get(FeedObject(entry.object))
    return {
        "cursor": feed.cursor_at(epoch, entry.position),
        "at": moment_text(entry.at),
        "object": entry.object,
        "uid": str(entry.uid),
        "slug": entry.slug or None,
        "op": entry.op,
        "url": addresses.of(address, entry.slug) if address else None,
        "merged_into": str(entry.merged_into) if entry.merged_into else None,
        "fields": entry.fields,
    }
