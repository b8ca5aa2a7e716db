from django.db import models
from django.utils.translation import gettext_lazy as _


class AtlasState(models.TextChoices):
    """How far an atlas is."""

    WAITING = "waiting", _("Waiting")
    READING = "reading", _("Reading the records")
    SETTING = "setting", _("Being set")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


BUSY = (AtlasState.WAITING, AtlasState.READING, AtlasState.SETTING)
