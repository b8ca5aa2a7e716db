"""An issue that says nothing does not go out: it is not accepted, or held where it came to say nothing."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from clusterportal.newsletters.domain import outbox, scheduling
from clusterportal.newsroom.models import Contribution
from tests.clusterportal.newsletters.makers import make_issue, make_reader, make_scheduled
from tests.factories import make_contribution, make_person

pytestmark = pytest.mark.django_db


def test_an_issue_that_says_nothing_is_not_sent(cluster):
    by = make_person("administrator")
    for fields in ({"title_de": ""}, {}):
        issue = make_issue(cluster, **fields)
        if not fields:
            issue.items.all().delete()
            issue.items.create(contribution=make_contribution("Entwurf", state="draft"))
        with pytest.raises(ValidationError):
            scheduling.schedule(issue=issue, at=timezone.now(), by=by)
    issue = make_scheduled(cluster)
    scheduling.take_back(issue=issue, by=by)
    scheduling.schedule(issue=issue, at=timezone.now(), by=by)
    scheduling.stop(issue=issue, by=by)
    issue.refresh_from_db()
    assert (issue.state, issue.hold_reason) == ("held", "stopped")


def test_an_issue_of_which_everything_was_withdrawn_is_held_and_asks(own_list, cluster, post):
    make_reader(own_list, "a@leser.example")
    by, news = make_person("administrator"), make_contribution("Meldung")
    issue = make_scheduled(cluster)
    issue.items.all().delete()
    issue.items.create(contribution=news)
    Contribution.objects.update(state="draft")
    assert outbox.run() == 0
    issue.refresh_from_db()
    assert (issue.state, issue.hold_reason, issue.mails.count()) == ("held", "empty", 0)
    with pytest.raises(ValidationError, match=r"withdrawn|zurückgezogen"):
        scheduling.release(issue=issue, by=by)
    Contribution.objects.update(state="published")
    scheduling.release(issue=issue, by=by)
    assert outbox.run() == 1
