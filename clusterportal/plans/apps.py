from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    """From competences over strengths and weaknesses to joint actions: the action plans of clusters."""

    name = "clusterportal.plans"
    label = "plans"
    verbose_name = _("action plans")
