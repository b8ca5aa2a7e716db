"""Whether contributions appear and disappear in time, for `manage.py doctor`."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _

from clusterportal.core.doctor import CheckResult, in_words
from clusterportal.newsroom.domain.publishing import lag

MOST_LAG = timedelta(minutes=3)  # the job runs every minute


def examine_publishing() -> Iterator[CheckResult]:
    late = lag()
    if late > MOST_LAG:
        text = _(
            "A contribution that is due has been waiting for %(time)s: pages go by its moment, but feeds, calendars "
            "and partners have not been told. Is the worker running (`manage.py up`)?"
        )
        yield CheckResult(False, text % {"time": in_words(late)})
    else:
        yield CheckResult(True, _("Contributions appear and disappear in time."))
