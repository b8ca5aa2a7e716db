"""The links that proposers receive."""

from datetime import timedelta

from clusterportal.core.signed_links import SignedLink

CONFIRMATION = SignedLink("pages:proposal-confirm", salt="review.confirm", valid_for=timedelta(days=7))
STATUS = SignedLink("pages:proposal-status", salt="review.status")


def confirmation_address(proposal) -> str:
    return CONFIRMATION.address(str(proposal.uid), language=proposal.language)


def status_address(proposal) -> str:
    """Where the proposer follows the proposal, answers and withdraws; it does not expire."""
    return STATUS.address(str(proposal.uid), language=proposal.language)


def status_token(proposal) -> str:
    return STATUS.token(str(proposal.uid))
