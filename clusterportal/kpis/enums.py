from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Stage(models.TextChoices):
    """Links of the causal chain, from what is put in to what stays."""

    INPUT = "input", pgettext_lazy("causal chain", "Input")
    ACTIVITY = "activity", pgettext_lazy("causal chain", "Activity")
    OUTPUT = "output", pgettext_lazy("causal chain", "Output")
    OUTCOME = "outcome", pgettext_lazy("causal chain", "Outcome")
    IMPACT = "impact", pgettext_lazy("causal chain", "Impact")


class Frequency(models.TextChoices):
    """How often a value is recorded."""

    MONTHLY = "monthly", _("monthly")
    QUARTERLY = "quarterly", _("quarterly")
    HALF_YEARLY = "half_yearly", _("half-yearly")
    YEARLY = "yearly", _("yearly")


class Direction(models.TextChoices):
    """Which way is good."""

    HIGHER = "higher", _("more is better")
    LOWER = "lower", _("less is better")
    NEUTRAL = "neutral", _("neither")
