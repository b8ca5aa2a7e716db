"""A search as a feed: whole answers, what readers rely on, and what it must not say."""

import re
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils.translation import override

from actors.models import Actor, ContactPerson
from clusterportal.pages.views.feed import MOST_ENTRIES
from tests.factories import make_actor, make_area

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def feed(client):
    def get(query: str = "", language: str = "en", **headers):
        with override(language):
            return client.get(f"{reverse('pages:directory-feed')}{query}", headers=headers)

    return get


def _published(name: str, day: int, **fields) -> Actor:
    return make_actor(name, published_at=datetime(2026, 1, day, 12, tzinfo=UTC), **fields)


def _titles(response) -> list[str]:
    return [one.text for one in ElementTree.fromstring(response.content).findall("a:entry/a:title", ATOM)]


def _whole(element) -> list:
    """Tags without their namespace, attributes and texts, in the order of the document."""
    return [
        (one.tag.partition("}")[2], dict(one.attrib), (one.text or "").strip()) for one in element.iter()
    ][1:]


def test_the_whole_answer(feed, chain):
    actor = _published(
        "Optik & Co", 2, layers=[2], areas=[make_area("health")], city="Leipzig", kind="company",
        summary_de="Baut Linsen.", summary_en="Builds <lenses>.", email="info@optik.example",
    )  # fmt: skip
    ContactPerson.objects.create(actor=actor, name="Ada Lovelace", consent_on="2026-01-01")
    _published("Andere", 3, kind="university")
    make_actor("Entwurf", state="draft", kind="company")
    actor.refresh_from_db()
    response = feed("?kind=company&ordering=name&utm=x")
    assert (response.status_code, response["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    root = ElementTree.fromstring(response.content)
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    changed = actor.public_updated_at.isoformat()
    here = "http://testserver/en/actors/"
    asked = "?kind=company&ordering=name&utm=x"
    assert _whole(root) == [
        ("title", {}, "Company – Clusterregister"),
        ("link", {"href": here + asked, "rel": "alternate"}, ""),
        ("link", {"href": f"{here}feed.xml{asked}", "rel": "self"}, ""),
        ("id", {}, here + asked),
        ("updated", {}, changed),
        ("author", {}, ""),
        ("name", {}, "Clusterregister"),
        ("subtitle", {}, "The actors that were published last under these filters, at most 50."),
        ("entry", {}, ""),
        ("title", {}, "Optik & Co"),
        ("link", {"href": f"{here}optik-und-co/", "rel": "alternate"}, ""),
        ("published", {}, "2026-01-02T12:00:00+00:00"),
        ("updated", {}, changed),
        ("id", {}, f"urn:uuid:{actor.uid}"),
        ("summary", {"type": "html"}, "Company, Leipzig. Builds &lt;lenses&gt;."),
        ("category", {"term": "Applied research and transfer"}, ""),
        ("category", {"term": "Health"}, ""),
    ]


def test_it_speaks_the_language_of_its_path(feed, chain):
    _published("Linse", 1, summary_de="Baut Linsen.", summary_en="Builds lenses.", layers=[1])
    text = feed(language="de").content.decode()
    assert 'xml:lang="de"' in text and "/de/akteure/linse/" in text
    assert "Forschungseinrichtung, Leipzig. Baut Linsen." in text and "Grundlagenforschung" in text


def test_the_newest_come_first_and_an_old_one_comes_with_its_first_match(feed):
    """A change does not bring an actor to the top, but whoever fits from now on is an entry."""
    old = _published("Alt", 1, city="Bonn")
    for name, day in (("Mitte", 5), ("Neu", 9)):
        _published(name, day, city="Halle")
    assert _titles(feed("?city=Halle")) == ["Neu", "Mitte"]
    Actor.objects.filter(pk=old.pk).update(city="Halle")
    assert _titles(feed("?city=Halle")) == ["Neu", "Mitte", "Alt"]


def test_it_ends_after_fifty_and_asks_no_more_for_them(feed, chain, django_assert_max_num_queries):
    _published("Institut", 1)
    with django_assert_max_num_queries(12) as few:
        feed()
    for number in range(MOST_ENTRIES):
        _published(f"Institut {number}", 2)
    with django_assert_max_num_queries(12) as many:
        titles = _titles(feed())
    assert len(titles) == MOST_ENTRIES and "Institut" not in titles
    assert len(many) <= len(few)


def test_readers_are_told_that_nothing_is_new(feed):
    """Also of a search without a hit: Django would date it now, again and again."""
    for query in ("", "?q=Quatsch"):
        first = feed(query)
        assert "max-age=0" in first["Cache-Control"] and "public" in first["Cache-Control"]
        assert feed(query, **{"If-None-Match": first["ETag"]}).status_code == 304
        make_actor("Quatsch" if query else "Neu")
        assert feed(query, **{"If-None-Match": first["ETag"]}).status_code == 200


def test_what_is_not_understood_is_named(feed, chain):
    response = feed("?layer=nirgends&near=x%3Cb%3E")
    assert (response.status_code, response["Content-Type"]) == (400, "text/plain; charset=utf-8")
    lines = response.content.decode().split("\n")
    assert lines[0].startswith("Layer: “nirgends” is not known here.")
    assert lines[1].startswith("Near: “x<b>” is no place that is known here.")


def test_without_filters_it_tells_who_was_published_and_pages_announce_it(feed, client, chain):
    _published("Alt", 1)
    left = _published("Ging wieder", 5)
    make_actor("Entwurf", state="draft")
    draft = make_actor("Frisch", state="draft")
    Actor.objects.filter(pk=draft.pk).update(state="published", published_at=datetime(2026, 2, 1, tzinfo=UTC))
    Actor.objects.filter(pk=left.pk).update(state="archived")
    assert _titles(feed()) == ["Frisch", "Alt"]
    for page in ("/en/", "/en/actors/"):
        text = client.get(page).content.decode()
        assert re.search(
            r'<link rel="alternate" type="application/atom\+xml" title="[^"]+" href="/en/actors/feed.xml">',
            text,
        )
    announced = client.get("/de/akteure/?layer=basic-research").headers["Link"]
    assert (
        '</de/akteure/feed.xml?layer=basic-research>; rel="alternate"; type="application/atom+xml"'
        in announced
    )
