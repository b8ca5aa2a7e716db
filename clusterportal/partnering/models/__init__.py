"""Requests and offers of actors; who follows them; the mails about them."""

from clusterportal.partnering.models.following import Follower, MailChoice, SearchMail
from clusterportal.partnering.models.search import PartnerSearch, SearchArea, SearchTopic

__all__ = ["Follower", "MailChoice", "PartnerSearch", "SearchArea", "SearchMail", "SearchTopic"]
