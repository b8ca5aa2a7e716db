"""Django's own command, which knows SQL files as well."""

from django.core.management.commands import makemigrations

from clusterportal.core.management.autodetector import PortalAutodetector


class Command(makemigrations.Command):
    autodetector = PortalAutodetector
