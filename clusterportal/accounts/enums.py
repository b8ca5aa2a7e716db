"""What people are for the portal."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """The role of a user; `clusterportal/roles.py` lists the permissions of each."""

    ADMINISTRATOR = "administrator", _("Administrator")
    MANAGER = "manager", _("Cluster manager")
    EDITOR = "editor", _("Editor")
    VIEWER = "viewer", _("Viewer of the admin")
    REPRESENTATIVE = "representative", _("Representative of an actor")
    PARTNER = "partner", _("API partner")


STAFF_ROLES = frozenset({Role.ADMINISTRATOR, Role.MANAGER, Role.EDITOR, Role.VIEWER})
