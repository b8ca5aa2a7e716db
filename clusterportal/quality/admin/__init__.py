"""Where curators tell twins apart or merge them, and look after stale entries and links."""

from clusterportal.quality.admin.link_checks import LinkCheckAdmin
from clusterportal.quality.admin.merges import MergeAdmin
from clusterportal.quality.admin.pairs import DuplicatePairAdmin
from clusterportal.quality.admin.reminders import ReminderAdmin

__all__ = ["DuplicatePairAdmin", "LinkCheckAdmin", "MergeAdmin", "ReminderAdmin"]
