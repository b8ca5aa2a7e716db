from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    """What partner sites follow: the feed of changes of the public records, and snapshots that fit it."""

    name = "clusterportal.partners"
    label = "partners"
    verbose_name = _("partners")
