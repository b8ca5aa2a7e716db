"""What the portal writes to proposers and representatives, in their language. Mails leave after the commit."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from clusterportal.core.signed_links import absolute
from clusterportal.core.tasks import post
from clusterportal.review.domain.proposer_links import confirmation_address, status_address


def confirm(proposal) -> None:
    """Asks whether the e-mail is the proposer's."""
    _write("mail/review/confirm.txt", proposal, link=confirmation_address(proposal))


def received(proposal) -> None:
    _write("mail/review/received.txt", proposal, link=status_address(proposal))


def asked_back(proposal, question: str) -> None:
    _write("mail/review/asked_back.txt", proposal, link=status_address(proposal), question=question)


def decided(
    proposal,
    *,
    accepted: Iterable = (),
    left: Iterable = (),
    address: str = "",
    at: datetime | None = None,
) -> None:
    """What became of the proposal; `accepted` and `left`: its changes, in the language of the proposer.

    `address`: of what came of it, where that is not the entry of the actor. `at`: from when on everybody sees that.
    """
    with override(proposal.language):
        is_public = proposal.actor is not None and proposal.actor.is_published
        address = address or (absolute(proposal.actor.get_absolute_url()) if is_public else "")
    _write(
        "mail/review/decided.txt",
        proposal,
        link=status_address(proposal),
        accepted=list(accepted),
        left=list(left),
        address=address,
        at=at,
    )


def admitted(proposal) -> None:
    """The cluster has admitted the organisation; `address` is its entry, once that is public."""
    with override(proposal.language):
        address = absolute(proposal.actor.get_absolute_url()) if proposal.actor.is_published else ""
    _write("mail/review/admitted.txt", proposal, link=status_address(proposal), address=address)


def welcome(proposal, *, link: str, is_new_account: bool) -> None:
    """The claim was accepted: how to sign in."""
    _write("mail/review/welcome.txt", proposal, link=link, is_new_account=is_new_account)


def _write(template: str, proposal, **context) -> None:
    if not proposal.email:
        return
    with override(proposal.language):
        context |= {"proposal": proposal, "site": settings.SITE_NAME}
        subject, _break, body = render_to_string(template, context).strip().partition("\n")
    post(subject=" ".join(subject.split()), body=body.strip() + "\n", to=proposal.email)
