from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    name = "clusterportal.places"
    label = "places"
    verbose_name = _("places")

    def ready(self):
        from clusterportal.history.text_columns import leave_out

        leave_out("places_postcode", "towns, from open data")
