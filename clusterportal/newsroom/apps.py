from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class NewsroomConfig(AppConfig):
    """News, success stories, publications, calls and events: written, reviewed, published, forgotten in time."""

    name = "clusterportal.newsroom"
    label = "newsroom"
    verbose_name = pgettext_lazy("room", "news and events")

    def ready(self):
        # Late, because these read models.
        from clusterportal.core.doctor import also_examine
        from clusterportal.newsroom import feed
        from clusterportal.newsroom.domain.health import examine_publishing
        from clusterportal.newsroom.domain.team import keep_history_to_teams

        keep_history_to_teams()
        feed.tell_partners()
        also_examine(examine_publishing)
