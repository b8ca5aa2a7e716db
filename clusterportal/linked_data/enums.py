"""Codes of linked data."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scheme(models.TextChoices):
    """Concept schemes, by the last part of their IRI and of their address under `vocabulary/`."""

    LAYERS = "layers", _("Layers of the innovation and competence chain")
    AREAS = "application-areas", _("Application areas")
    TOPICS = "topics", _("Topics that actors work on")
    KINDS = "kinds", _("Kinds of actors")


class Kind(models.TextChoices):
    """Kinds of records that have an IRI."""

    ACTOR = "actor"
    LAYER = "layer"
    AREA = "area"
    CLUSTER = "cluster"
    TOPIC = "topic"
