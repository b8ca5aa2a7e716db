from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class IncomeSource(models.TextChoices):
    """Where a cluster's money comes from."""

    PUBLIC_FUNDING = "public_funding", _("Public funding")
    MEMBERSHIP_FEES = "membership_fees", _("Membership fees")
    SERVICES = "services", pgettext_lazy("income", "Services")
    PROJECTS = "projects", _("Projects")
