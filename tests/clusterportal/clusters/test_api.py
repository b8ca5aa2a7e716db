"""Clusters and regions in the public API."""

from datetime import UTC

import pytest

from clusterportal.clusters.models import Region
from tests.factories import make_actor, make_cluster

pytestmark = pytest.mark.django_db
API = "/api/v1/"
HOST = "http://testserver"


def moment(record, name: str) -> str:
    record.refresh_from_db()
    return getattr(record, name).astimezone(UTC).isoformat().replace("+00:00", "Z")


@pytest.fixture
def cluster(db):
    """A published cluster with two published actors, beside clusters that nobody may see."""
    cluster = make_cluster(
        "it-cluster",
        name_de="IT-Cluster",
        name_en="IT cluster",
        founded=2011,
        programmes="go-cluster\n\n ZIM \n",
    )
    make_cluster("secret", state="draft")
    make_cluster("closed", is_active=False)
    for state in ("published", "published", "draft"):
        make_actor(clusters=[cluster], state=state)
    return cluster


def test_a_cluster_in_the_list_and_by_itself(client, cluster):
    listed = {
        "uid": str(cluster.uid),
        "slug": "it-cluster",
        "url": f"{HOST}/de/cluster/it-cluster/",
        "api_url": f"{HOST}{API}clusters/it-cluster/",
        "name": {"de": "IT-Cluster", "en": "IT cluster"},
        "kind": "regional",
        "region": {"slug": "kaiserslautern", "name": {"de": "Kaiserslautern", "en": None}},
        "claim": {"de": None, "en": None},
        "technology_field": {"de": None, "en": None},
        "founded": 2011,
        "homepage": None,
        "actor_count": 2,
        "updated_at": moment(cluster, "updated_at"),
    }
    assert client.get(f"{API}clusters/?lang=*").json()["results"] == [listed]
    assert client.get(f"{API}clusters/it-cluster/?lang=*").json() == listed | {
        "description": {"de": None, "en": None},
        "aims": {"de": None, "en": None},
        "services": {"de": None, "en": None},
        "organisation": {"de": None, "en": None},
        "founding_occasion": {"de": None, "en": None},
        "legal_form": None,
        "staff_fte": None,
        "life_cycle": None,
        "programmes": ["go-cluster", "ZIM"],
        "email": None,
        "phone": None,
        "logo": None,
        "verified_on": None,
        "created_at": moment(cluster, "created_at"),
    }


@pytest.mark.parametrize("slug", ["secret", "closed"])
def test_clusters_that_are_not_public_are_not_there(client, cluster, slug):
    assert client.get(f"{API}clusters/{slug}/").status_code == 404


def test_a_region_in_the_list_and_by_itself(client, cluster):
    Region.objects.update(outline={"type": "Point", "coordinates": [7.7, 49.4]})
    listed = {
        "slug": "kaiserslautern",
        "api_url": f"{HOST}{API}regions/kaiserslautern/",
        "name": "Kaiserslautern",
        "country": "DE",
        "nuts_codes": [],
        "clusters": [{"slug": "it-cluster", "name": "IT-Cluster"}],
        "actor_count": 2,
        "updated_at": moment(cluster.region, "updated_at"),
    }
    assert client.get(f"{API}regions/").json()["results"] == [listed]
    assert client.get(f"{API}regions/kaiserslautern/").json() == listed | {
        "outline": {"type": "Point", "coordinates": [7.7, 49.4]},
        "outline_source": None,
    }


def test_an_actor_in_two_clusters_of_a_region_counts_once(client, cluster):
    make_actor(clusters=[cluster, make_cluster("second")])
    assert client.get(f"{API}regions/kaiserslautern/").json()["actor_count"] == 3


def test_the_outline_is_read_only_where_it_is_sent(client, cluster, django_assert_num_queries):
    with django_assert_num_queries(
        5
    ) as queries:  # public roll, clusters of regions, count, regions, their clusters
        client.get(f"{API}regions/")
    assert not any('"outline"' in query["sql"] for query in queries)


def test_a_list_of_nothing_is_a_list(client, db):
    make_cluster("it", programmes="")
    assert client.get("/api/v1/clusters/it/?fields=programmes").json() == {"programmes": []}
