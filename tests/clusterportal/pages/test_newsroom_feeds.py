"""Feeds and calendars of the newsroom: whole documents, what readers rely on, and what other parsers read."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.core.files.base import ContentFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from icalendar import Calendar

from clusterportal.clusters.models import Cluster
from clusterportal.newsroom.domain import publishing
from clusterportal.newsroom.models import Contribution, File
from clusterportal.pages.views import newsroom_feeds
from tests.factories import make_actor, make_area, make_cluster, make_contribution

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}
BERLIN = ZoneInfo("Europe/Berlin")
GOLDEN = Path(__file__).parent / "golden"
WRITTEN = datetime(2026, 3, 1, 8, tzinfo=UTC)
UID = "00000000-0000-4000-8000-00000000000"


@pytest.fixture
def ask(client):
    def get(name: str, query: str = "", *args, language: str = "en", **headers):
        with override(language):
            return client.get(f"{reverse(f'pages:{name}', args=args)}{query}", headers=headers)

    return get


def _at(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=UTC)


def _dated(contribution: Contribution, **columns) -> Contribution:
    """As if it were written long ago: what the database sets by itself is laid down."""
    columns = {"created_at": WRITTEN, "updated_at": WRITTEN} | columns
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        Contribution.objects.filter(pk=contribution.pk).update(**columns)
        cursor.execute("SET LOCAL session_replication_role = origin")
    contribution.refresh_from_db()
    return contribution


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
    _dated(news, uid=f"{UID}1", published_at=_at(2026, 2, 1, 9), announced_at=_at(2026, 2, 3, 9))
    call = make_contribution("Nur deutsch", kind="call", lead_de="Kurz.", is_example=True, date="2026-01-05")
    _dated(call, uid=f"{UID}2", published_at=_at(2026, 1, 5, 9), announced_at=_at(2026, 1, 5, 9))
    make_contribution("Entwurf", state="draft")
    make_contribution("Wartet", publish_at=timezone.now() + timedelta(days=1))
    make_contribution("Tag", kind="event")


def _compare(text: str, name: str) -> None:
    assert text == (GOLDEN / name).read_text()


def _keyless(text: str) -> str:
    """Without the key of the file, which the database counts."""
    return text.replace(f"/files/{File.objects.get().pk}/", "/files/KEY/")


def test_the_whole_atom_feed(items, ask):
    response = ask("news-feed", "?kind=news&kind=call&page=1&utm=x")
    assert (response.status_code, response["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    assert response["Access-Control-Allow-Origin"] == "*"
    ElementTree.fromstring(response.content)
    _compare(_keyless(response.content.decode().replace("><", ">\n<") + "\n"), "news.xml")


def test_the_whole_json_feed(items, ask):
    response = ask("news-json", "?kind=news&kind=call")
    assert (response.status_code, response["Content-Type"]) == (200, "application/feed+json; charset=utf-8")
    text = json.dumps(response.json(), ensure_ascii=False, indent=1)
    assert '"_' not in text
    _compare(_keyless(f"{text}\n"), "news.json")


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
    # Neither the scheme nor the order of parameters is part of the feed's own id.
    ids = {
        ElementTree.fromstring(ask("news-feed", f"?{query}").content).find("a:id", ATOM).text
        for query in ("year=2026&kind=call", "kind=call&year=2026&utm=1")
    }
    assert ids == {"tag:127.0.0.1,2026:/en/news/feed.xml?kind=call&year=2026"}


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


# ---------- calendars ----------
@pytest.fixture
def events(chain):
    """Over the days when clocks change (29 March and 25 October 2026), whole days, one cancelled."""
    cluster = make_cluster("it", name_de="IT-Cluster", name_en="IT cluster")
    area, actor = make_area("health"), make_actor("Muster & Co", layers=[1])
    night = make_contribution(
        "Nacht", kind="event", title_en="Night; long, loud", lead_en="Two lines\nof text.", place="Halle 5",
        online_url="https://a.example.org", registration_url="https://b.example.org", organiser=actor,
        starts_at=_at(2026, 3, 28, 22), ends_at=_at(2026, 3, 29, 2), clusters=[cluster], areas=[area],
    )  # fmt: skip
    days = make_contribution(
        "Messe", kind="event", event_kind="trade_fair", is_all_day=True, organiser_words="Die Stadt",
        starts_at=_at(2026, 10, 24, 22), ends_at=_at(2026, 10, 26, 7),
    )  # fmt: skip
    off = make_contribution("Aus", kind="event", title_en="Off", starts_at=_at(2026, 10, 25, 8))
    for number, event in enumerate((night, days, off), start=1):
        _dated(event, uid=f"{UID}{number}")
    return night, days, off


def test_the_whole_calendar(events, ask):
    _dated(events[2], cancelled_at=timezone.now() - timedelta(days=89), sequence=1)
    response = ask("events-calendar")
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert response["Content-Disposition"] == 'inline; filename="events.ics"'
    assert b"\r\n" in response.content and max(map(len, response.content.split(b"\r\n"))) <= 75
    _compare(response.content.decode().replace("\r\n", "\n"), "events.ics")
    _dated(events[2], cancelled_at=timezone.now() - timedelta(days=91))
    assert b"SUMMARY;LANGUAGE=en:Cancelled" not in ask("events-calendar").content


def test_another_parser_reads_it_over_the_days_when_clocks_change(events, ask):
    content = ask("events-calendar", language="de").content.decode()
    calendar = vobject.readOne(content)  # builds its time zones from the file's own rules
    read = {entry.summary.value: entry for entry in calendar.vevent_list}
    begin, end = read["Nacht"].dtstart.value, read["Nacht"].dtend.value
    assert (begin.astimezone(UTC), end.astimezone(UTC)) == (events[0].starts_at, events[0].ends_at)
    assert (begin.utcoffset(), end.utcoffset()) == (timedelta(hours=1), timedelta(hours=2))
    assert end.replace(tzinfo=None) - begin.replace(tzinfo=None) == timedelta(hours=5)  # on the clock
    days = read["Messe"]
    assert (days.dtstart.value, days.dtend.value) == (date(2026, 10, 25), date(2026, 10, 27))  # the day after
    off = read["Aus"].dtstart.value  # an hour earlier the clocks went back
    assert (off.replace(tzinfo=None), off.astimezone(UTC)) == (
        datetime(2026, 10, 25, 9),
        _at(2026, 10, 25, 8),
    )
    zone = calendar.vtimezone.gettzinfo()
    for day in (date(2026, 3, 29), date(2026, 10, 25)):
        for hour in range(24):
            moment = _at(day.year, day.month, day.day, hour)
            assert moment.astimezone(zone).utcoffset() == moment.astimezone(BERLIN).utcoffset()


def test_a_calendar_is_of_what_was_chosen_and_unchanged_until_a_row_is(events, ask):
    def named(query: str) -> str:
        return str(Calendar.from_ical(ask("events-calendar", query).content)["X-WR-CALNAME"])

    names = {
        "": "Events – Clusterregister",
        "?cluster=it": "IT cluster – Events – Clusterregister",
        "?area=health&kind=workshop": "Workshop, Health – Events – Clusterregister",
    }
    assert {query: named(query) for query in names} == names
    assert ask("events-calendar", "?cluster=it").content.count(b"BEGIN:VEVENT") == 1
    # Whoever subscribed keeps the calendar of a cluster that was renamed.
    Cluster.objects.filter(slug="it").update(slug="digital")
    assert named("?cluster=it") == names["?cluster=it"]
    assert ask("events-calendar", "?cluster=it,x").status_code == 400
    first = ask("events-calendar")
    again = ask("events-calendar", **{"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert ask("events-calendar").content == first.content
    Contribution.objects.filter(pk=events[0].pk).update(place="Halle 6")
    changed = ask("events-calendar", **{"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    entries = Calendar.from_ical(changed.content).walk("VEVENT")
    (entry,) = (one for one in entries if one["UID"].startswith(f"{UID}1"))
    assert (entry["SEQUENCE"], str(entry["LOCATION"])) == (1, "Halle 6")


def test_the_end_of_a_whole_day_is_the_same_everywhere(ask):
    for number, end in enumerate([_at(2027, 5, 4, 22), _at(2027, 5, 4, 10)]):
        make_contribution(
            f"Tag {number}", kind="event", is_all_day=True, starts_at=_at(2027, 5, 3, 22), ends_at=end
        )
        [entry] = Calendar.from_ical(ask("event-calendar", "", f"tag-{number}").content).walk("VEVENT")
        assert (entry.decoded("DTSTART"), entry.decoded("DTEND")) == (date(2027, 5, 4), date(2027, 5, 5))
        assert b'"endDate": "2027-05-04"' in ask("event-detail", "", f"tag-{number}").content
        assert "May 4, 2027 –" not in ask("event-feed").content.decode()


def test_one_event_for_a_calendar(events, ask):
    response = ask("event-calendar", "", "nacht", language="de")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    (entry,) = Calendar.from_ical(response.content).walk("VEVENT")
    assert str(entry["UID"]) == str(events[0].uid)  # without a host, which may change
    Contribution.objects.filter(slug="nacht").update(slug="lange-nacht")
    moved = ask("event-calendar", "", "nacht", language="de")
    assert moved.status_code == 301 and "lange-nacht" in moved["Location"]
    assert ask("contribution-pdf", "", "nacht")["Location"] == "/en/documents/lange-nacht.pdf"
    news = make_contribution("Meldung")
    for slug in (news.slug, "nirgends", make_contribution("Entwurf", kind="event", state="draft").slug):
        assert ask("event-calendar", "", slug).status_code == 404
