"""Entry point of each web worker: `granian --interface wsgi clusterportal.wsgi:application`, or by `web_server`."""

import gc
import os
import sys
from collections.abc import Callable

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clusterportal.settings")

application: Callable = get_wsgi_application()  # sets Django up, which the next imports need

from django.conf import settings  # noqa: E402

import clusterportal.urls  # noqa: E402, F401  all that answers, so that the first visitor does not wait for it
from actors.facets.index_loading import read_ahead  # noqa: E402
from clusterportal.answers import OUTCOME, kept_answers  # noqa: E402
from clusterportal.core.request_ids import RequestIds  # noqa: E402
from clusterportal.core.statement_times import limit_statements  # noqa: E402
from clusterportal.core.turns import Turns  # noqa: E402
from clusterportal.operation.access import is_measured  # noqa: E402
from clusterportal.refusals import Refusals, client_of, is_costly  # noqa: E402

limit_statements()
application = kept_answers(
    Turns(application, refuse=Refusals(application), is_costly=is_costly, client_of=client_of)
)
if is_measured():
    # Late, because it opens the files in which this process counts.
    from clusterportal.operation.domain.measuring import MeasuredApplication

    application = MeasuredApplication(application, outcome=OUTCOME)
application = RequestIds(application)
if settings.READ_AHEAD:
    read_ahead()

# Threads that compute hand over after so many seconds. A page asks the database some twenty times, and waits for its
# turn after each answer: by Python's own 0.005 a visitor beside a few long answers waited more than a second.
sys.setswitchinterval(0.001)

# What stands now stays: the collector need not walk through it again and again, which held up a request by 0.1 s.
gc.collect()
gc.freeze()
