"""Codes of criteria and labels. The value is stored and sent by the API, the label is for people."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CriterionKind(models.TextChoices):
    """Who says whether a criterion is met."""

    COMPUTED = "computed", _("computed by the registry")
    MANUAL = "manual", _("judged by the cluster management")
    SCORED = "scored", _("scored by the cluster management")


class Verdict(models.TextChoices):
    """In the order in which lists show them: what is missing stands after what is there."""

    FULFILLED = "fulfilled", _("fulfilled")
    NOT_FULFILLED = "not_fulfilled", _("not fulfilled")
    NOT_RECORDED = "not_recorded", _("not recorded")


class LabelKind(models.TextChoices):
    """In the order of the way that a cluster takes."""

    BRONZE = "bronze", pgettext_lazy("label", "ECEI Bronze")
    SILVER = "silver", pgettext_lazy("label", "ECEI Silver")
    GOLD = "gold", pgettext_lazy("label", "ECEI Gold")
    GO_CLUSTER = "go_cluster", pgettext_lazy("label", "go-cluster")


class LabelStatus(models.TextChoices):
    """Follows from the dates and is never stored. In its window a label is no longer valid, but can be renewed."""

    PLANNED = "planned", pgettext_lazy("label", "not valid yet")
    VALID = "valid", pgettext_lazy("label", "valid")
    WINDOW = "window", pgettext_lazy("label", "window to act")
    EXPIRED = "expired", pgettext_lazy("label", "expired")
