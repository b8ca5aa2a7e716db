import atexit

from django.apps import AppConfig
from django.core.signals import request_finished
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    """What partner sites follow: the feed of changes of the public records, and snapshots that fit it."""

    name = "clusterportal.partners"
    label = "partners"
    verbose_name = _("partners")

    def ready(self):
        # Late, because these read models.
        from clusterportal.history.erasure import after_erasing
        from clusterportal.history.text_columns import leave_out
        from clusterportal.history.undo_rights import take_back_only_if
        from clusterportal.partners.domain import processing  # noqa: F401 - what the room knows of people
        from clusterportal.partners.domain.counting import write_at_the_end, write_when_due
        from clusterportal.partners.domain.dumps import forget_all
        from clusterportal.partners.models import ApiKey, WebhookEndpoint

        request_finished.connect(write_when_due, dispatch_uid="partners.counts")
        atexit.register(write_at_the_end)
        take_back_only_if(ApiKey, lambda user, changes: set())  # a key that ended must not come back
        take_back_only_if(WebhookEndpoint, lambda user, changes: set())  # the secret is in no history
        for name in ("clusters", "layers", "areas"):
            for table in ("partners_webhookendpoint", "partners_webhookendpointevent"):
                leave_out(f"{table}.{name}", "an array of permanent ids of the taxonomy")
        leave_out("partners_feednote.keys", "an array of numbers, the keys of records")
        leave_out("partners_webhookendpoint.secret", "encrypted random letters")
        leave_out("partners_webhookendpoint.former_secret", "encrypted random letters")
        after_erasing(forget_all)
        leave_out("partners_apikey.digest", "a digest of random letters")
        leave_out("partners_requestcount.client", "fingerprints of addresses, from which nothing can be read")
