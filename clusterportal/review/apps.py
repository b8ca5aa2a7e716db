from django.apps import AppConfig
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class ReviewConfig(AppConfig):
    name = "clusterportal.review"
    label = "review"
    verbose_name = _("self-service and review")

    def ready(self):
        from actors.domain.history import within_reach
        from clusterportal.history.acts import ActKind, name_acts
        from clusterportal.history.changes import show_within
        from clusterportal.review.domain import erasure, processing  # noqa: F401 - what the room knows of people
        from clusterportal.review.models import Representation

        show_within(Representation, within_reach("actor_id"))
        name_acts("review", ActKind(lambda about: gettext("Proposal taken over")))
