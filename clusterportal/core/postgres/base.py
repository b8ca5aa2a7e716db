"""Django's PostgreSQL backend, with the embedded server behind it: the first connection starts it."""

from django.conf import settings
from django.db.backends.postgresql import base

from clusterportal.core.embedded import server_under


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params):
        server_under(self.settings_dict["EMBEDDED_IN"]).start(*settings.EMBEDDED_OPTIONS)
        return super().get_new_connection(conn_params)
