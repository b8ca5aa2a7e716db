from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    """What partner sites follow: the feed of changes of the public records, and snapshots that fit it."""

    name = "clusterportal.partners"
    label = "partners"
    verbose_name = _("partners")

    def ready(self):
        from clusterportal.history.erasure import after_erasing
        from clusterportal.history.text_columns import leave_out
        from clusterportal.partners.domain.dumps import forget_all

        leave_out("partners_feednote.keys", "an array of numbers, the keys of records")
        after_erasing(forget_all)
