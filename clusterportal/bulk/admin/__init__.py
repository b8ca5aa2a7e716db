"""The list of actors with selections that survive an act, and its other comforts."""

from clusterportal.bulk.admin.actions import SelectsActors
from clusterportal.bulk.admin.filters import SelectionFilter

__all__ = ["SelectionFilter", "SelectsActors"]
