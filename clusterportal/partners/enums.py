"""What an entry of the feed is about, and what happened to it; what a key may do; webhooks."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class FeedObject(models.TextChoices):
    """Kinds of public records, in the order in which a copy is best built: what others name comes first."""

    LAYER = "layer", _("layer")
    AREA = "area", _("application area")
    CLUSTER = "cluster", _("cluster")
    TOPIC = "topic", _("topic")
    ACTOR = "actor", _("actor")
    RELATION = "relation", _("relation")
    CONTRIBUTION = "contribution", _("contribution")


class Operation(models.TextChoices):
    PUBLISHED = "published", _("published")
    UPDATED = "updated", _("updated")
    WITHDRAWN = "withdrawn", _("withdrawn")
    MERGED = "merged", _("merged")


class Scope(models.TextChoices):
    """What a key may do. Writing is granted cluster by cluster (`WRITE`) and is no choice of this list."""

    READ = "read", _("read what is public, within the limits of keys")
    READ_CONTACTS = "read:contacts", _("read contact persons in bulk, as far as they consented")
    PROPOSE = "propose", _("propose actors and changes for review")


WRITE = "write"
"""Before the permanent id of a cluster, `write:<uid>`: a key stays what it is when the cluster's address changes."""


class KeyState(models.TextChoices):
    """Whether a key works today; it follows from its days and its partner and is stored nowhere."""

    USABLE = "usable", _("works")
    EXPIRED = "expired", _("has ended")
    REVOKED = "revoked", _("revoked")
    OFF = "off", _("partner switched off")


class Signing(models.TextChoices):
    """How receivers recognise our webhooks, in the names of Standard Webhooks 1.0."""

    SYMMETRIC = "v1", _("v1: HMAC-SHA256, one secret that both sides know")
    ASYMMETRIC = "v1a", _("v1a: ed25519, the receiver needs our public key only")


class EndpointState(models.TextChoices):
    ACTIVE = "active", pgettext_lazy("endpoint", "Active")
    PAUSED = "paused", pgettext_lazy("endpoint", "Paused")


class PauseReason(models.TextChoices):
    """Why nothing goes to an endpoint, in words that follow “Paused:”."""

    BY_HAND = "by_hand", _("by hand")
    FAILED = "failed", _("no delivery was accepted for three days")
    GONE = "gone", _("the receiver answered 410, it wants no more")
    RESTORED = "restored", _("the registry was restored from a backup")
    UNREADABLE = "unreadable", _("the secret was encrypted with another SECRET_KEY")


class OrderKind(models.TextChoices):
    """What is sent to an endpoint besides the feed."""

    TEST = "test", _("test delivery")
    RESET = "reset", _("word that a new copy is needed")
    AGAIN = "again", _("events once more")
