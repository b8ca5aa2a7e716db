"""What other sites and search engines read of a page: title, address, picture, linked data."""

import json
import re

import pytest

from clusterportal.pages.presenters.actor_rows import PER_PAGE
from tests.factories import make_actor, make_area, make_cluster
from tests.markup import markup_of

pytestmark = pytest.mark.django_db

SHARED = [
    "/de/", "/de/akteure/?q=Muster&layer=basic-research&page=1", "/de/akteure/muster/", "/de/matrix/", "/de/netzwerk/",
    "/de/ebenen/", "/de/ebenen/basic-research/", "/de/anwendungsfelder/", "/de/anwendungsfelder/health-medtech/",
    "/de/cluster/", "/de/cluster/it-cluster/", "/de/clustermodell/", "/de/datenschutz/", "/de/vorschlagen/",
]  # fmt: skip

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
ORGANIZATION = {
    "@context": "https://schema.org",
    "@type": "Organization",
    "@id": "http://testserver/en/clusters/it-cluster/",
    "url": "http://testserver/en/clusters/it-cluster/",
    "name": "It-Cluster",
    "description": "</script>",
    "areaServed": {"@type": "Place", "name": "Kaiserslautern"},
    "sameAs": ["https://cluster.example"],
}
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
    assert (
        shared["image"].endswith(".png")
        and shared["title"] in re.search("<title>(.*?)</title>", text, re.S)[1]
    )


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
        ("/en/clusters/it-cluster/", ORGANIZATION),
    ],
)
def test_portal_and_clusters_are_linked_data(client, chain, address, expected):
    make_cluster(homepage="https://cluster.example", claim_en="</script>")
    text = markup_of(client.get(address))
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)[1])
    assert data == expected
