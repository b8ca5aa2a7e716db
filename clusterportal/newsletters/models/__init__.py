"""Lists, the people who read them with the proof of their consent, issues and their mails, and what bounced."""

from clusterportal.newsletters.models.bounce import Bounce, Suppression
from clusterportal.newsletters.models.issue import Issue, IssueEdition, IssueItem, IssueMail
from clusterportal.newsletters.models.mailing_list import MailingList
from clusterportal.newsletters.models.subscription import (
    ConfirmationMail,
    Declaration,
    Order,
    Subscription,
    SubscriptionStep,
)

__all__ = [
    "Bounce",
    "ConfirmationMail",
    "Declaration",
    "Issue",
    "IssueEdition",
    "IssueItem",
    "IssueMail",
    "MailingList",
    "Order",
    "Subscription",
    "SubscriptionStep",
    "Suppression",
]
