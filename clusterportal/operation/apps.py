from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OperationConfig(AppConfig):
    """What those look at who run the portal: jobs, deliveries, mail, measurements for Prometheus, statements."""

    name = "clusterportal.operation"
    label = "operation"
    verbose_name = _("operation")
