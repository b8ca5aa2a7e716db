from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FinanceConfig(AppConfig):
    """Plan and actual of a cluster by year and source, own and public share."""

    name = "clusterportal.finance"
    label = "finance"
    verbose_name = _("financing")
