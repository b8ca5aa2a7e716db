"""What the room keeps of people, for the record of processing."""

from django.utils.translation import gettext_lazy as _

from clusterportal.history.processing import Activity, Basis, Kept, Term, call, no_people, process
from clusterportal.review.domain.retention import NAMED_FOR, UNCONFIRMED_FOR
from clusterportal.review.domain.throttle import KEPT_FOR
from clusterportal.review.models import Attempt, Proposal, ProposalNote

_DECIDED = Term(_("after the decision"), NAMED_FOR, "review.forget")
process(
    Activity(
        code="proposals",
        name=_("Proposals and applications of organisations"),
        purpose=_("Checking and answering what somebody proposes for the registry, or for a cluster."),
        bases=(Basis.CONTRACT, Basis.INTEREST),
        people=_("People who propose something, and people whom they name"),
        recipients=_("Those who maintain the registry and the cluster that is named"),
        kept=(
            Kept(Proposal, ["name", "email", "role", "message", "wanted_topics"], _DECIDED),
            Kept(
                Proposal,
                ["record", "base"],
                Term(_("as long as the proposal stands, as a proof of where a value is from")),
                may_name=True,
            ),
            Kept(Proposal, ["reason"], Term(_("as long as the proposal stands")), may_name=True),
            Kept(ProposalNote, ["text"], _DECIDED),
            Kept(
                _("Proposals that nobody confirmed"),
                [_("All details")],
                Term(_("after they were written"), UNCONFIRMED_FOR, "review.forget"),
            ),
            Kept(
                Attempt,
                ["fingerprint"],
                Term(_("after the form was sent; a fingerprint, no address"), KEPT_FOR, "review.forget"),
            ),
        ),
    )
)
no_people(Proposal, "language", "consent", why="a code, and the wording of a form")
call(Attempt, _("Sent forms"), fingerprint=_("Fingerprint"))
