from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MatchmakingConfig(AppConfig):
    """Events at which companies meet: registrations, wishes, the schedule of talks, what came of them."""

    name = "clusterportal.matchmaking"
    label = "matchmaking"
    verbose_name = _("matchmaking")
