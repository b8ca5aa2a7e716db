"""What people wrote does not get into the log by way of jobs."""

import logging

import pytest

from clusterportal.core.logs import WithoutArguments


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
