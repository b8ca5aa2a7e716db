from clusterportal.partners.models.dump import Dump
from clusterportal.partners.models.feed import FeedEntry, FeedNote, FeedState, ToldRecord

__all__ = ["Dump", "FeedEntry", "FeedNote", "FeedState", "ToldRecord"]
