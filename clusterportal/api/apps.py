from django.apps import AppConfig
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    name = "clusterportal.api"
    label = "api"
    verbose_name = _("api")

    def ready(self):
        from clusterportal.api.writing.changing import ACT
        from clusterportal.history.acts import ActKind, name_acts

        name_acts(ACT, ActKind(lambda about: gettext("Written over the interface (%(key)s)") % _key(about)))


def _key(about: dict) -> dict[str, str]:
    return {"key": about.get("key", "")}
