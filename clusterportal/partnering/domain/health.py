"""Whether requests and offers end in time, for `manage.py doctor`."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from clusterportal.core.doctor import CheckResult, in_words
from clusterportal.partnering.models import PartnerSearch

MOST_LAG = timedelta(minutes=15)  # the job comes every five minutes


def examine_expiry() -> Iterator[CheckResult]:
    late = lag()
    if late > MOST_LAG:
        text = _(
            "A request or an offer has been over for %(time)s: pages go by its deadline, but who follows has not been "
            "told. Is the worker running (`manage.py up`)?"
        )
        yield CheckResult(False, text % {"time": in_words(late)})
    else:
        yield CheckResult(True, _("Requests and offers end in time."))


def lag() -> timedelta:
    """How long the oldest one that is over waits to be written down; zero where none does."""
    due = PartnerSearch.objects.to_expire(timezone.localdate()).order_by("deadline")
    deadline = due.values_list("deadline", flat=True).first()
    if deadline is None:
        return timedelta()
    return timezone.now() - timezone.make_aware(datetime.combine(deadline + timedelta(days=1), time.min))
