from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "clusterportal.accounts"
    label = "accounts"
    verbose_name = _("accounts")

    def ready(self):
        from clusterportal.accounts import session_times, sign_in_log  # noqa: F401 - each listens to sign-ins
