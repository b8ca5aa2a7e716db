"""What people wrote does not get into the log by way of jobs."""

import logging

import pytest
from django.db import OperationalError

from clusterportal.core.logs import BriefOutages, WithoutArguments


@pytest.mark.parametrize(
    ("name", "said", "logged"),
    [
        (
            "procrastinate.worker.worker",
            "Job review.send_message[7](to='me@example.org', body='a)\n(b') ended with status: Error, lasted 1.000 s",
            "Job review.send_message[7] ended with status: Error, lasted 1.000 s",
        ),
        ("procrastinate.worker", "Stopped worker on all queues", "Stopped worker on all queues"),
        ("actors", "Actor[7](x)", "Actor[7](x)"),
    ],
)
def test_a_job_is_named_without_its_arguments(name, said, logged):
    record = logging.LogRecord(name, logging.ERROR, "", 0, "%s", (said,), None)
    assert WithoutArguments().filter(record)
    assert record.getMessage() == logged


@pytest.mark.parametrize(
    ("error", "logged", "is_brief"),
    [
        (
            OperationalError("connection refused\n\tIs it running?"),
            "Bad: /de/ (connection refused Is it running?)",
            True,
        ),
        (ValueError("x"), "Bad: /de/", False),
    ],
)
def test_an_outage_takes_one_line_and_an_error_of_ours_its_traceback(error, logged, is_brief):
    about = (type(error), error, None)
    record = logging.LogRecord("django.request", logging.ERROR, "", 0, "Bad: %s", ("/de/",), about)
    assert BriefOutages().filter(record)
    assert (record.getMessage(), record.exc_info is None) == (logged, is_brief)
