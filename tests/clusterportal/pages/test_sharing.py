"""What other sites and search engines read of a page: title, address, picture, linked data."""

import json
import re
from io import BytesIO
from uuid import UUID

import pytest
from PIL import Image

from clusterportal.core.rdf import iri_of
from clusterportal.pages.drawing.share import StairStep
from clusterportal.pages.presenters.actor_rows import PER_PAGE
from clusterportal.pages.views import share
from tests.factories import make_actor, make_area, make_cluster
from tests.markup import markup_of

pytestmark = pytest.mark.django_db

SHARED = [
    "/de/", "/de/akteure/?q=Muster&layer=basic-research&page=1", "/de/akteure/muster/", "/de/matrix/", "/de/netzwerk/",
    "/de/ebenen/", "/de/ebenen/basic-research/", "/de/anwendungsfelder/", "/de/anwendungsfelder/health-medtech/",
    "/de/cluster/", "/de/cluster/it-cluster/", "/de/clustermodell/", "/de/datenschutz/", "/de/vorschlagen/",
]  # fmt: skip

PICTURES = {
    "/de/akteure/muster/": "/de/akteure/muster/bild.png",
    "/de/cluster/it-cluster/": "/de/cluster/it-cluster/bild.png",
}
WEB_SITE = {
    "@context": "https://schema.org",
    "@type": "WebSite",
    "name": "Clusterregister",
    "url": "http://testserver/en/",
    "inLanguage": "en",
    "potentialAction": {
        "@type": "SearchAction",
        "target": {
            "@type": "EntryPoint",
            "urlTemplate": "http://testserver/en/actors/?q={search_term_string}",
        },
        "query-input": "required name=search_term_string",
    },
}
CLUSTER_UID, ACTOR_UID = UUID(int=1), UUID(int=2)
ORGANIZATION = {
    "@context": "https://schema.org",
    "@type": "Organization",
    "@id": iri_of(CLUSTER_UID),
    "url": "https://cluster.example",
    "mainEntityOfPage": "http://testserver/en/clusters/it-cluster/",
    "name": "It-Cluster",
    "description": "</script>",
    "areaServed": {"@type": "Place", "name": "Kaiserslautern"},
}
MEMBER = {"@type": "Organization", "@id": iri_of(ACTOR_UID), "name": "Muster"}
LIST_OF_CLUSTERS = {
    "@context": "https://schema.org",
    "@type": "ItemList",
    "itemListElement": [{"@type": "ListItem", "position": 1, "item": ORGANIZATION}],
}


@pytest.mark.parametrize("address", SHARED)
def test_every_page_can_be_shared(client, chain, address):
    make_actor("Muster", layers=[1], areas=[make_area()], clusters=[make_cluster()])
    text = markup_of(client.get(address))
    shared = dict(re.findall(r'<meta property="og:(title|url|type|image)" content="([^"]+)">', text))
    assert set(shared) == {"title", "url", "type", "image"}
    assert shared["url"] == "http://testserver" + address.replace("&", "&amp;")
    assert shared["title"] in re.search("<title>(.*?)</title>", text, re.S)[1]
    assert shared["image"] == "http://testserver" + PICTURES.get(address, "/de/bild.png")
    assert re.findall(r'property="og:locale[:a-z]*" content="([^"]+)"', text) == ["de_DE", "en_GB"]
    assert '<meta name="twitter:card" content="summary_large_image">' in text


@pytest.mark.parametrize(
    "path", ["/en/picture.png", "/en/actors/muster/picture.png", "/en/clusters/it-cluster/picture.png"]
)
def test_pictures_are_drawn_and_kept_until_something_changes(client, chain, path):
    make_actor("Muster", layers=[1], clusters=[make_cluster()])
    response = client.get(path)
    assert Image.open(BytesIO(response.content)).size == (1200, 630)
    assert (response["Content-Type"], response["Cache-Control"]) == (
        "image/png", "public, max-age=0, must-revalidate",
    )  # fmt: skip
    assert client.get(path, headers={"If-None-Match": response["ETag"]}).status_code == 304


def test_only_public_records_have_a_picture(client, chain):
    make_actor("Entwurf", state="draft")
    make_cluster("geheim", state="draft")
    for path in ("/en/actors/entwurf/picture.png", "/en/clusters/geheim/picture.png"):
        assert client.get(path).status_code == 404


def test_the_picture_of_an_actor_and_of_a_cluster_say_what_they_are(client, chain, monkeypatch):
    drawn = []
    monkeypatch.setattr(share, "share_picture", lambda **card: drawn.append(card) or b"")
    make_actor("Muster", kind="company", city="Leipzig", layers=[1, 3], clusters=[make_cluster()])
    client.get("/en/actors/muster/picture.png")
    client.get("/de/cluster/it-cluster/bild.png")
    client.get("/en/picture.png")
    empty, full = StairStep(False), StairStep(True)
    actor = {
        "site": "Clusterregister", "title": "Muster", "line": "Company, Leipzig",
        "steps": [full, empty, full, empty, empty], "language": "en",
    }  # fmt: skip
    gap, one = StairStep(False, "–"), StairStep(True, "1")
    cluster = {
        "site": "Clusterregister", "title": "It-Cluster", "line": "1 Akteur",
        "steps": [one, gap, one, gap, gap], "language": "de",
    }  # fmt: skip
    portal = {
        "site": "", "title": "Clusterregister", "line": "Kaiserslautern", "steps": [full] * 5, "language": "en",
    }  # fmt: skip
    assert drawn == [actor, cluster, portal]


def test_page_2_of_a_list_is_a_page_of_its_own(client, chain):
    for number in range(PER_PAGE + 1):
        make_actor(f"Firma {number}", layers=[1])
    for address in ("/de/akteure/", "/de/ebenen/basic-research/"):
        text = markup_of(client.get(f"{address}?page=2"))
        assert f'<link rel="canonical" href="http://testserver{address}?page=2">' in text
        assert f'<link rel="canonical" href="http://testserver{address}">' in markup_of(client.get(address))


def test_titles_say_what_is_searched_and_filtered_also_in_place(client, chain):
    make_actor("Muster", layers=[1])
    query = "?q=Muster&layer=basic-research&city=Leipzig&kind=company"
    for headers in ({}, {"HX-Request": "true"}):
        text = markup_of(client.get(f"/en/actors/{query}", headers=headers))
        assert "<title>“Muster”, Company, Layer 1 … – Actors – Clusterregister</title>" in text
    assert "<title>Leipzig – Competence matrix – " in markup_of(client.get("/en/matrix/?city=Leipzig"))


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/en/", WEB_SITE),
        ("/en/clusters/", LIST_OF_CLUSTERS),
        ("/en/clusters/it-cluster/", ORGANIZATION | {"member": [MEMBER]}),
    ],
)
def test_portal_and_clusters_are_linked_data(client, chain, address, expected):
    cluster = make_cluster(uid=CLUSTER_UID, homepage="https://cluster.example", claim_en="</script>")
    make_actor("Muster", uid=ACTOR_UID, layers=[1], clusters=[cluster])
    text = markup_of(client.get(address))
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)[1])
    assert data == expected
