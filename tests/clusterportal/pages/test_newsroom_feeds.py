"""Feeds of the newsroom: whole documents, and what readers rely on."""

import json
from datetime import date, timedelta
from uuid import UUID
from xml.etree import ElementTree

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from clusterportal.newsroom.domain import publishing
from clusterportal.newsroom.models import Contribution, File
from clusterportal.pages.models import FeedNamespace
from clusterportal.pages.views import newsroom_feeds
from tests.clusterportal.pages.newsroom_files import asker, dated, golden, utc
from tests.factories import make_actor, make_area, make_cluster, make_contribution

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}
UID = "00000000-0000-4000-8000-00000000000"


@pytest.fixture
def ask(client):
    return asker(client)


@pytest.fixture
def items(chain):
    cluster, area = make_cluster("it", name_de="IT-Cluster", name_en="IT cluster"), make_area("health")
    actor = make_actor("Muster & Co", layers=[1])
    news = make_contribution(
        "Labor <offen>", title_en="Laboratory <open>", subtitle_en="For all", lead_en="Free & easy.",
        body_en="## Who\n\n[Companies](/en/actors/) <script>x</script>", source="https://a.example.org/1",
        clusters=[cluster], areas=[area], actors=[actor], date="2026-02-01",
    )  # fmt: skip
    File.objects.create(
        contribution=news, label_en="Plan", file=ContentFile(b"%PDF", "plan.pdf"), name="plan.pdf",
        media_type="application/pdf", size=4,
    )  # fmt: skip
    dated(news, uid=f"{UID}1", published_at=utc(2026, 2, 1, 9), announced_at=utc(2026, 2, 3, 9))
    call = make_contribution("Nur deutsch", kind="call", lead_de="Kurz.", is_example=True, date="2026-01-05")
    dated(call, uid=f"{UID}2", published_at=utc(2026, 1, 5, 9), announced_at=utc(2026, 1, 5, 9))
    make_contribution("Entwurf", state="draft")
    make_contribution("Wartet", publish_at=timezone.now() + timedelta(days=1))
    make_contribution("Tag", kind="event")


def _keyless(text: str) -> str:
    """Without the key of the file, which the database counts."""
    return text.replace(f"/files/{File.objects.get().pk}/", "/files/KEY/")


def test_the_whole_atom_feed(items, ask):
    FeedNamespace.objects.update(uid=UUID(int=0))
    response = ask("news-feed", "?kind=news&kind=call&page=1&utm=x")
    assert (response.status_code, response["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    assert response["Access-Control-Allow-Origin"] == "*"
    ElementTree.fromstring(response.content)
    assert _keyless(response.content.decode().replace("><", ">\n<") + "\n") == golden("news.xml")


def test_the_whole_json_feed(items, ask):
    response = ask("news-json", "?kind=news&kind=call")
    assert (response.status_code, response["Content-Type"]) == (200, "application/feed+json; charset=utf-8")
    text = json.dumps(response.json(), ensure_ascii=False, indent=1)
    assert '"_' not in text
    assert _keyless(f"{text}\n") == golden("news.json")


def test_each_list_has_its_feeds_in_both_languages(items, ask):
    lists = {"news": ["Labor <offen>", "Nur deutsch"], "event": ["Tag"], "story": []}
    for name, titles in lists.items():
        told = ask(f"{name}-json", language="de").json()
        assert [one["title"].rpartition(": ")[2] for one in told["items"]] == titles
        assert told["language"] == "de" and told["home_page_url"] == told["feed_url"].removesuffix(
            "feed.json"
        )
        root = ElementTree.fromstring(ask(f"{name}-feed", language="de").content)
        assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "de"
    assert [one["title"] for one in ask("news-json", "?cluster=it").json()["items"]] == ["Laboratory <open>"]
    assert ask("news-json", "?language=en").json()["items"][0]["language"] == "en"


def test_ids_stay_and_only_telling_readers_is_an_update(items, ask, django_user_model):
    def told():
        root = ElementTree.fromstring(ask("news-feed").content)
        entries = [
            (one.find("a:id", ATOM).text, one.find("a:updated", ATOM).text)
            for one in root.findall("a:entry", ATOM)
        ]
        return root.find("a:id", ATOM).text, entries

    before = told()
    old = Contribution.objects.get(slug="nur-deutsch")
    old.slug, old.lead_de, old.date = "anders", "Berichtigt.", date(2025, 1, 1)
    old.save()
    assert told() == before
    by = django_user_model.objects.create_superuser("eva", "eva@example.org")
    publishing.announce(contribution=old, by=by)
    feed, [first, second] = told()
    assert (feed, first[0], second) == (before[0], f"urn:uuid:{UID}2", before[1][0])
    assert first[1] > second[1]


def test_neither_the_address_of_the_portal_nor_the_order_of_parameters_is_in_the_id_of_a_feed(ask, settings):
    def ids(*queries: str) -> set[str]:
        feeds = [ElementTree.fromstring(ask("news-feed", f"?{query}").content) for query in queries]
        return {feed.find("a:id", ATOM).text for feed in feeds}

    [name] = ids("year=2026&kind=call", "kind=call&year=2026&utm=1")
    assert name.startswith("urn:uuid:") and {name} != ids("kind=call")
    settings.SITE_URL = "https://another.example.org"
    assert ids("year=2026&kind=call") == {name}
    FeedNamespace.objects.update(uid=UUID(int=1))  # another portal
    assert name not in ids("year=2026&kind=call")
    with pytest.raises(IntegrityError, match="feednamespace_is_one_row"), transaction.atomic():
        FeedNamespace.objects.create(pk=2)


def test_older_entries_are_on_further_pages(ask, monkeypatch):
    monkeypatch.setattr(newsroom_feeds, "PER_PAGE", 2)
    for number in range(5):
        make_contribution(f"Nummer {number}")
    seen, address = [], f"?year={timezone.localdate().year}"
    while address:
        page = ask("news-json", f"?{address.partition('?')[2]}").json()
        seen += [one["title"] for one in page["items"]]
        address = page.get("next_url", "")
    assert len(seen) == len({*seen}) == 5
    assert 'rel="next"' in ask("news-feed").content.decode()
    for number in ("4", "0", "x", "9" * 5000):
        assert ask("news-feed", f"?page={number}").status_code == 404
    assert ask("news", f"?page={'9' * 5000}").status_code == 404
    assert ask("events", "?month=20٢٦-12").status_code == 400


def test_what_xml_cannot_hold_is_left_out(ask):
    make_contribution("Neu\ufffe", body_de="Seite &#12; zwei")
    feed = ElementTree.fromstring(ask("news-feed").content)
    [entry] = feed.findall("a:entry", ATOM)
    assert entry.find("a:title", ATOM).text == "Neu"
    assert "Seite  zwei" in entry.find("a:content", ATOM).text


@pytest.mark.parametrize("name", ["news-feed", "event-json", "events-calendar"])
def test_what_is_not_understood_is_named(ask, name):
    response = ask(name, "?year=nie&cluster=x")
    assert (response.status_code, response["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert [line.partition(":")[0] for line in response.content.decode().split("\n")] == ["cluster", "year"]


def test_queries_do_not_grow_with_entries(ask, chain, django_assert_max_num_queries):
    cluster, area, actor = make_cluster("it"), make_area(), make_actor("Muster", layers=[1])
    named = {"clusters": [cluster], "areas": [area], "actors": [actor]}
    for name in ("event-feed", "event-json", "events-calendar"):
        make_contribution(kind="event", organiser=actor, **named)
        with django_assert_max_num_queries(12) as few:
            ask(name)
        for _number in range(3):
            make_contribution(kind="event", organiser=actor, **named)
        with django_assert_max_num_queries(12) as many:
            ask(name)
        assert len(many) == len(few)
