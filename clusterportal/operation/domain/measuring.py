"""What each process counts for Prometheus: requests, kept answers, jobs.

Several workers of the web server and the job worker belong to one portal. So each writes its counts into a file of
its own in PROMETHEUS_MULTIPROC_DIR, and whichever answers Prometheus adds them up (`exposition.py`). That variable has
to be set before this module is read; `up` does so.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import Counter, Histogram

VIEW = "clusterportal.view"  # in the request's environment: the name of the view that answered
# Seconds; the second and the third are what pages shall take, the last ones what people take for broken.
_REQUEST_STEPS = (0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
_JOB_STEPS = (0.1, 1.0, 10.0, 60.0, 600.0)

REQUESTS = Counter("portal_requests", "Requests, by the view that answered", ["view", "status"])
REQUEST_SECONDS = Histogram(
    "portal_request_seconds", "Seconds until an answer began", ["view"], buckets=_REQUEST_STEPS
)
ANSWERS = Counter("portal_answers", "Public answers that may be kept: kept ones, and made ones", ["outcome"])
JOBS = Counter(
    "portal_jobs_done", "Jobs that a worker did, also those tried again later", ["task", "outcome"]
)
JOB_SECONDS = Histogram("portal_job_seconds", "Seconds that a job took", ["task"], buckets=_JOB_STEPS)


class MeasuredApplication:
    """A WSGI application before another one: counts its answers and times them until they begin."""

    def __init__(self, application, *, outcome: str):
        """`outcome`: where in the environment the application says what became of an answer that may be kept."""
        self.application, self.outcome = application, outcome

    def __call__(self, environ, start_response):
        begun, said = time.perf_counter(), ["500"]

        def start(status, headers, *exc_info):
            said[0] = status
            return start_response(status, headers, *exc_info)

        try:
            return self.application(environ, start)
        finally:
            outcome = environ.get(self.outcome)
            view = "kept" if outcome == "kept" else environ.get(VIEW, _without_view(environ["PATH_INFO"]))
            REQUESTS.labels(view, f"{said[0][0]}xx").inc()
            REQUEST_SECONDS.labels(view).observe(time.perf_counter() - begun)
            if outcome:
                ANSWERS.labels(outcome).inc()


def _without_view(path: str) -> str:
    """What is answered before a view is looked for, or has none. Never the path: anybody could make up a million."""
    return "static" if path.startswith("/static/") else "none"


@contextmanager
def timed_job(task: str) -> Iterator[None]:
    """Count a job and its time; one that raises has failed, be it only for now."""
    begun, outcome = time.perf_counter(), "failed"
    try:
        yield
        outcome = "done"
    finally:
        JOBS.labels(task, outcome).inc()
        JOB_SECONDS.labels(task).observe(time.perf_counter() - begun)
