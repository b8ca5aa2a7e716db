from clusterportal.partners.models.feed import FeedEntry, FeedNote, FeedState, ToldRecord

__all__ = ["FeedEntry", "FeedNote", "FeedState", "ToldRecord"]
