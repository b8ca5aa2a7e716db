"""Everything that is measured, as Prometheus reads it: what processes counted, and how the portal stands now."""

import os
from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector

from clusterportal.core import backup_notes, doctor, job_queue, replica
from clusterportal.core.models import Standstill
from clusterportal.history.models import current_revision
from clusterportal.newsroom.domain.publishing import lag
from clusterportal.operation.domain import figures, measuring
from clusterportal.partners.domain import usage
from clusterportal.partners.models import FeedNote

OF_PROCESSES = (
    measuring.REQUESTS,
    measuring.REQUEST_SECONDS,
    measuring.ANSWERS,
    measuring.JOBS,
    measuring.JOB_SECONDS,
)


def exposition() -> bytes:
    """Without a database what processes have counted is still told, and `portal_database_up` is 0."""
    registry = CollectorRegistry(auto_describe=False)
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(registry)
    else:  # one process, which holds its counts itself
        for metric in OF_PROCESSES:
            registry.register(metric)
    registry.register(_Standing())
    return generate_latest(registry)


class _Standing:
    """A collector of prometheus-client: asked whenever Prometheus asks."""

    def collect(self) -> Iterator[Metric]:
        yield _one("portal_disk_free_bytes", "Room for data and files", doctor.free_bytes())
        try:
            found = list(_of_database())
        except DatabaseError:
            found = []
        yield _one("portal_database_up", "Whether the database answers", bool(found))
        yield from found


def _of_database() -> Iterator[Metric]:
    sessions = figures.connections()
    yield _many(
        "portal_database_sessions",
        "Sessions on the server",
        ["state"],
        {(state,): number for state, number in sessions.by_state.items()},
    )
    yield _one("portal_database_sessions_limit", "Sessions that the server takes", sessions.limit)
    yield _many(
        "portal_jobs",
        "Jobs by queue and status: todo waits, doing runs",
        ["queue", "status"],
        job_queue.counts(),
    )
    yield _many(
        "portal_job_wait_seconds",
        "How long the job waits that has waited longest",
        ["queue"],
        {(queue,): wait.total_seconds() for queue, wait in job_queue.longest_waits().items()},
    )
    yield _by_kind(
        "portal_mails", "Mails by table and state; unclear ones wait for a person", figures.mails()
    )
    yield _one("portal_mails_held", "Whether mails are held since a restore", Standstill.is_on())
    yield _many(
        "portal_webhooks",
        "Receivers of webhooks; failing ones are among the active",
        ["state"],
        {(state,): number for state, number in vars(figures.deliveries()).items()},
    )
    yield _many(
        "portal_imports",
        "Imports by state",
        ["state"],
        {(state,): n for state, n in figures.imports().items()},
    )
    yield _one("portal_publication_lag_seconds", "Delay of what is due to appear", lag().total_seconds())
    yield _one("portal_feed_notes", "Changes that partners have not been told of", FeedNote.objects.count())
    [today] = usage.by_day(days=1)
    answers = {("keyed",): today.keyed, ("others",): today.others, ("refused",): today.refused}
    yield _many("portal_api_answers_today", "Answers of the API; refused because of a limit", ["to"], answers)
    yield _one("portal_data_revision", "Commits that changed the registry", current_revision())
    if replica.REPLICA in settings.DATABASES:
        behind = replica.lag()
        yield _one(
            "portal_replica_up", "Whether the replica answers and follows the primary", behind is not None
        )
        if behind is not None:
            yield _one("portal_replica_lag_bytes", "Log that the replica has not replayed", behind.bytes)
            seconds = behind.time.total_seconds()
            yield _one("portal_replica_lag_seconds", "How far the replica is behind", seconds)
    if (made_at := backup_notes.last_made_at()) is not None:
        yield _one("portal_backup_timestamp_seconds", "When the last backup was made", made_at.timestamp())


def _one(name: str, help_text: str, value: float) -> Metric:
    return GaugeMetricFamily(name, help_text, value=float(value))


def _many(name: str, help_text: str, labels: list[str], values: Mapping[Any, float]) -> Metric:
    family = GaugeMetricFamily(name, help_text, labels=labels)
    for key, value in sorted(values.items()):
        family.add_metric(key, value)
    return family


def _by_kind(name: str, help_text: str, values: dict[str, dict[str, int]]) -> Metric:
    flat = {(kind, state): number for kind, states in values.items() for state, number in states.items()}
    return _many(name, help_text, ["kind", "state"], flat)
