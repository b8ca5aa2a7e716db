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


IN_WORDS = {
    Role.ADMINISTRATOR: _("Sees and changes everything, and manages people, roles and teams."),
    Role.MANAGER: _(
        "Works with the actors of the clusters on whose team they are: edits, publishes, merges, imports, decides "
        "proposals and writes to contacts."
    ),
    Role.EDITOR: _(
        "Works with the actors of their teams too; what they change in a published actor waits for the cluster "
        "management."
    ),
    Role.VIEWER: _("Reads and exports all actors, without contacts that are not public and without notes."),
    Role.REPRESENTATIVE: _("Sees no admin; proposes changes of the own entry on the public pages."),
    Role.PARTNER: _("Sees no admin; reads the public API."),
}
"""What people with the role see and may do, for whoever chooses it."""

STAFF_ROLES = frozenset({Role.ADMINISTRATOR, Role.MANAGER, Role.EDITOR, Role.VIEWER})

WORK_IN_TEAMS = frozenset({Role.MANAGER, Role.EDITOR})
"""People who see nothing before they are on the team of a cluster."""
