from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    name = "clusterportal.imports"
    label = "imports"
    verbose_name = _("imports")

    def ready(self):
        from clusterportal.imports.domain import erasure  # noqa: F401 - registers what the room knows of people
        from clusterportal.imports.domain.saved import saved_profile
        from clusterportal.intake import profiles

        profiles.SAVED.append(saved_profile)  # so that the command knows what was saved in the admin
