"""Django's own command, which knows SQL files as well."""

from django.core.management.commands import migrate

from clusterportal.core.management.autodetector import PortalAutodetector


class Command(migrate.Command):
    autodetector = PortalAutodetector
