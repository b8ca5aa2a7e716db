"""The links in mails: to confirm an order, to unsubscribe, to change a choice. None of them acts when it is opened."""

from datetime import timedelta

from clusterportal.core.signed_links import SignedLink

KEPT_UNCONFIRMED = timedelta(days=14)  # then an order is erased, and its link leads nowhere
CONFIRMATION = SignedLink("pages:newsletter-confirm", salt="newsletters.confirm", valid_for=KEPT_UNCONFIRMED)
# Valid as long as the subscription is known: the link in an old mail still unsubscribes.
UNSUBSCRIBE = SignedLink("pages:newsletter-unsubscribe", salt="newsletters.unsubscribe")
CHOICE = SignedLink("pages:newsletter-choice", salt="newsletters.choice")
