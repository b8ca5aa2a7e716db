"""The nouns of the room."""

from clusterportal.quality.models.duplicate import DuplicatePair, Merge
from clusterportal.quality.models.link import LinkCheck
from clusterportal.quality.models.reminder import Reminder

__all__ = ["DuplicatePair", "LinkCheck", "Merge", "Reminder"]
