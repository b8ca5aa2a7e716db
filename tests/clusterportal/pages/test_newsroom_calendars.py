"""Calendars of events, compared with golden files and read back by another parser."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.utils import timezone
from icalendar import Calendar

from clusterportal.clusters.models import Cluster
from clusterportal.newsroom.domain import publishing
from clusterportal.newsroom.models import Contribution, WithdrawnEvent
from tests.clusterportal.pages.newsroom_files import asker, dated, golden, utc
from tests.factories import make_actor, make_area, make_cluster, make_contribution, make_person

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")
UID = "00000000-0000-4000-8000-00000000000"


@pytest.fixture
def ask(client):
    return asker(client)


@pytest.fixture
def events(chain):
    """Over the days when clocks change (29 March and 25 October 2026), whole days, one cancelled."""
    cluster = make_cluster("it", name_de="IT-Cluster", name_en="IT cluster")
    area, actor = make_area("health"), make_actor("Muster & Co", layers=[1])
    night = make_contribution(
        "Nacht", kind="event", title_en="Night; long, loud", lead_en="Two lines\nof text.", place="Halle 5",
        online_url="https://a.example.org", registration_url="https://b.example.org", organiser=actor,
        starts_at=utc(2026, 3, 28, 22), ends_at=utc(2026, 3, 29, 2), clusters=[cluster], areas=[area],
    )  # fmt: skip
    days = make_contribution(
        "Messe", kind="event", event_kind="trade_fair", is_all_day=True, organiser_words="Die Stadt",
        starts_at=utc(2026, 10, 24, 22), ends_at=utc(2026, 10, 26, 7),
    )  # fmt: skip
    off = make_contribution("Aus", kind="event", title_en="Off", starts_at=utc(2026, 10, 25, 8))
    for number, event in enumerate((night, days, off), start=1):
        dated(event, uid=f"{UID}{number}")
    return night, days, off


def test_the_whole_calendar(events, ask):
    dated(events[2], cancelled_at=timezone.now() - timedelta(days=89), sequence=1)
    response = ask("events-calendar")
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert response["Content-Disposition"] == 'inline; filename="events.ics"'
    assert b"\r\n" in response.content and max(map(len, response.content.split(b"\r\n"))) <= 75
    assert response.content.decode().replace("\r\n", "\n") == golden("events.ics")
    dated(events[2], cancelled_at=timezone.now() - timedelta(days=91))
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
        utc(2026, 10, 25, 8),
    )
    zone = calendar.vtimezone.gettzinfo()
    for day in (date(2026, 3, 29), date(2026, 10, 25)):
        for hour in range(24):
            moment = utc(day.year, day.month, day.day, hour)
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
    """At midnight, or on the last day itself."""
    for number, end in enumerate([utc(2027, 5, 4, 22), utc(2027, 5, 4, 10)]):
        make_contribution(
            f"Tag {number}", kind="event", is_all_day=True, starts_at=utc(2027, 5, 3, 22), ends_at=end
        )
        [entry] = Calendar.from_ical(ask("event-calendar", "", f"tag-{number}").content).walk("VEVENT")
        assert (entry.decoded("DTSTART"), entry.decoded("DTEND")) == (date(2027, 5, 4), date(2027, 5, 5))
        page = ask("event-detail", "", f"tag-{number}").content.decode()
        assert '"endDate": "2027-05-04"' in page
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


def test_a_withdrawn_event_is_cancelled_and_tells_no_more_than_was_public(events, ask):
    """For 90 days, as it was seen; what is edited afterwards, and what was over, is nobody's business."""
    soon, actor = timezone.now() + timedelta(days=9), events[0].organiser
    events[0].actors.add(actor)
    Contribution.objects.filter(kind="event").update(starts_at=soon, ends_at=None)
    Contribution.objects.filter(slug="aus").update(starts_at=timezone.now() - timedelta(days=1))
    for slug in ("nacht", "aus"):
        publishing.withdraw(contribution=Contribution.objects.get(slug=slug), by=make_person("administrator"))
    night = Contribution.objects.get(slug="nacht")
    night.clusters.clear()
    Contribution.objects.filter(pk=night.pk).update(title_de="Geheim", title_en="Secret", place="Anderswo")
    shown = ask("event-calendar", "", "nacht").content
    for query in (
        "",
        f"?cluster=it&area=health&actor={actor.slug}&kind=workshop&language=en&updated_since=2026-01-01T00:00:00Z",
    ):
        entries = Calendar.from_ical(ask("events-calendar", query).content).walk("VEVENT")
        told = [one for one in entries if one["UID"] == str(night.uid)]
        assert told == Calendar.from_ical(shown).walk("VEVENT")
    [told] = told
    assert sorted(told) == ["DTSTAMP", "DTSTART", "SEQUENCE", "STATUS", "SUMMARY", "UID"]
    assert (told["STATUS"], told["SUMMARY"]) == ("CANCELLED", "Cancelled: Night; long, loud")
    assert (told["SEQUENCE"], told.decoded("DTSTART")) == (night.sequence, soon.replace(microsecond=0))
    make_cluster("other")
    for query in ("?cluster=other", "?kind=seminar", "?year=1999"):
        assert not Calendar.from_ical(ask("events-calendar", query).content).walk("VEVENT")
    assert f"{UID}3".encode() not in ask("events-calendar").content
    night.delete()  # a draft by now
    assert ask("event-calendar", "", "nacht").content == shown
    WithdrawnEvent.objects.update(withdrawn_at=timezone.now() - timedelta(days=91))
    assert ask("event-calendar", "", "nacht").status_code == 404
    assert publishing.forget_withdrawn() == 1


def test_an_event_that_appears_again_is_confirmed_by_a_higher_number(ask):
    event = make_contribution("Messe", kind="event", starts_at=timezone.now() + timedelta(days=9))
    for state, sequence in (("archived", 1), ("published", 2)):  # as the job writes what disappears
        Contribution.objects.filter(pk=event.pk).update(state=state)
        [entry] = Calendar.from_ical(ask("events-calendar").content).walk("VEVENT")
        assert entry["SEQUENCE"] == sequence
    assert entry["STATUS"] == "CONFIRMED"
