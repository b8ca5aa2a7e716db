"""Links that prove who opens them: signed, and for confirmation only for some days."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import override

CONFIRM_WITHIN = timedelta(days=7)
_CONFIRM, _STATUS = "review.confirm", "review.status"


class BadLink(Exception):
    """The link was changed, or belongs to nothing."""


class ExpiredLink(BadLink):
    """The link was valid once."""


def confirmation_address(proposal) -> str:
    return _absolute("pages:proposal-confirm", _CONFIRM, proposal)


def status_address(proposal) -> str:
    """Where the proposer follows the proposal, answers and withdraws; it does not expire."""
    return _absolute("pages:proposal-status", _STATUS, proposal)


def status_token(proposal) -> str:
    return signing.dumps(str(proposal.uid), salt=_STATUS)


def confirmed_uid(token: str) -> str:
    """The proposal that a link of confirmation names. Raises ExpiredLink, BadLink."""
    try:
        return signing.loads(token, salt=_CONFIRM, max_age=CONFIRM_WITHIN)
    except signing.SignatureExpired as error:
        raise ExpiredLink from error
    except signing.BadSignature as error:
        raise BadLink from error


def uid_of_status(token: str) -> str:
    try:
        return signing.loads(token, salt=_STATUS)
    except signing.BadSignature as error:
        raise BadLink from error


def absolute(path: str) -> str:
    """`path` with the address of the portal before it, for mails."""
    return f"{settings.SITE_URL.rstrip('/')}{path}"


def _absolute(view: str, salt: str, proposal) -> str:
    with override(proposal.language):
        return absolute(reverse(view, args=[signing.dumps(str(proposal.uid), salt=salt)]))
