"""What an import is of, and the states it goes through."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportNoun(models.TextChoices):
    ACTORS = "actors", _("Actors")
    RELATIONS = "relations", _("Relations")
    TOPICS = "topics", _("Topics")
    LAYERS = "layers", _("Layers")
    AREAS = "areas", _("Application areas")
    CLUSTERS = "clusters", _("Clusters")
    REGIONS = "regions", _("Regions")
    PROJECTS = "projects", _("Cooperation projects")


class RunState(models.TextChoices):
    UPLOADED = "uploaded", _("Uploaded")
    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Checked")
    WRITING = "writing", _("Being written")
    DONE = "done", _("Imported")
    FAILED = "failed", _("Failed")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")


BUSY = frozenset({RunState.CHECKING, RunState.WRITING, RunState.UNDOING})
# States in which people can still say how the file is read.
OPEN = frozenset({RunState.UPLOADED, RunState.CHECKED, RunState.FAILED})

# Decides that a row is a new actor. Other decisions are LEFT_OUT (of the plan) and the key of the actor that it means.
NEW = "new"
