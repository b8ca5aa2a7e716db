from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class NewsroomConfig(AppConfig):
    """News, success stories, publications, calls and events: written, reviewed, published, forgotten in time."""

    name = "clusterportal.newsroom"
    label = "newsroom"
    verbose_name = pgettext_lazy("room", "news and events")

    def ready(self):
        # Late, because these read models.
        from clusterportal.clusters.team_history import keep_to_team
        from clusterportal.newsroom import models

        keep_to_team(models.Contribution, path="owner_cluster_id")
        for part in (
            models.Link,
            models.File,
            models.ContributionActor,
            models.ContributionCluster,
            models.ContributionArea,
        ):
            keep_to_team(part, path="contribution_id", of=models.Contribution)
