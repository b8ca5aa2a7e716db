from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewslettersConfig(AppConfig):
    """Lists, people who subscribed to them and the proof of it, issues and what became of each of their mails."""

    name = "clusterportal.newsletters"
    label = "newsletters"
    verbose_name = _("newsletters")

    def ready(self):
        from clusterportal.clusters.team_history import keep_to_team
        from clusterportal.core.doctor import also_examine
        from clusterportal.core.standstill import before_it_ends
        from clusterportal.intake.registry_files import RegistryTable, register_table
        from clusterportal.newsletters.domain import erasure, processing  # noqa: F401 - what the room knows of people
        from clusterportal.newsletters.domain.alignment import examine_settings, point_to_the_mail
        from clusterportal.newsletters.domain.attention import examine
        from clusterportal.newsletters.domain.scheduling import hold_restored
        from clusterportal.newsletters.models import Issue, IssueItem, MailingList

        keep_to_team(MailingList)
        keep_to_team(Issue)
        keep_to_team(IssueItem, path="issue_id", of=Issue)
        register_table("mailing_lists", RegistryTable(MailingList, ("slug",)))
        also_examine(examine_settings)
        also_examine(point_to_the_mail)
        also_examine(examine)
        before_it_ends(hold_restored)
