from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class QualityConfig(AppConfig):
    """Keeps the registry right: duplicates, stale entries, broken links."""

    name = "clusterportal.quality"
    label = "quality"
    verbose_name = _("quality")

    def ready(self):
        from clusterportal.history.acts import ActKind, name_acts
        from clusterportal.quality.domain import erasure, processing  # noqa: F401 - what the room knows of people

        merges = ActKind(
            lambda about: gettext("Two actors became one"),
            undo_page=lambda about: reverse("admin:quality_merge_changelist"),
        )
        name_acts("merge", merges)
        name_acts("new website", ActKind(lambda about: gettext("New address of a website")))
        name_acts("verified", ActKind(lambda about: gettext("Entry confirmed as right")))
