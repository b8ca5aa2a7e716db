from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MatchmakingConfig(AppConfig):
    """Events at which companies meet: registrations, wishes, the schedule of talks, what came of them."""

    name = "clusterportal.matchmaking"
    label = "matchmaking"
    verbose_name = _("matchmaking")

    def ready(self):
        from clusterportal.clusters.team_history import keep_to_team
        from clusterportal.intake.registry_files import RegistryTable, register_table
        from clusterportal.matchmaking.domain import erasure, processing  # noqa: F401 - what the room knows of people
        from clusterportal.matchmaking.models import Event, Participation, Programme, Slot

        keep_to_team(Programme)
        keep_to_team(Event)
        keep_to_team(Slot, path="event_id", of=Event)
        keep_to_team(Participation, path="event_id", of=Event)
        register_table("programmes", RegistryTable(Programme, ("slug",)))
        register_table("events", RegistryTable(Event, ("slug",)))
