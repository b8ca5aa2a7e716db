from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartneringConfig(AppConfig):
    """What actors seek and offer: posted, reviewed, answered, suggested to those who fit, and ended in time."""

    name = "clusterportal.partnering"
    label = "partnering"
    verbose_name = _("partner search")

    def ready(self):
        # Late, because these read models.
        from clusterportal.core.doctor import also_examine
        from clusterportal.intake.registry_files import RegistryTable, register_table
        from clusterportal.partnering.domain import erasure, history, processing  # noqa: F401 - register themselves
        from clusterportal.partnering.domain.health import examine_expiry
        from clusterportal.partnering.domain.submitting import wait_in_the_review_queue
        from clusterportal.partnering.models import PartnerSearch

        wait_in_the_review_queue()
        also_examine(examine_expiry)

        register_table("partner_searches", RegistryTable(PartnerSearch, ("slug",)))
