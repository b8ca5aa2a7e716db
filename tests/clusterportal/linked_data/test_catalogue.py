"""The catalogue: the whole graph, and what DCAT-AP demands of it."""

from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import DCAT, DCTERMS, FOAF, Graph, URIRef

from actors.models import Actor
from clusterportal.core.api.serializers import moment_text
from clusterportal.history.models import PublicChange
from tests.factories import make_actor, make_area, make_cluster
from tests.graphs import assert_same, graph_at, graph_of

pytestmark = pytest.mark.django_db
HERE = Path(__file__).parent
CATALOGUE = "/api/v1/catalog/"
EVERY = (None, None, None)


@pytest.fixture
def registry(chain, settings):
    settings.OPERATOR_EMAIL = "cluster@example.org"
    cluster = make_cluster()
    cluster.region.nuts_codes = ["DEB32"]
    cluster.region.save()
    make_actor(layers=[1], areas=[make_area()], clusters=[cluster], published_at="2026-01-02T23:30:00Z")


def test_the_whole_graph(client, registry, django_assert_num_queries):
    modified = PublicChange.objects.order_by("-at").values_list("at", flat=True).first()
    modified = modified or Actor.objects.get().public_updated_at
    text = (HERE / "catalogue.ttl").read_text().replace("MODIFIED", moment_text(modified))
    assert_same(graph_at(client, CATALOGUE), graph_of(text))
    with django_assert_num_queries(4):  # areas, regions, and both times
        client.get(CATALOGUE)


def test_all_that_it_names_is_there(client, registry):
    graph = graph_at(client, CATALOGUE)
    named = [
        DCAT.accessURL,
        DCAT.downloadURL,
        DCAT.endpointURL,
        DCAT.endpointDescription,
        DCAT.landingPage,
        FOAF.page,
    ]
    addresses = {str(one) for name in named for one in graph.objects(predicate=name)}
    assert len(addresses) == 13
    for address in addresses:
        answer = client.get(address.removeprefix("http://127.0.0.1:8000"))
        assert answer.status_code == 200, address
        for part in graph.subjects(DCAT.accessURL, URIRef(address)):
            media_type = str(graph.value(part, DCAT.mediaType)).partition("media-types/")[2]
            assert answer.headers["Content-Type"].startswith(media_type)


def complaints(graph: Graph) -> list[str]:
    """What the rules of DCAT-AP say against a graph, warnings included."""
    _conforms, _report, text = validate(graph, shacl_graph=graph_of((HERE / "dcat_ap.ttl").read_text()))
    return [line.strip() for line in text.splitlines() if line.strip().startswith("Result Path")]


def test_it_meets_dcat_ap(client, registry):
    assert complaints(graph_at(client, CATALOGUE)) == []


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        ((None, DCTERMS.publisher, None), 3),
        ((None, DCAT.accessURL, None), 9),
        ((None, DCTERMS.license, None), 10),
        ((None, None, DCTERMS.LinguisticSystem), 22),
        ((None, DCAT.theme, None), 2),
        ((None, FOAF.name, None), 1),
    ],
)
def test_the_rules_see_what_is_missing(pattern, number):
    graph = graph_of((HERE / "catalogue.ttl").read_text().replace("MODIFIED", "2026-01-01T00:00:00Z"))
    graph.remove(pattern)
    assert len(complaints(graph)) == number


def test_an_empty_registry_has_a_catalogue_without_gaps(client, chain):
    graph = graph_at(client, CATALOGUE)
    assert graph.value(URIRef("http://127.0.0.1:8000/api/v1/catalog/#actors"), DCTERMS.temporal) is None
    assert not [one for one in graph.objects() if str(one) in ("", "None")]
