"""What people have to decide: held issues, and mails of which nobody knows whether they left."""

from collections.abc import Iterator

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from clusterportal.core.doctor import CheckResult
from clusterportal.core.models import Standstill
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


def examine() -> Iterator[CheckResult]:
    """For `doctor`: what of newsletters waits for a person."""
    if Standstill.is_on():
        yield CheckResult(
            False, _("Restored from a backup: no mail goes out until `manage.py allow_sending`.")
        )
    held = Issue.objects.filter(state=IssueState.HELD).count()
    if held:
        text = _("Issues of newsletters that are held: %(count)d. Somebody has to decide, in the admin.")
        yield CheckResult(False, text % {"count": held})
