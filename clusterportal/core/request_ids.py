"""The number of a request: in every line of the log that it causes, in those of its jobs, and in its answer.

A proxy that numbers requests says so by `X-Request-ID`, and its number is taken over. It comes from outside, so that
only a plain word is taken: what would break a line of the log, or fill it, gets a number of our own instead.
"""

import re
import secrets

from procrastinate.jobs import Job
from procrastinate.manager import JobManager
from structlog.contextvars import bind_contextvars, get_contextvars

HEADER = "X-Request-ID"
ARGUMENT = "_request_id"  # of a job: the request that asked for it; no task sees it
_SANE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}", re.ASCII)


def taken_over(said: str | None) -> str | None:
    """What a proxy said, where it is a plain word of 8 to 64 characters; else None."""
    return said if said and _SANE.fullmatch(said) else None


class RequestIds:
    """The outermost WSGI application: numbers each request, answers from the cache too."""

    def __init__(self, application):
        self.application = application

    def __call__(self, environ, start_response):
        number = taken_over(environ.get("HTTP_X_REQUEST_ID")) or secrets.token_hex(8)
        # It stays bound after the answer: a stream goes on in this thread, and the next request binds its own.
        bind_contextvars(request_id=number)

        def start(status, headers, exc_info=None):
            return start_response(status, [*headers, (HEADER, number)], *([exc_info] if exc_info else []))

        return self.application(environ, start)


# ---------- jobs ----------
class NumberedJobs(JobManager):
    """Puts the number of the request into the jobs that it asks for."""

    async def batch_defer_jobs_async(self, jobs: list[Job], connection=None) -> list[Job]:
        return await super().batch_defer_jobs_async(numbered(jobs), connection)

    def batch_defer_jobs(self, jobs: list[Job], connection=None) -> list[Job]:
        return super().batch_defer_jobs(numbered(jobs), connection)


def numbered(jobs: list[Job]) -> list[Job]:
    """The same jobs with the number of the request that asks for them, where one does."""
    number = get_contextvars().get("request_id")
    if number is None:
        return jobs
    return [job.evolve(task_kwargs={**job.task_kwargs, ARGUMENT: number}) for job in jobs]


async def in_job(call_next, context, worker):
    """Around each job: what it logs names the job, and the request that asked for it."""
    job = context.job
    number = job.task_kwargs.pop(ARGUMENT, None)
    # Each job has a context of its own; what is bound stays for the line about its end, which comes after this.
    bind_contextvars(job=job.id, task=job.task_name, **({"request_id": number} if number else {}))
    return await call_next()
