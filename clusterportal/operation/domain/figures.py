"""How the portal stands, asked of the database when somebody looks: for Prometheus and for the page "Operation".

What `doctor` says and rooms compute for themselves is asked of them: nothing is counted twice.
"""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Q, QuerySet

from clusterportal.core.outbox import MailState, mails_by_state
from clusterportal.imports.enums import RunState
from clusterportal.imports.models import ImportRun
from clusterportal.partners.enums import EndpointState
from clusterportal.partners.models import WebhookEndpoint

_LISTED = 25


@dataclass(frozen=True)
class Connections:
    """Sessions on the database's server by what they do, and how many it takes."""

    by_state: dict[str, int]
    limit: int


@dataclass(frozen=True)
class Deliveries:
    """Receivers of webhooks: how many are sent to, failed the last time, and were paused."""

    active: int
    failing: int
    paused: int


def connections() -> Connections:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(state, 'other'), count(*) FROM pg_stat_activity "
            "WHERE backend_type = 'client backend' GROUP BY 1"
        )
        by_state = dict(cursor.fetchall())
        cursor.execute("SELECT current_setting('max_connections')::int")
        return Connections(by_state, cursor.fetchone()[0])


def deliveries() -> Deliveries:
    is_active = Q(state=EndpointState.ACTIVE)
    return Deliveries(
        **WebhookEndpoint.objects.aggregate(
            active=Count("pk", filter=is_active),
            failing=Count("pk", filter=is_active & Q(failures__gt=0)),
            paused=Count("pk", filter=~is_active),
        )
    )


def troubled_endpoints() -> QuerySet[WebhookEndpoint]:
    """Receivers that took nothing the last time, or are not sent to: at most so many as a page lists."""
    found = WebhookEndpoint.objects.select_related("partner")
    return found.exclude(state=EndpointState.ACTIVE, failures=0).order_by("-failures", "pk")[:_LISTED]


def mails() -> dict[str, dict[str, int]]:
    """Mails by the name of their table and by state, states without any included."""
    return {
        model._meta.label_lower: {state.value: counted.get(state.value, 0) for state in MailState}
        for model, counted in mails_by_state().items()
    }


def imports() -> dict[str, int]:
    """Imports by state, states without any included."""
    counted = dict(ImportRun.objects.order_by().values_list("state").annotate(count=Count("pk")))
    return {state.value: counted.get(state.value, 0) for state in RunState}
