from clusterportal.partners.models.feed import FeedEntry, FeedNote, FeedState, ToldRecord
from clusterportal.partners.models.partner import ApiKey, Partner
from clusterportal.partners.models.usage import RequestCount, Usage

__all__ = ["ApiKey", "FeedEntry", "FeedNote", "FeedState", "Partner", "RequestCount", "ToldRecord", "Usage"]
