"""The history in the admin; `RecordedAdmin` is the base of every record that has one."""

from clusterportal.history.admin.changes import RecordedAdmin
from clusterportal.history.admin.erasure import ErasureAdmin

__all__ = ["ErasureAdmin", "RecordedAdmin"]
