"""What an entry of the feed is about, and what happened to it; what a key may do."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FeedObject(models.TextChoices):
    """Kinds of public records, in the order in which a copy is best built: what others name comes first."""

    LAYER = "layer", _("layer")
    AREA = "area", _("application area")
    CLUSTER = "cluster", _("cluster")
    TOPIC = "topic", _("topic")
    ACTOR = "actor", _("actor")
    RELATION = "relation", _("relation")


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
