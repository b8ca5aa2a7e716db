"""What pages, feeds, calendars and the API select by the same query string."""

import pytest
from django.db import connection
from django.http import QueryDict

from clusterportal.newsroom.filters import EventFilterSet, NewsFilterSet, StoryFilterSet
from clusterportal.newsroom.models import (
    Contribution,
    ContributionActor,
    ContributionArea,
    ContributionCluster,
    Link,
)
from tests.factories import make_actor, make_area, make_cluster, make_contribution

pytestmark = pytest.mark.django_db
_PARTS = (Link, ContributionActor, ContributionArea, ContributionCluster)


def _found(query: str, filters=NewsFilterSet) -> list[str]:
    filterset = filters(QueryDict(query))
    assert filterset.is_valid(), filterset.errors
    return sorted(filterset.qs.values_list("slug", flat=True))


@pytest.fixture
def items(chain):
    one, other = make_cluster("it"), make_cluster("auto")
    light, health = make_area("light"), make_area("health")
    actor = make_actor("Muster", layers=[1])
    make_contribution("Eins", clusters=[one, other], areas=[light, health], date="2024-05-01")
    make_contribution("Zwei", kind="call", clusters=[other], actors=[actor], date="2025-05-01")
    make_contribution("Drei", kind="success_story", areas=[health], title_en="Three", date="2025-01-01")
    make_contribution("Tag", kind="event", clusters=[one], event_kind="workshop")
    make_contribution("Messe", kind="event", event_kind="trade_fair")
    make_contribution("Entwurf", state="draft", clusters=[one])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["drei", "eins", "zwei"]),
        ("cluster=it", ["eins"]),
        ("cluster=it&cluster=auto", ["eins", "zwei"]),
        ("cluster=auto&area=light", ["eins"]),
        ("area=health&area=light", ["drei", "eins"]),
        ("actor=muster", ["zwei"]),
        ("kind=news&kind=call", ["eins", "zwei"]),
        ("year=2025", ["drei", "zwei"]),
        ("language=en", ["drei"]),
        ("kind=news,call&cluster=,it", ["eins"]),
        ("kind=&cluster=&page=2&utm=x", ["drei", "eins", "zwei"]),
    ],
)
def test_values_are_or_and_parameters_are_and(items, query, found):
    assert _found(query) == found


def test_each_list_has_its_kinds(items):
    assert _found("", EventFilterSet) == ["messe", "tag"]
    assert _found("kind=workshop&cluster=it", EventFilterSet) == ["tag"]
    assert _found("", StoryFilterSet) == ["drei"]
    for filters, kind in ((NewsFilterSet, "event"), (EventFilterSet, "news")):
        assert list(filters(QueryDict(f"kind={kind}")).errors) == ["kind"]
    query = "cluster=nirgends&area=x&actor=entwurf&year=1066&language=fr&updated_since=gestern"
    assert sorted(NewsFilterSet(QueryDict(query)).errors) == [
        "actor", "area", "cluster", "language", "updated_since", "year",
    ]  # fmt: skip


def test_changed_is_also_what_names_other_records_or_has_other_links(items):
    """A copy that asks by moment learns of parts that went, too."""
    link = Link.objects.create(
        contribution=Contribution.objects.get(slug="zwei"), label_de="Mehr", url="https://a.example.org"
    )
    assert _found("updated_since=2026-01-01T00:00:00Z") == ["drei", "eins", "zwei"]
    with connection.cursor() as cursor:  # as if all of it were written long ago
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE newsroom_contribution SET updated_at = '2020-01-01'")
        for part in _PARTS:
            table = part.pgh_event_model._meta.db_table
            cursor.execute(f"UPDATE {table} SET pgh_created_at = '2020-01-01'")
        cursor.execute("SET LOCAL session_replication_role = origin")
    assert _found("updated_since=2021-01-01") == []
    link.delete()
    Contribution.objects.get(slug="eins").areas.clear()
    assert _found("updated_since=2021-01-01") == ["eins", "zwei"]
