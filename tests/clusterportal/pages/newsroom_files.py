"""What tests of feeds and calendars of contributions use."""

from datetime import UTC, datetime
from pathlib import Path

from django.db import connection
from django.urls import reverse
from django.utils.translation import override

from clusterportal.newsroom.models import Contribution

GOLDEN = Path(__file__).parent / "golden"
WRITTEN = datetime(2026, 3, 1, 8, tzinfo=UTC)


def asker(client):
    """`ask(name of an address, query, its arguments)`."""

    def get(name: str, query: str = "", *args, language: str = "en", **headers):
        with override(language):
            return client.get(f"{reverse(f'pages:{name}', args=args)}{query}", headers=headers)

    return get


def utc(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=UTC)


def dated(contribution: Contribution, **columns) -> Contribution:
    """As if it were written long ago: what the database sets by itself is laid down."""
    columns = {"created_at": WRITTEN, "updated_at": WRITTEN} | columns
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        Contribution.objects.filter(pk=contribution.pk).update(**columns)
        cursor.execute("SET LOCAL session_replication_role = origin")
    contribution.refresh_from_db()
    return contribution


def golden(name: str) -> str:
    return (GOLDEN / name).read_text()
