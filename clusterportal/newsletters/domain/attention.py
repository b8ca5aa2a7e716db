"""What people have to decide: held issues, and mails of which nobody knows whether they left."""

from django.db.models import Count, Q, QuerySet

from clusterportal.core.outbox import MailState
from clusterportal.newsletters.enums import IssueState
from clusterportal.newsletters.models import Issue


def with_progress(issues: QuerySet) -> QuerySet:
    """Annotates how many mails of each issue are planned, sent, refused, unclear, void; and in all."""
    counts = {f"{state.value}_count": Count("mails", filter=Q(mails__state=state)) for state in MailState}
    return issues.annotate(mail_count=Count("mails"), **counts)


def troubled(user) -> QuerySet:
    """Issues that wait for a decision of this person."""
    is_unclear = Q(mails__state=MailState.UNCLEAR)
    return Issue.objects.curated_by(user).filter(Q(state=IssueState.HELD) | is_unclear).distinct()
