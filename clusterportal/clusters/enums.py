from django.db import models
from django.utils.translation import gettext_lazy as _


class ClusterKind(models.TextChoices):
    WORLD_CLASS = "world_class", _("World-class cluster")
    INNOVATION = "innovation", _("Innovation cluster")
    REGIONAL = "regional", _("Regional cluster")
    MINI = "mini", _("Mini cluster")


class LifeCycle(models.TextChoices):
    """Stages of a cluster's life (Menzel and Fornahl 2010; Terstriep)."""

    EMERGENCE = "emergence", _("Emergence")
    GROWTH = "growth", _("Growth")
    SUSTAINMENT = "sustainment", _("Sustainment")
    DECLINE = "decline", _("Decline")
    TRANSFORMATION = "transformation", _("Transformation")
