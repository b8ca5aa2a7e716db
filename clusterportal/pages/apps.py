from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "clusterportal.pages"
    label = "pages"
    verbose_name = _("pages")

    def ready(self):
        from clusterportal.history.text_columns import leave_out
        from clusterportal.pages import processing  # noqa: F401 - what the room knows of people
        from clusterportal.pages.embed_script import keep_current

        leave_out("pages_embedscript", "programs of this portal")
        post_migrate.connect(keep_current, sender=self, dispatch_uid="pages.keep_current_script")
