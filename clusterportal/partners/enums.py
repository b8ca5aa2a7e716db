"""What an entry of the feed is about, and what happened to it."""

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
