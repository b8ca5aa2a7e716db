from django.apps import AppConfig
from django.utils.translation import gettext, pgettext_lazy


class NewsroomConfig(AppConfig):
    """News, success stories, publications, calls and events: written, reviewed, published, forgotten in time."""

    name = "clusterportal.newsroom"
    label = "newsroom"
    verbose_name = pgettext_lazy("room", "news and events")

    def ready(self):
        # Late, because these read models.
        from actors.search.suggestions import suggest_also
        from clusterportal.core.doctor import also_examine
        from clusterportal.core.publication import PublicationState
        from clusterportal.history.acts import ActKind, name_acts
        from clusterportal.intake.registry_files import RegistryTable, register_table
        from clusterportal.newsroom import feed
        from clusterportal.newsroom.domain import erasure, processing  # noqa: F401 - what the room knows of people
        from clusterportal.newsroom.domain.health import examine_publishing
        from clusterportal.newsroom.domain.submitting import wait_in_the_review_queue
        from clusterportal.newsroom.domain.suggesting import suggested
        from clusterportal.newsroom.domain.team import keep_history_to_teams
        from clusterportal.newsroom.models import Contribution

        keep_history_to_teams()
        wait_in_the_review_queue()
        feed.tell_partners()
        suggest_also(suggested)
        published = {"state": PublicationState.PUBLISHED}
        register_table("contributions", RegistryTable(Contribution, ("slug",), constants=published))
        also_examine(examine_publishing)
        # Time does not go back: what appeared is withdrawn, not taken back.
        name_acts("newsroom.due", ActKind(lambda about: gettext("Something planned happened"), is_final=True))
