"""A worker dies at any point of sending, again and again: nobody gets an issue twice, and who is unclear is listed."""

from collections import Counter
from contextlib import suppress
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clusterportal.core import mailing
from clusterportal.core import outbox as core_outbox
from clusterportal.core.models import Delivery
from clusterportal.newsletters.domain import outbox
from clusterportal.newsletters.models import IssueMail
from tests.clusterportal.newsletters.makers import make_list, make_readers, make_scheduled

pytestmark = pytest.mark.django_db
# In the order in which they come: of each mail, and between two of them.
POINTS = ("before claiming", "claimed", "text made", "taken by the server", "noted", "written")
READERS = 4


class Killed(BaseException):
    """As kill -9: nothing that would tidy up is reached, but for locks, which end with the session."""


class Worker:
    """Sends to a server that only counts; dies at `point` of the mail number `at`."""

    def __init__(self, monkeypatch, server: Counter):
        self.monkeypatch, self.server = monkeypatch, server

    def run(self, at: int, point: str, limit: int) -> None:
        steps = Counter()

        def reaching(name):
            steps[name] += 1
            if name == point and steps[name] == at:
                raise Killed

        def wrapped(function, before="", after=""):
            def called(*args, **kwargs):
                if before:
                    reaching(before)
                result = function(*args, **kwargs)
                if after:
                    reaching(after)
                return result

            return called

        own = outbox.IssueOutbox()
        own._take_in_hand = wrapped(own._take_in_hand, "before claiming", "claimed")
        own.text_of = wrapped(own.text_of, after="text made")

        def taken(mail, **_options):
            self.server[mail.to[0]] += 1
            reaching("taken by the server")

        with self.monkeypatch.context() as patch:
            patch.setattr(mailing.EmailMultiAlternatives, "send", taken)
            patch.setattr(mailing, "_note", wrapped(mailing._note, after="noted"))
            patch.setattr(outbox, "OUTBOX", own)
            own._send = wrapped(own._send, after="written")
            with suppress(Killed):
                outbox.run(limit=limit)

    def later(self) -> None:
        """Long enough after a death that the mail in hand counts as lost."""
        IssueMail.objects.filter(claimed_at__isnull=False).update(
            claimed_at=timezone.now() - core_outbox.IN_HAND - timedelta(seconds=1)
        )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(1, READERS), st.sampled_from(POINTS), st.integers(1, READERS)), max_size=6)
)
def test_wherever_it_dies_nobody_gets_it_twice_and_the_unclear_ones_are_listed(monkeypatch, deaths):
    own_list = make_list(slug="-", cluster=None)
    emails = [f"{number}@leser.example" for number in range(READERS)]
    make_readers(own_list, emails)
    issue = make_scheduled()
    server: Counter = Counter()
    worker = Worker(monkeypatch, server)
    try:
        for at, point, limit in deaths:
            worker.run(at, point, limit)
            worker.later()
        worker.run(0, "never", 1000)
        worker.later()
        worker.run(0, "never", 1000)
        states = dict(IssueMail.objects.filter(issue=issue).values_list("to", "state"))
        assert set(states) == set(emails)
        assert set(server.values()) <= {1}  # nobody twice
        assert set(states.values()) <= {"sent", "unclear"}  # nobody forgotten
        for email in emails:
            assert server[email] or states[email] == "unclear"  # whoever got nothing is on the list
        lost = sum(state == "unclear" for state in states.values())
        assert lost <= sum(
            point in ("claimed", "text made", "taken by the server") for _at, point, _limit in deaths
        )
        issue.refresh_from_db()
        assert issue.state == "sent"
    finally:
        issue.delete(), own_list.delete(), Delivery.objects.all().delete()
