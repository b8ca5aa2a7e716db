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


class Section(models.TextChoices):
    """Parts of cluster management that a cluster may release to the public, in the order of its monitor."""

    INDICATORS = "indicators", _("Key figures")
    LIFE_CYCLE = "life_cycle", _("Life cycle and knowledge")
    NETWORK = "network", _("Network")
    PROJECTS = "projects", _("Cooperation projects")
    CRITERIA = "criteria", _("Criteria")
    LABELS = "labels", _("Labels")
    KPIS = "kpis", _("Causal chain")
    ACTION_PLAN = "action_plan", _("Action plan")
    MATCHMAKING = "matchmaking", _("Matchmaking and visits")
    FINANCING = "financing", _("Financing")
