"""The number of a request stands in its answer, in what it logs and in what its jobs log."""

import asyncio
import io
import json
import logging
import logging.config
from types import SimpleNamespace
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.exceptions import ImproperlyConfigured
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from structlog.contextvars import bound_contextvars, clear_contextvars, get_contextvars

from clusterportal.core.logs import logging_as
from clusterportal.core.request_ids import RequestIds, in_job
from clusterportal.core.tasks import send_message

OF_THE_DATABASE = (
    "duplicate key\nDETAIL:  Key (email)=(max@example.org) is there.\n\nmax@example.org\nHINT: none"
)
JOB = {"subject": "s", "body": "b", "to": "a@example.org", "key": "k"}


@pytest.fixture(autouse=True)
def _no_number():
    clear_contextvars()
    yield
    clear_contextvars()


def number_of(said: str | None) -> tuple[str, str]:
    """The numbers in the answer and in what is logged meanwhile, for a request that brings `said`."""
    environ = {} if said is None else {"HTTP_X_REQUEST_ID": said}
    setup_testing_defaults(environ)
    shared, sent = [("Content-Type", "text/plain")], []  # as kept answers have them, for everybody

    def application(environ, start_response):
        start_response("200 OK", shared)
        return [get_contextvars()["request_id"].encode()]

    [logged] = RequestIds(application)(environ, lambda status, headers: sent.append((status, headers)))
    [(status, headers)] = sent
    assert (status, headers[:-1], len(shared)) == ("200 OK", shared, 1)
    return dict(headers)["X-Request-ID"], logged.decode()


@pytest.mark.parametrize(
    "said", ["abcdefgh", "0190a-7c_x.9", "3f2504e0-4f89-41d3-9a0c-0305e82c3301", "x" * 64]
)
def test_a_plain_number_of_a_proxy_is_taken_over(said):
    assert number_of(said) == (said, said)


@pytest.mark.parametrize(
    "said",
    [None, "", "short", "x" * 65, "abcdefgh\n", "abcd efgh", "abcdefgh;x", "-abcdefgh", "äbcdefghi", '{"a":1}xx'],
)  # fmt: skip
def test_whatever_else_comes_gets_a_number_of_our_own(said):
    given, logged = number_of(said)
    assert given == logged != said and len(given) == 16 and int(given, 16) >= 0
    assert number_of(said) != (given, logged)


def test_the_portal_numbers_before_everything_else():
    from clusterportal.wsgi import application

    assert isinstance(application, RequestIds)


@pytest.mark.django_db
def test_a_job_knows_the_request_that_asked_for_it(no_jobs):
    send_message.defer(**JOB)
    with bound_contextvars(request_id="of-the-request"):
        send_message.defer(**JOB)
        send_message.batch_defer(JOB)
    jobs = ProcrastinateJob.objects.order_by("pk").values_list("args", flat=True)
    numbered = JOB | {"_request_id": "of-the-request"}
    assert list(jobs) == [JOB, numbered, numbered]


def test_what_a_job_logs_names_it_and_its_request_and_the_task_sees_no_number():
    kwargs = JOB | {"_request_id": "of-the-request"}
    job = SimpleNamespace(id=7, task_name="core.send_message", task_kwargs=kwargs)

    async def process():
        async def call_next():
            return get_contextvars()

        inside = await in_job(call_next, SimpleNamespace(job=job), None)
        return inside, get_contextvars()

    about = {"job": 7, "task": "core.send_message", "request_id": "of-the-request"}
    assert asyncio.run(process()) == (about, about)  # the line about the end comes after the job
    assert kwargs == JOB and get_contextvars() == {}


def test_the_worker_asks_around_each_job(settings):
    assert settings.PROCRASTINATE_WORKER_DEFAULTS["worker_middleware"][0] is in_job
    assert app.worker_defaults["worker_middleware"][0] is in_job


@pytest.mark.parametrize("form", ["line", "json"])
def test_every_line_names_what_it_is_about(form):
    written = logged(logging_as(form), request_id="abc-12345", job=7)
    if form == "line":
        first, *more = written.splitlines()
        assert first.partition(" ")[2].partition(" ")[2] == (
            "ERROR clusterportal.x: Broke /de/konto/reset/key/*** [request_id=abc-12345 job=7]"
        )
        assert more[0] == "Traceback (most recent call last):"
    else:
        entry = json.loads(written)
        assert entry.pop("at").endswith("Z")
        more = entry.pop("exception").splitlines()
        assert entry == {
            "level": "error", "logger": "clusterportal.x", "message": "Broke /de/konto/reset/key/***",
            "request_id": "abc-12345", "job": 7,
        }  # fmt: skip
    assert more[-2:] == ["ValueError: duplicate key", "DETAIL: ***"]
    assert "max@example.org" not in written


def test_a_form_that_is_not_known_is_refused_with_those_that_are():
    with pytest.raises(ImproperlyConfigured, match=r"LOG_FORMAT is 'xml': say one of line, json."):
        logging_as("xml")


def logged(configuration: dict, **about) -> str:
    stream, target = io.StringIO(), logging.Logger("clusterportal.x")
    form = configuration["formatters"][configuration["handlers"]["console"]["formatter"]]
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        logging.config.DictConfigurator({}).configure_formatter(dict(form))
    )  # it takes parts out
    target.addHandler(handler)
    with bound_contextvars(**about):
        try:
            raise ValueError(OF_THE_DATABASE)
        except ValueError:
            target.exception("Broke %s", "/de/konto/reset/key/1-d2bxyz-0123456789abcdef0123456789abcdef")
    return stream.getvalue()
