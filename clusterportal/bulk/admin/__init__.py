"""The list of actors with selections that survive an act, and its other comforts."""

from clusterportal.bulk.admin.actions import SelectsActors
from clusterportal.bulk.admin.columns import ChoosesColumns
from clusterportal.bulk.admin.filters import SelectionFilter
from clusterportal.bulk.admin.quick_edit import QuickEdits
from clusterportal.bulk.admin.saved_filters import SavesFilters

__all__ = ["BulkActorAdmin", "SelectionFilter"]


class BulkActorAdmin(SelectsActors, SavesFilters, ChoosesColumns, QuickEdits):
    """Mixin of the admin of actors; stands before the class whose list it is."""
