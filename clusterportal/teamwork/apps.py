from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TeamworkConfig(AppConfig):
    """What colleagues tell each other and the actors: notes, follow-ups, mails, the board of a cluster."""

    name = "clusterportal.teamwork"
    label = "teamwork"
    verbose_name = _("teamwork")

    def ready(self):
        from actors.domain.history import within_reach
        from clusterportal.history.changes import show_within
        from clusterportal.history.restore import restore_only_if
        from clusterportal.teamwork.domain import erasure, processing  # noqa: F401 - what the room knows of people
        from clusterportal.teamwork.models import Attachment, Note
        from clusterportal.teamwork.rules import can_write_notes

        show_within(Note, within_reach("actor_id"))
        show_within(Attachment, within_reach("actor_id"))
        for model in (Note, Attachment):
            restore_only_if(model, can_write_notes)
