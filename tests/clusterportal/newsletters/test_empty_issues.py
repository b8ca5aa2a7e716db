"""An issue of which nothing is left when its time comes waits for a person."""

import pytest
from django.core.exceptions import ValidationError

from clusterportal.newsletters.domain import outbox, scheduling
from clusterportal.newsroom.models import Contribution
from tests.clusterportal.newsletters.makers import make_reader, make_scheduled
from tests.factories import make_contribution, make_person

pytestmark = pytest.mark.django_db


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
