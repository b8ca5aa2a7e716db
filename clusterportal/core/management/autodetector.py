"""Finds SQL files that differ from what the migrations install, as Django finds models that do."""

from django.core.management.commands import makemigrations

from clusterportal.core.migrating import InstallSQL, sql_files

_Autodetector = makemigrations.Command.autodetector  # pgtrigger's, which finds triggers


class PortalAutodetector(_Autodetector):  # type: ignore[misc, valid-type]  # known only when Django runs
    """Changes of models, triggers and SQL files."""

    def _sort_migrations(self):
        """What is added after Django has sorted stays last: SQL comes after the tables and columns it is about."""
        super()._sort_migrations()
        installed, files = getattr(self.from_state, "sql_files", {}), sql_files()
        for app_label, name in sorted(installed | files):
            before = installed.get((app_label, name), InstallSQL.noop)
            text = files.get((app_label, name), InstallSQL.noop)
            if text != before:
                self.add_operation(app_label, InstallSQL(name, text, before))
