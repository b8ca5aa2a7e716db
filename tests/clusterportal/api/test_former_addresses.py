"""Layers, areas, clusters and topics go on being found under addresses that they had, and by their permanent ids."""

import pytest

from actors.domain.term_merging import merge_terms
from actors.models import ActorTopic, Topic
from clusterportal.clusters.models import Cluster
from tests.factories import make_actor, make_area, make_cluster, make_person

pytestmark = pytest.mark.django_db
API = "/api/v1/"


@pytest.fixture
def records(chain):
    """A record of each kind with an actor, by address of its list and name of its filter."""
    area, cluster = make_area("health"), make_cluster("it")
    topic = Topic.objects.create(slug="heat", name_de="Wärme")
    actor = make_actor("Institut", slug="one", layers=[2], areas=[area], clusters=[cluster])
    ActorTopic.objects.create(actor=actor, topic=topic)
    return {
        ("layers", "layer"): chain[1],
        ("application-areas", "area"): area,
        ("clusters", "cluster"): cluster,
        ("topics", "topic"): topic,
    }


def test_each_is_found_by_id_and_former_address(client, records):
    for (place, name), record in records.items():
        first = record.slug
        for slug in ("second", "third"):
            record.slug = slug
            record.save()
        by_id = client.get(f"{API}{place}/{record.uid}/?fields=slug")
        assert (by_id.status_code, by_id.json()) == (200, {"slug": "third"}), place
        for former in (first, "second"):
            moved = client.get(f"{API}{place}/{former}/?lang=en&fields=slug")
            assert (moved.status_code, moved.headers["Location"]) == (
                301,
                f"http://testserver{API}{place}/third/?lang=en&fields=slug",
            )
            found = client.get(f"{API}actors/?{name}={former}&fields=slug").json()
            assert found["results"] == [{"slug": "one"}], (place, former)
        assert client.get(f"{API}{place}/never/").status_code == 404
        assert client.get(f"{API}actors/?{name}=never").status_code == 400
        other = make_cluster(first) if place == "clusters" else None  # an address that is taken once more
        if other:
            assert client.get(f"{API}clusters/{first}/").json()["uid"] == str(other.uid)


def test_an_address_leads_to_who_had_it_last(client, records):
    for cluster in (records["clusters", "cluster"], make_cluster("later")):
        for slug in ("shared", f"now-{cluster.pk}"):
            cluster.slug = slug
            cluster.save()
    assert client.get(f"{API}clusters/shared/").headers["Location"].endswith(f"/now-{cluster.pk}/")


def test_pages_lead_on_too(client, records):
    for (place, _name), page in ((("layers", "layer"), "ebenen"), (("clusters", "cluster"), "cluster")):
        record = records[place, _name]
        former, record.slug = record.slug, "new"
        record.save()
        moved = client.get(f"/de/{page}/{former}/")
        assert (moved.status_code, moved.headers["Location"]) == (301, f"/de/{page}/new/")


def test_one_that_was_renamed_and_merged(client, records):
    old, kept = records["topics", "topic"], Topic.objects.create(slug="warmth", name_de="Wärmelehre")
    old.slug = "heating"
    old.save()
    merge_terms(
        noun="topic",
        kept=kept,
        merged=old,
        by=make_person("manager", clusters=[records["clusters", "cluster"]]),
    )
    for former in ("heat", "heating"):
        assert client.get(f"{API}topics/{former}/").headers["Location"].endswith("/topics/warmth/")


def test_a_withdrawn_cluster_is_gone(client, records):
    Cluster.objects.update(state="draft")
    assert client.get(f"{API}clusters/it/").status_code == 410
    assert client.get(f"{API}clusters/{make_cluster('draft', state='draft').slug}/").status_code == 404
