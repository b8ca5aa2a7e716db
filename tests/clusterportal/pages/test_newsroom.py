"""News, events and success stories as lists: their states, filters, the calendar, and what names them elsewhere."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from actors.domain.taxonomy import Taxonomy
from clusterportal.matchmaking.models import Event
from clusterportal.newsroom.models import Contribution
from clusterportal.pages.presenters.contribution_rows import contribution_rows, narrow
from clusterportal.pages.presenters.event_times import times_of
from clusterportal.pages.presenters.month_table import month_table
from tests.clusterportal.pages.newsroom_lists import BERLIN, EVENTS, NEWS, STORIES, at, titles
from tests.factories import make_actor, make_area, make_cluster, make_contribution
from tests.markup import markup_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)


def make_event(title: str = "", **fields) -> Contribution:
    return make_contribution(title, kind="event", **fields)


def shown(client, address: str) -> list[str]:
    return titles(client.get(address).content.decode())


@pytest.mark.parametrize("address", [NEWS, EVENTS, STORIES])
def test_an_empty_list_says_so_and_leads_on(client, address):
    page = client.get(address)
    assert page.status_code == 200
    assert "Hier wurde noch nichts veröffentlicht." in page.content.decode()
    assert client.get(address + "?page=2").status_code == 404


def test_news_stand_by_year_and_an_unknown_day_ends_its_year(client, chain):
    actor = make_actor("RPTU", layers=[1, 2])
    make_contribution("Neu", date=date(2026, 3, 2), actors=[actor], lead_de="Kurz gesagt.")
    make_contribution("Davor", date=date(2025, 5, 1), title_en="Before")
    make_contribution("Irgendwann", year=2025)
    make_contribution("Entwurf", state="draft")
    make_contribution("Bald", publish_at=timezone.now() + timedelta(days=1))
    make_event("Ein Termin")
    page = markup_of(client.get(NEWS))
    assert re.findall(r'<h2 id="(?:h-feature|y\d+)"[^>]*>(?:<a[^>]*>)?([^<]*)<', page) == ["Neu", "2025"]
    assert titles(page)[:2] == ["Davor", "Irgendwann"]
    assert "<span>2025, Tag nicht erfasst</span>" in page
    assert "kein Akteur genannt" in page and "<p>2 Beiträge</p>" in page
    english = markup_of(client.get("/en/news/"))
    assert "<li>in German only</li>" in english
    assert '<h3 lang="de"><a href="/en/news/irgendwann/">Irgendwann</a></h3>' in english
    assert '<h3><a href="/en/news/davor/">Before</a></h3>' in english


def test_filters_narrow_have_chips_and_refuse_what_they_do_not_know(client):
    cluster, area = make_cluster("it"), make_area("logistics")
    make_contribution("Ruf", kind="call", date=date(2026, 3, 2), clusters=[cluster], areas=[area])
    make_contribution("Heft", kind="publication", date=date(2025, 3, 2), areas=[area])
    make_contribution("Über Müllers Mühlen", date=date(2024, 3, 2))
    asked = ("kind=call", "area=logistics", "cluster=it", "year=2025", "q=muhlen", "q=Muehle", "q=nirgends")
    assert [shown(client, f"{NEWS}?{query}") for query in asked] == [
        ["Ruf"],
        ["Ruf", "Heft"],
        ["Ruf"],
        ["Heft"],
        ["Über Müllers Mühlen"],
        ["Über Müllers Mühlen"],
        [],
    ]
    page = markup_of(client.get(NEWS + "?kind=call&year=2025"))
    assert re.findall(r'<li><a href="([^"]*)"><span class="vh">Entfernen: </span>([^<]*)</a>', page) == [
        ("?kind=call", "2025"),
        ("?year=2025", "Ausschreibung"),
    ]
    assert "Kein Beitrag mit diesen Filtern." in page
    kinds = re.findall(
        r'<a href="([^"]*)"(?: aria-current="page")?>\s*([^<]*?)\s*<b>(\d+)</b>', page.split("kinds")[1]
    )
    assert kinds == [
        ("?year=2025", "Alle", "1"),
        ("?year=2025&amp;kind=publication", "Publikation", "1"),
        ("?year=2025&amp;kind=call", "Ausschreibung", "0"),
    ]
    wrong = ("kind=workshop", "cluster=nirgends", "area=x", "year=viele")
    assert [client.get(f"{NEWS}?{query}").status_code for query in wrong] == [400] * 4
    assert client.get(EVENTS + "?month=2026-13").status_code == 400
    assert client.get(STORIES + "?year=1").status_code == 400


@pytest.mark.parametrize(
    ("fields", "state", "mark", "can_register"),
    [
        ({}, "Registration not stated", "", False),
        ({"registration_url": "https://a.example"}, "Registration open", "open", True),
        (
            {"registration_url": "https://a.example", "registration_until": date(2026, 11, 26)},
            "Register by November 26",
            "open",
            True,
        ),
        ({"registration_until": date(2026, 11, 25)}, "Registration closed since November 25", "gone", False),
        ({"registration_from": date(2026, 11, 27)}, "Registration opens on November 27", "", False),
        ({"is_full": True, "registration_url": "https://a.example"}, "fully booked", "full", False),
        (
            {"is_full": True, "has_waiting_list": True, "registration_url": "https://a.example"},
            "fully booked, waiting list",
            "full",
            True,
        ),
        ({"starts_at": at(25, month=11)}, "past", "", False),
        ({"starts_at": at(26, 8, month=11)}, "Registration not stated", "", False),
        (
            {"starts_at": at(24, month=11), "ends_at": at(26, 9, month=11)},
            "Registration not stated",
            "",
            False,
        ),
        ({"cancelled_at": at(20, month=11), "is_full": True}, "cancelled on November 20", "gone", False),
    ],
)
def test_states_of_an_event(fields, state, mark, can_register):
    with override("en"):
        times = times_of(Contribution(**{"starts_at": at(2)} | fields), today=TODAY)
    # How days and months follow each other is the language's.
    said = re.sub(
        r"(\d+) (\w+)$|(\w+) (\d+)$", lambda m: " ".join(sorted(m[0].split(), reverse=True)), times.state
    )
    assert (said, times.mark, times.can_register) == (
        re.sub(r"(\w+) (\d+)$", lambda m: " ".join(sorted(m[0].split(), reverse=True)), state),
        mark,
        can_register,
    )


def test_times_of_an_event_in_words():
    with override("de"):
        said = [
            (times.numeral, times.weekdays, times.days, times.hours)
            for event in (
                Contribution(starts_at=at(2), ends_at=at(2, 19)),
                Contribution(starts_at=at(2), is_all_day=True),
                Contribution(starts_at=at(2, 10), ends_at=at(4, 15)),
                Contribution(starts_at=at(2), ends_at=at(3, 0)),
            )
            for times in [times_of(event, today=TODAY)]
        ]
    assert said == [
        ("2.", "Mi", "2. Dezember 2026", "17:00 bis 19:00 Uhr"),
        ("2.", "Mi", "2. Dezember 2026", "ganztägig"),
        ("2.–4.", "Mi–Fr", "2. Dezember 2026 bis 4. Dezember 2026", "Mi 10:00 bis Fr 15:00 Uhr"),
        ("2.", "Mi", "2. Dezember 2026", "17:00 bis 00:00 Uhr"),
    ]


def test_a_month_counts_each_day_and_says_what_is_cancelled():
    events = [
        Contribution(starts_at=at(30, month=11), ends_at=at(2)),
        Contribution(starts_at=at(2)),
        Contribution(starts_at=at(15), cancelled_at=at(1, month=11)),
    ]
    table = month_table(date(2026, 12, 1), events, today=date(2026, 12, 2))
    days = [day for week in table.weeks for day in week]
    assert (days[0].day, days[-1].day, table.before, table.after) == (
        date(2026, 11, 30),
        date(2027, 1, 3),
        date(2026, 11, 1),
        date(2027, 1, 1),
    )
    with override("de"):
        assert [day.label for day in days if day.count] == [
            "1. Dezember: 1 Termin",
            "2. Dezember: 2 Termine",
            "15. Dezember: 1 Termin, abgesagt",
        ]
    assert [day.day.day for day in days if day.is_today] == [2]


def test_events_to_come_stand_by_month_and_the_last_ones_below(client):
    now = timezone.now()
    area = make_area("logistics")
    make_event("Gestern", starts_at=now - timedelta(days=2))
    make_event("Morgen", starts_at=now + timedelta(days=1), place="Leipzig", areas=[area])
    make_event("Abgesagt", starts_at=now + timedelta(days=70), cancelled_at=now, event_kind="seminar")
    moved = {"moved_from": now + timedelta(days=60), "moved_at": now}
    make_event("Verlegt", starts_at=now + timedelta(days=71), online_url="https://a.example", **moved)
    page = markup_of(client.get(EVENTS))
    assert titles(page)[:4] == ["Morgen", "Abgesagt", "Verlegt", "Gestern"]
    for said in (
        'class="off-text">Abgesagt',
        "<b>Verlegt</b>",
        "<b>Online</b>",
        "Ort nicht erfasst",
        "verlegt am",
    ):
        assert said in page, said
    assert f'href="?year={(now - timedelta(days=2)).year}"' in page
    month = timezone.localtime(now + timedelta(days=71)).strftime("%Y-%m")
    of_month = client.get(f"{EVENTS}?month={month}")
    assert "Verlegt" in titles(markup_of(of_month))
    assert of_month.context["kinds"][0].count == len(of_month.context["rows"]) < 4
    assert shown(client, EVENTS + "?kind=seminar")[0] == "Abgesagt"
    assert shown(client, EVENTS + "?area=logistics")[0] == "Morgen"
    past = make_event("Lange her", starts_at=datetime(2019, 5, 2, 9, tzinfo=BERLIN))
    assert shown(client, EVENTS + "?year=2019")[0] == "Lange her"
    old = markup_of(client.get(past.get_absolute_url()))
    assert "<b>Vergangen</b>" in old and "Anmelden beim Veranstalter" not in old


def test_other_pages_show_what_concerns_them(client, chain):
    cluster, actor = make_cluster("it"), make_actor("RPTU", layers=[2])
    make_contribution("Vom Cluster", clusters=[cluster])
    make_contribution("Vom Akteur", actors=[actor])
    make_event("Termin des Clusters", clusters=[cluster], starts_at=timezone.now() + timedelta(days=3))
    with override("de"):
        pages = [
            reverse("pages:home"),
            reverse("clusters:cluster-detail", args=[cluster.slug]),
            actor.get_absolute_url(),
        ]
    ours = {"Vom Cluster", "Vom Akteur", "Termin des Clusters"}
    assert [ours & set(shown(client, page)) for page in pages] == [
        ours,
        {"Vom Cluster", "Termin des Clusters"},
        {"Vom Akteur"},
    ]
    assert '<a href="/de/aktuelles/?actor=rptu">' in markup_of(client.get(pages[2]))


@pytest.mark.parametrize(("address", "queries"), [(NEWS, 9), (EVENTS, 16), (STORIES, 9)])
def test_queries_do_not_grow(client, chain, django_assert_max_num_queries, address, queries):
    actors = [make_actor(layers=[1, 2]) for _number in range(3)]
    area, cluster = make_area(), make_cluster()
    for number in range(21):
        named = {"actors": actors, "areas": [area], "clusters": [cluster]}
        make_contribution(kind="success_story", date=date(2026, 1, number + 1), **named)
        make_event(starts_at=timezone.now() + timedelta(days=number), organiser=actors[0], **named)
    with django_assert_max_num_queries(queries):
        first = client.get(address)
    count = len(titles(first.content.decode())) + first.content.decode().count('class="feature ')
    assert count == 20
    with django_assert_max_num_queries(queries):
        assert len(shown(client, address + "?page=2")) == 1


def test_a_row_shows_nothing_that_was_not_read_with_it(chain, django_assert_num_queries):
    host, now = make_actor("RPTU", layers=[1]), timezone.now()
    named = {"actors": [host], "areas": [make_area()], "lead_de": "Kurz gesagt."}
    past = {"starts_at": now - timedelta(days=9), "organiser_words": "Ein Verein"}
    make_contribution(date=date(2026, 3, 2), **named)
    make_contribution(kind="success_story", title_de="", title_en="Abroad", year=2025, **named)
    make_contribution(kind="call", deadline=date(2026, 1, 1), is_example=True, **named)
    make_event(organiser=host, place="Hier", online_url="https://example.org", is_all_day=True, **named)
    make_event(**past, cancelled_at=now)
    make_event(**past, moved_from=now - timedelta(days=30), moved_at=now)
    make_event(starts_at=now + timedelta(days=1), registration_url="https://example.org", **named)
    make_event(starts_at=now + timedelta(days=1), registration_until=date(2026, 1, 1))
    make_event(starts_at=now + timedelta(days=1), is_full=True, has_waiting_list=True)
    meeting = Event.objects.create(cluster=make_cluster(), slug="m", title_de="-", day=TODAY)
    make_event(starts_at=now + timedelta(days=1), matchmaking_event=meeting)
    with django_assert_num_queries(3):
        rows = contribution_rows(narrow(Contribution.objects.all()), Taxonomy())
    with django_assert_num_queries(0):
        for row in rows:
            whole = render_to_string(
                "newsroom/_event_row.html" if row.times else "newsroom/_row.html", {"row": row}
            )
            assert row.contribution.title in whole
            assert row.contribution.title in render_to_string("newsroom/_feature.html", {"feature": row})


def test_the_sitemap_names_them_in_every_language(client):
    one = make_contribution("Eins", kind="success_story")
    text = client.get("/sitemap-contributions.xml").content.decode()
    assert f"<loc>http://testserver{one.get_absolute_url()}</loc>" in text
    assert "<loc>http://testserver/en/success-stories/eins/</loc>" in text
    assert "/de/termine/</loc>" in client.get("/sitemap-pages.xml").content.decode()
