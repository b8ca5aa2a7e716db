"""What stands on other sites: the script, the lines to copy, pages in frames, oEmbed."""

import gzip
import re
from base64 import b64encode
from hashlib import sha384
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.urls import URLPattern, get_resolver, reverse
from django.utils.translation import override

from actors.filters import ActorFilterSet
from clusterportal.pages.embed_script import CURRENT, PARTS, keep_current
from clusterportal.pages.models import EmbedScript
from tests.factories import make_actor, make_area, make_chain, make_cluster
from tests.markup import markup_of

pytestmark = pytest.mark.django_db
MOST_BYTES = 15 * 1024  # compressed
ADDRESS = f"/embed/v1/{CURRENT.name}.js"
FRAMED = {"embed-directory", "embed-matrix", "embed-actor"}


@pytest.fixture
def registry():
    make_chain()
    cluster, area = make_cluster(), make_area()
    make_actor(
        "Muster GmbH", short_name="Muster", slug="muster", layers=[1, 3], areas=[area], clusters=[cluster]
    )
    make_actor("Beispiel", slug="beispiel", layers=[2], website="https://beispiel.example")
    make_actor("Entwurf", slug="entwurf", state="draft")


class _Elements(HTMLParser):
    """The start tags of a text with their attributes."""

    def __init__(self, text: str):
        super().__init__()
        self.found: list[tuple[str, dict]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def copied(response, name: str) -> str:
    """The lines in a field to copy from."""
    text = response.content.decode()
    return unescape(re.search(rf'<textarea id="{name}".*?>\n(.*?)</textarea>', text, re.DOTALL)[1])


# ---------- the script ----------
def test_the_script_is_small_open_to_every_site_and_kept_for_ever(client):
    response = client.get(ADDRESS, headers={"Accept-Encoding": "gzip"})
    assert len(response.content) <= MOST_BYTES
    assert gzip.decompress(response.content).decode() == CURRENT.text
    named = {
        name: response[name] for name in ("Content-Type", "Cache-Control", "Access-Control-Allow-Origin")
    }
    assert named == {
        "Content-Type": "text/javascript; charset=utf-8",
        "Cache-Control": "public, max-age=31536000, immutable",
        "Access-Control-Allow-Origin": "*",
    }
    assert not response.cookies


def test_one_script_is_joined_from_all_parts():
    folder = settings.BASE_DIR / "static" / "embed"
    assert {path.stem for path in folder.glob("*.js")} == set(PARTS)
    known: set[str] = set()
    for part in PARTS:
        needed = re.findall(r'from "\./(\w+)\.js"', (folder / f"{part}.js").read_text())
        assert set(needed) <= known, f"{part} is joined before what it imports"
        known.add(part)
    assert not re.search(r"^(import|export) ", CURRENT.text, re.MULTILINE)
    assert "innerHTML" not in CURRENT.text


def test_a_script_that_was_ever_served_stays(client):
    EmbedScript.objects.all().delete()
    for _migrate in range(2):
        keep_current(sender=None, using="default")
    assert EmbedScript.objects.get().text == CURRENT.text
    EmbedScript.objects.create(name="of-last-year", text="// old\n")
    assert client.get("/embed/v1/of-last-year.js").content == b"// old\n"
    assert client.get("/embed/v1/never-served.js").status_code == 404


def test_the_script_knows_the_filters_and_the_pages():
    several = re.search(r"SEVERAL = \[(.*?)\]", CURRENT.text, re.DOTALL)[1]
    single = re.search(r"SINGLE = \[(.*?)\]", CURRENT.text, re.DOTALL)[1]
    names = ActorFilterSet.base_filters
    assert set(re.findall(r"\w+", several)) == {name for name in names if ActorFilterSet.takes_several(name)}
    assert set(re.findall(r"\w+", single)) == {
        name for name in names if not ActorFilterSet.takes_several(name)
    }
    paths = re.findall(r'paths: \{ actors: "(.*?)", matrix: "(.*?)" \}', CURRENT.text)
    expected = []
    for language in ("de", "en"):
        with override(language):
            expected.append((reverse("actors:actor-list"), reverse("pages:matrix")))
    assert paths == expected


# ---------- lines to copy ----------
def test_directory_and_matrix_write_the_lines_for_the_filters_in_force(client, registry):
    question = (
        "?layer=basic-research&layer=applied-research&cluster=it-cluster&q=%22Muster%22+%26+GmbH&page=1"
    )
    response = client.get(f"/en/actors/{question}")
    (_script, script), (_tag, element), (_a, link) = _Elements(copied(response, "embed-script")).found
    served = client.get(urlsplit(script["src"]).path).content
    assert script["integrity"] == f"sha384-{b64encode(sha384(served).digest()).decode()}"
    assert script["crossorigin"] == "anonymous"
    assert element == {
        "portal": "http://testserver", "source": "Clusterregister", "lang": "en",
        "layer": "basic-research,applied-research", "cluster": "it-cluster", "q": '"Muster" & GmbH',
    }  # fmt: skip
    # Whoever follows the link, or sees the frame, sees the same filters.
    [(_iframe, frame)] = _Elements(copied(response, "embed-frame")).found
    query = "q=%22Muster%22+%26+GmbH&layer=basic-research&layer=applied-research&cluster=it-cluster"
    assert link["href"] == f"http://testserver/en/actors/?{query}"
    assert frame["src"] == f"http://testserver/en/embed/actors/?{query}"

    matrix = copied(client.get("/de/matrix/?cluster=it-cluster&layer=basic-research"), "embed-script")
    tag, element = _Elements(matrix).found[1]
    assert (tag, element["cluster"], "layer" in element) == ("cluster-matrix", "it-cluster", False)


# ---------- frames ----------
def test_embed_pages_may_be_framed_and_every_other_page_refuses(client, registry):
    framed, refused = set(), set()
    for name, path in _public_addresses():
        response = client.get(path)
        policy = response.headers.get("Content-Security-Policy", "")
        is_open = "frame-ancestors *" in policy and "X-Frame-Options" not in response.headers
        is_shut = "frame-ancestors 'none'" in policy and response.headers.get("X-Frame-Options") == "DENY"
        assert is_open or is_shut, path
        (framed if is_open else refused).add(name)
    assert framed == FRAMED
    assert {"home", "actor-list", "actor-detail", "matrix", "developers", "oembed", "index"} <= refused


def _public_addresses(patterns=None, before: str = "/") -> list[tuple[str, str]]:
    """Name and German address of everything that needs no argument, or only the slug of an actor."""
    found = []
    for one in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(one.pattern).replace("^", "").replace("<slug:slug>", "muster")
        if isinstance(one, URLPattern):
            # The check of health answers before all middleware, with two words.
            if not re.search(r"[<\[(]|^/health/", route) and one.name:
                found.append((one.name, route.replace("\\Z", "")))
        elif route in ("/admin/", "/api/v1/"):  # its first page stands for all: they have one middleware
            found.append(("index", route))
        else:
            found += _public_addresses(one.url_patterns, route)
    return found


def test_pages_in_frames_show_what_the_portal_shows(client, registry):
    text = markup_of(client.get("/de/einbetten/akteure/?cluster=it-cluster&theme=dark"))
    assert "<h2>1 Akteur</h2>" in text and ">Muster</a>" in text and "Beispiel" not in text
    assert 'data-theme="dark"' in text and '<base target="_blank">' in text
    assert '<link rel="canonical" href="http://testserver/de/akteure/?cluster=it-cluster">' in text
    matrix = markup_of(client.get("/en/embed/matrix/?cluster=it-cluster"))
    assert "layer=basic-research&amp;area=health-medtech" in matrix
    actor = client.get("/en/embed/actors/beispiel/")
    assert "https://beispiel.example" in markup_of(actor) and not actor.cookies


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        (
            "/en/embed/actors/?layer=nonsense",
            400,
            "This embed names filters that the registry does not know.",
        ),
        ("/en/embed/actors/?q=zzzz", 200, "No actor matches this search."),
        ("/en/embed/actors/?page=9", 404, "<h2>2 actors</h2>"),
        ("/en/embed/matrix/?kind=nonsense", 400, "This embed names filters that the registry does not know."),
        ("/en/embed/actors/entwurf/", 404, "This entry is no longer in the registry."),
    ],
)
def test_what_cannot_be_shown_is_said_in_the_frame(client, registry, path, status, words):
    response = client.get(path)
    assert (response.status_code, words in markup_of(response)) == (status, True)
    assert "frame-ancestors *" in response["Content-Security-Policy"]


# ---------- oEmbed ----------
@pytest.mark.parametrize(
    ("page", "title", "frame"),
    [
        ("/en/actors/muster/", "Muster", "/en/embed/actors/muster/"),
        (
            "/de/akteure/?layer=basic-research&page=2",
            "Akteure: Ebene 1",
            "/de/einbetten/akteure/?layer=basic-research",
        ),
        ("/de/matrix/", "Kompetenzmatrix", "/de/einbetten/matrix/"),
        ("/en/clusters/it-cluster/", "Actors: It-Cluster", "/en/embed/actors/?cluster=it-cluster"),
        ("/en/layers/basic-research/", "Actors: Layer 1", "/en/embed/actors/?layer=basic-research"),
        ("/en/application-areas/health-medtech/", "Actors: Health", "/en/embed/actors/?area=health-medtech"),
    ],
)
def test_oembed_is_found_in_the_head_and_shows_the_page(client, registry, page, title, frame):
    link = re.search(r'type="application/json\+oembed" href="(.*?)"', markup_of(client.get(page)))[1]
    answer = client.get(unescape(link))
    told = answer.json()
    [(tag, shown)] = _Elements(told.pop("html")).found
    assert (tag, shown["src"]) == ("iframe", f"http://testserver{frame}")
    assert (shown["width"], shown["height"]) == (str(told["width"]), str(told["height"]))
    assert told.pop("title").startswith(title)
    assert told == {
        "version": "1.0", "type": "rich", "provider_name": "Clusterregister", "provider_url": "http://testserver",
        "cache_age": 86_400, "width": told["width"], "height": told["height"],
    }  # fmt: skip
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_oembed_keeps_to_the_room_there_is(client, registry):
    url = "http://testserver/de/akteure/muster/"
    small = client.get("/oembed/", {"url": url, "maxwidth": 200, "maxheight": 150}).json()
    large = client.get("/oembed/", {"url": url, "maxwidth": 9999, "maxheight": "many"}).json()
    assert [(one["width"], one["height"]) for one in (small, large)] == [(200, 150), (420, 440)]
    assert 'width="200" height="150"' in small["html"]


@pytest.mark.parametrize(
    "url",
    [
        "", "nonsense", "https://elsewhere.example/de/akteure/muster/", "http://testserver/de/impressum/",
        "http://testserver/api/v1/actors/", "javascript://testserver/de/akteure/muster/", "http://[testserver/",
        "http://testserver/de/akteure/entwurf/", "http://testserver/de/akteure/?layer=nonsense",
    ],
)  # fmt: skip
def test_oembed_shows_nothing_else(client, registry, url):
    assert client.get("/oembed/", {"url": url}).status_code == 404


def test_oembed_speaks_json_alone(client):
    assert client.get("/oembed/", {"url": "", "format": "xml"}).status_code == 501
