"""Codes of the network. The value is stored and sent by the API, the label is for people."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from actors.enums import RelationKind


class ProjectStatus(models.TextChoices):
    """What follows from the dates of a project and a day; never stored."""

    PLANNED = "planned", _("planned")
    RUNNING = "running", _("running")
    ENDED = "ended", _("ended")


class Border(models.TextChoices):
    """Which ties belong to the network of a cluster or of some actors."""

    INSIDE = "inside", _("ties among them")
    TOUCHING = "touching", _("ties among them and those that lead out")


PROJECT = "project"  # the kind of a tie that a cooperation project stands behind
TIE_KINDS = [*RelationKind.values, PROJECT]
