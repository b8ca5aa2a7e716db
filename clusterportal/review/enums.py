"""What a proposal can be and become: the states, and the one table of their moves."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ProposalKind(models.TextChoices):
    NEW = "new", _("New entry")
    CHANGE = "change", pgettext_lazy("proposal", "Change")
    CLAIM = "claim", _("Claim")
    CONTRIBUTION = "contribution", pgettext_lazy("proposal", "Contribution")


class ProposalState(models.TextChoices):
    UNCONFIRMED = "unconfirmed", _("E-mail not confirmed")
    WAITING = "waiting", _("Waiting")
    ASKED_BACK = "asked_back", _("Asked back")
    ACCEPTED = "accepted", _("Accepted")
    PARTLY_ACCEPTED = "partly_accepted", _("Accepted in part")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Side(models.TextChoices):
    """The two sides of the conversation about a proposal."""

    PROPOSER = "proposer", _("Proposer")
    REVIEWER = "reviewer", _("Review")


class RepresentationState(models.TextChoices):
    ACTIVE = "active", _("Active")
    ENDED = "ended", _("Ended")


_S = ProposalState
OPEN = frozenset({_S.WAITING, _S.ASKED_BACK})
DECIDED = frozenset({_S.ACCEPTED, _S.PARTLY_ACCEPTED, _S.REJECTED, _S.WITHDRAWN})
MOVES: dict[str, frozenset[str]] = {
    _S.UNCONFIRMED: frozenset({_S.WAITING, _S.WITHDRAWN}),
    _S.WAITING: frozenset({_S.ASKED_BACK}) | DECIDED,
    _S.ASKED_BACK: frozenset({_S.WAITING}) | DECIDED,
}
