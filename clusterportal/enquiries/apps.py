from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EnquiriesConfig(AppConfig):
    """What visitors seek, relayed to an actor or to the management of a cluster."""

    name = "clusterportal.enquiries"
    label = "enquiries"
    verbose_name = _("enquiries")

    def ready(self):
        from clusterportal.enquiries.domain import erasure, processing  # noqa: F401 - what the room knows of people
