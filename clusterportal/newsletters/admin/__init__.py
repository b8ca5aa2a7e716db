"""Newsletters as the teams of their clusters write and send them."""

from clusterportal.newsletters.admin.issues import IssueAdmin
from clusterportal.newsletters.admin.mailing_lists import MailingListAdmin
from clusterportal.newsletters.admin.subscribers import SubscriptionAdmin, SuppressionAdmin

__all__ = ["IssueAdmin", "MailingListAdmin", "SubscriptionAdmin", "SuppressionAdmin"]
