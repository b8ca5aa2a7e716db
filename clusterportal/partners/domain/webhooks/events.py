"""What is told: the entries of the feed as messages of Standard Webhooks, with an id that all endpoints share."""

from dataclasses import dataclass
from datetime import datetime

import orjson
from django.conf import settings

from clusterportal.core.api.absolute_addresses import Addresses
from clusterportal.core.api.serializers import moment_text
from clusterportal.partners.domain.entries import as_told
from clusterportal.partners.domain.feed import cursor_at
from clusterportal.partners.enums import OrderKind
from clusterportal.partners.models import FeedEntry, WebhookOrder


@dataclass(frozen=True)
class Event:
    """`id` is the webhook-id: the same with every attempt and at every endpoint."""

    id: str
    type: str
    body: str


def of_entry(entry: FeedEntry, *, epoch: str) -> Event:
    """An entry of the feed, word for word as `changes/` gives it."""
    data = as_told(entry, epoch, _addresses())
    return _event(f"evt_{data['cursor']}", f"{entry.object}.{entry.op}", entry.at, data)


def of_order(order: WebhookOrder, *, epoch: str) -> Event:
    """A test, or word that a new copy is needed: from the snapshot on, everything is told again."""
    cursor = cursor_at(epoch, order.last_position)
    if order.kind == OrderKind.TEST:
        return _event(f"test_{order.pk}_{cursor}", "test", order.at, {"cursor": cursor})
    data = {"reason": order.reason, "snapshot": _addresses().of("api:snapshot"), "cursor": cursor}
    return _event(f"reset_{order.pk}_{cursor}", "feed.reset", order.at, data)


def _event(id: str, type: str, at: datetime, data: dict) -> Event:
    body = {"type": type, "timestamp": moment_text(at), "data": data}
    return Event(id, type, orjson.dumps(body).decode())


def _addresses() -> Addresses:
    return Addresses(settings.SITE_URL, settings.LANGUAGE_CODE)
