from clusterportal.partners.models.dump import Dump
from clusterportal.partners.models.feed import FeedEntry, FeedNote, FeedState, ToldRecord
from clusterportal.partners.models.partner import ApiKey, Partner
from clusterportal.partners.models.usage import RequestCount, Usage
from clusterportal.partners.models.webhook import (
    ToldActor,
    WebhookAttempt,
    WebhookEndpoint,
    WebhookMail,
    WebhookOrder,
)

__all__ = [
    "ApiKey",
    "Dump",
    "FeedEntry",
    "FeedNote",
    "FeedState",
    "Partner",
    "RequestCount",
    "ToldActor",
    "ToldRecord",
    "Usage",
    "WebhookAttempt",
    "WebhookEndpoint",
    "WebhookMail",
    "WebhookOrder",
]
