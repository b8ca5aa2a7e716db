"""Every mail, whole, in the language of the proposer."""

import pytest
from django.core import signing

from clusterportal.review.domain.proposal_writing import CannotWrite
from clusterportal.review.domain.proposing import Proposer, confirm, propose
from clusterportal.review.domain.review import accept, ask_back, reject
from tests.factories import make_actor, make_person

pytestmark = pytest.mark.django_db
PROPOSER = Proposer("me@example.org", "Vertretung", "Leitung", language="en")


@pytest.fixture
def proposal(cluster, outbox, monkeypatch):
    monkeypatch.setattr(signing, "dumps", lambda value, salt, **options: f"{salt}-token")
    actor = make_actor("Muster", clusters=[cluster])
    return propose(
        kind="change", by=PROPOSER, actor=actor, base={"city": "Leipzig", "street": ""},
        wanted={"city": "Halle", "street": "Markt 1"},
    )  # fmt: skip


@pytest.fixture
def manager(cluster):
    return make_person("manager", clusters=[cluster])


def written(outbox):
    return [(message.to, message.subject, message.body) for message in outbox()]


@pytest.fixture
def waiting(proposal, outbox):
    outbox()
    proposal.state, proposal.waiting_since = "waiting", proposal.created_at
    proposal.save()
    return proposal


def test_confirm(proposal, outbox):
    assert written(outbox) == [
        (["me@example.org"], "Please confirm: Muster", """Hello,

somebody sent this proposal to Clusterregister with your e-mail address:

  Change: Muster

If it was you, open this link within seven days; then the review begins:

https://portal.example.org/en/propose/confirm/review.confirm-token/

If it was not you, do nothing: the proposal will be deleted after 14 days.

Clusterregister
""")
    ]  # fmt: skip


def test_received(proposal, outbox):
    outbox()
    token = signing.TimestampSigner(salt="review.confirm").sign_object(str(proposal.uid))
    confirm(token)
    confirm(token)  # twice pressed, once written
    assert written(outbox) == [
        (["me@example.org"], "Your proposal is in review: Muster", """Hello,

thank you. Your proposal has reached the review; we write to you when it is decided.

Here you see where it stands, and can withdraw it:

https://portal.example.org/en/proposals/review.status-token/

Clusterregister
""")
    ]  # fmt: skip


def test_asked_back(waiting, outbox, manager):
    ask_back(proposal=waiting, question="Since when?", by=manager)
    assert written(outbox) == [
        (["me@example.org"], "A question about your proposal: Muster", """Hello,

the review has a question about your proposal:

Since when?

Please answer here:

https://portal.example.org/en/proposals/review.status-token/

Clusterregister
""")
    ]  # fmt: skip


def test_accepted_in_part(waiting, outbox, manager):
    accept(proposal=waiting, columns=["city"], by=manager)
    assert written(outbox) == [
        (["me@example.org"], "Your proposal was accepted in part: Muster", """Hello,

thank you for your proposal. This was taken over:

- City: Halle

This was not:

- Street: Markt 1

The entry: https://portal.example.org/en/actors/muster/

Your proposal: https://portal.example.org/en/proposals/review.status-token/

Clusterregister
""")
    ]  # fmt: skip


def test_accepted_after_the_reviewer_put_it_right(cluster, outbox, manager):
    """What stands in the entry stands in the mail, and not what was proposed."""
    proposal = propose(
        kind="change", by=PROPOSER, actor=make_actor("Other", clusters=[cluster]), base={},
        wanted={"summary_en": "Builds sensors with AI.", "phone": "0631 2050", "short_name": "OT"},
    )  # fmt: skip
    proposal.state, proposal.waiting_since = "waiting", proposal.created_at
    proposal.save()
    outbox()
    accept(
        proposal=proposal, by=manager, columns=["summary_en", "phone"],
        edited={"summary_en": "Develops sensors."},
    )  # fmt: skip
    ((_to, _subject, body),) = written(outbox)
    assert "This was taken over:\n\n- Summary [EN]: Develops sensors.\n- Phone: +496312050\n" in body.replace(
        "\r", ""
    )
    assert "This was not:\n\n- Short name: OT\n" in body and "with AI" not in body


def test_rejected(waiting, outbox, manager):
    reject(proposal=waiting, reason="Not so.", by=manager)
    assert written(outbox) == [
        (["me@example.org"], "Your proposal was rejected: Muster", """Hello,

your proposal was not taken over, for this reason:

Not so.

Your proposal: https://portal.example.org/en/proposals/review.status-token/

Clusterregister
""")
    ]  # fmt: skip


def test_nothing_is_written_when_the_act_fails(waiting, outbox, manager):
    waiting.record = {"founded": 3}
    waiting.save()
    with pytest.raises(CannotWrite, match="founded"):
        accept(proposal=waiting, by=manager)
    assert written(outbox) == []
