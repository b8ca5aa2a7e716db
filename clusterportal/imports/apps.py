from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    name = "clusterportal.imports"
    label = "imports"
    verbose_name = _("imports")

    def ready(self):
        from clusterportal.history.acts import ActKind, name_acts
        from clusterportal.imports.domain import erasure, processing  # noqa: F401 - what the room knows of people
        from clusterportal.imports.domain.saved import saved_profile
        from clusterportal.intake import profiles

        profiles.SAVED.append(saved_profile)  # so that the command knows what was saved in the admin
        name_acts("import", ActKind(_words, undo_page=_undo_page))


def _words(about: dict) -> str:
    if file := about.get("file"):
        return gettext("Import of “%(file)s”") % {"file": file}
    return gettext("Import of a table")


def _undo_page(about: dict) -> str:
    """An import of the admin knows that it was taken back; one by command is an act like any other."""
    return reverse("admin:imports_importrun_undo", args=[about["run"]]) if about.get("run") else ""
