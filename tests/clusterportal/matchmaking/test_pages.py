"""What visitors, participants and organisers see and do in the browser."""

import re
from datetime import timedelta
from unittest import mock

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from clusterportal.clusters.models import Release
from clusterportal.core.indicator import Reason
from clusterportal.history.erasure import erase, find_person
from clusterportal.history.person import Person
from clusterportal.intake.registry_files import load_registry
from clusterportal.matchmaking.domain import agenda, planning
from clusterportal.matchmaking.domain.agenda import agenda_of
from clusterportal.matchmaking.domain.indicators import indicators_of
from clusterportal.matchmaking.domain.mails import text_of
from clusterportal.matchmaking.domain.participant_links import AGENDA, CONFIRMATION
from clusterportal.matchmaking.domain.releasing import release
from clusterportal.matchmaking.models import (
    Event,
    MeetingMail,
    Participation,
    Programme,
    Representative,
    Talk,
    Wish,
)
from clusterportal.pages.drawing.funnel import dots, squares
from clusterportal.pages.forms import guard
from clusterportal.pages.presenters.programmes import programmes_of
from tests.conftest import ROOT
from tests.factories import make_cluster, make_person
from tests.markup import markup_of

pytestmark = pytest.mark.django_db
PAGE = "/de/cluster/it-cluster/matchmaking/"
FORM = f"{PAGE}laden/anmelden/"


def planned(hall):
    plan = planning.ask_for_plan(event=hall.event, by=hall.manager)
    planning.compute(plan=plan)
    plan.refresh_from_db()
    return plan


def register(client, **changes):
    with mock.patch.object(guard.time, "time", lambda: 1_000.0):
        opened = re.search(r'name="opened" value="([^"]+)"', markup_of(client.get(FORM)))[1]
    said = {
        "register-organisation": "Alfa GmbH",
        "register-name": "Kim Vogt",
        "register-email": "kim@example.org",
        "register-consent": "on",
        "opened": opened,
    }
    with mock.patch.object(guard.time, "time", lambda: 1_010.0):
        return client.post(FORM, said | changes)


def path_of(link, person) -> str:
    return re.sub(r"^https?://[^/]+", "", link.address(str(person.uid), language="de"))


def test_the_page_is_there_only_where_it_is_released_and_shows_the_documented_example(hall):
    client = Client()
    assert client.get(PAGE).status_code == 404
    assert client.get(FORM).status_code == 404
    Release.objects.create(cluster=hall.cluster, section="matchmaking")
    Programme.objects.create(
        cluster=hall.cluster,
        slug="p",
        name_de="Programm",
        documented_events=5,
        documented_participations=190,
        documented_talks=62,
        documented_projects=15,
        source="J. Terstriep",
        is_example=True,
    )
    shown = markup_of(client.get(PAGE))
    assert "Aus 62 Gesprächen wurden 15 gemeinsame Projekte: 24\u00a0%." in shown
    assert shown.count("<circle ") == 190 + 62 + 15
    for words in ("38 je Veranstaltung", "eines auf 3 Teilnahmen", "eines aus 4 Gesprächen", "J. Terstriep"):
        assert words in shown
    assert "Dokumentiertes Beispiel" in shown
    assert f'href="{FORM}"' in shown
    (one,) = programmes_of(hall.cluster, today=timezone.localdate())
    assert [(step.count, step.quotient) for step in one.steps] == [
        (5, ""), (190, "38,0"), (62, "0,33"), (15, "0,24"),
    ]  # fmt: skip


def test_marks_compare_by_area():
    assert [(len(dots(n).places), dots(n).width, dots(n).worth) for n in (1, 62, 190, 401)] == [
        (1, 16, 1), (62, 112, 1), (190, 304, 1), (41, 80, 10),
    ]  # fmt: skip
    assert dots(1).places == ((8, 152),)
    assert squares(5).places == ((2, 130), (2, 98), (2, 66), (2, 34), (2, 2))


def test_somebody_registers_confirms_wishes_and_leaves(hall):
    Release.objects.create(cluster=hall.cluster, section="matchmaking")
    client, bravo = Client(), hall.comes("Bravo")
    assert register(client, **{"register-consent": ""}).status_code == 422
    assert register(client, homepage_2="x").headers["Location"] == "/de/gespraeche/gesendet/"
    assert Representative.objects.count() == 1
    assert register(client).status_code == 302
    person = Representative.objects.get(email="kim@example.org")
    assert (person.confirmed_at, person.consent_text) == (None, "2026-11")
    assert Participation.objects.coming().count() == 1
    (mail,) = MeetingMail.objects.filter(person=person)
    assert path_of(CONFIRMATION, person) in text_of(mail)["body"]
    assert "Kim" not in text_of(mail)["body"]

    confirm = path_of(CONFIRMATION, person)
    assert client.get(path_of(AGENDA, person)).status_code == 404  # not confirmed yet
    assert "Ist es Ihre Anmeldung?" in markup_of(client.get(confirm))
    person.refresh_from_db()
    assert person.confirmed_at is None  # a GET changes nothing
    own = client.post(confirm).headers["Location"]
    assert own == path_of(AGENDA, person)
    printed = re.search(r'<p class="printed">(.*?)</p>', markup_of(client.get(own)))[1]
    assert "Stand" in printed and "/gespraeche/" not in printed  # the address is the key
    assert Participation.objects.coming().count() == 2
    alfa = person.participation

    key = f"wishes-with-{bravo.pk}"
    assert client.post(own, {"do": "wishes", key: "wish"}).status_code == 302
    assert "gegenseitig</small>" not in markup_of(client.get(own))
    hall.wish(bravo, alfa, "not")
    assert "gegenseitig</small>" not in markup_of(client.get(own))
    Wish.objects.filter(source=bravo).update(stance="wish")
    assert "gegenseitig</small>" in markup_of(client.get(own))
    client.post(own, {"do": "presence", "presence-slots": [hall.slots[2].pk]})
    assert set(person.away.all()) == {*hall.slots[:2]}
    assert client.post(own, {"do": "nonsense"}).status_code == 422

    release(plan=planned(hall), by=hall.manager)
    shown = markup_of(client.get(own))
    assert ">Bravo</td>" in shown and "15:00" in shown
    calendar = client.get(f"{own}gespraeche.ics")
    (entry,) = Calendar.from_ical(calendar.content).walk("VEVENT")
    assert entry.decoded("dtstart") == hall.slots[2].begins_at
    stuck = client.post(own, {"do": "presence"})
    assert (stuck.status_code, person.away.count()) == (409, 2)
    assert "Bravo" in markup_of(client.post(own, {"do": "leave"}))
    assert Representative.objects.filter(pk=person.pk).exists()  # asked first
    assert client.post(own, {"do": "leave", "sure": "yes"}).status_code == 200
    assert not Representative.objects.filter(pk=person.pk).exists()
    assert Talk.objects.get().status == "cancelled"
    assert client.get(own).status_code == 410
    assert client.get("/de/gespraeche/nonsense/").status_code == 410
    # After the last day for wishes nobody is let in by the form.
    Event.objects.update(wishes_until=timezone.localdate() - timedelta(days=1))
    assert client.get(FORM).status_code == 404


def test_the_organiser_plans_announces_checks_in_and_records(hall):
    a, b, c = (hall.comes(name) for name in ("Alfa", "Bravo", "Charlie"))
    hall.both(a, b)
    hall.wish(a, c)
    client = Client()
    client.force_login(hall.manager)
    page = f"/admin/matchmaking/event/{hall.event.pk}/"
    assert client.post(f"{page}talks/", {"do": "plan"}).status_code == 302
    plan = hall.event.plans.get()
    assert 'http-equiv="refresh"' in markup_of(client.get(f"{page}talks/"))
    planning.compute(plan=plan)
    shown = markup_of(client.get(f"{page}talks/"))
    for words in ("4 von 4 Punkten: bewiesen", "Alfa<br>Bravo", "HiGHS", "Noch ist nichts bekannt gegeben"):
        assert words in shown, words
    client.post(f"{page}talks/", {"do": "release"})
    plan.refresh_from_db()
    assert plan.announced_at
    client.post(f"{page}day/", {"missing": b.pk})
    assert Talk.objects.get(other=b).status == "no_show"
    assert client.get(f"{page}day/").status_code == 200
    talk = Talk.objects.get(other=c)
    sent = {f"{one.pk}-status": one.status for one in Talk.objects.all()}
    wrong = client.post(f"{page}outcomes/", sent | {f"{talk.pk}-project_started_on": "2026-01-01"})
    assert "kann zu einer Kooperation führen" in markup_of(wrong)
    kept = {f"{talk.pk}-status": "kept", f"{talk.pk}-project_started_on": "2026-01-01"}
    assert client.post(f"{page}outcomes/", sent | kept).status_code == 302
    talk.refresh_from_db()
    assert (talk.status, str(talk.project_started_on)) == ("kept", "2026-01-01")
    for name in ("programme", "event", "participation"):
        assert client.get(f"/admin/matchmaking/{name}/").status_code == 200
        assert client.get(f"/admin/matchmaking/{name}/add/").status_code == 200
    for address in (page, f"/admin/matchmaking/participation/{a.pk}/"):
        assert client.get(f"{address}change/").status_code == 200
    editor = Client()
    editor.force_login(make_person("editor", clusters=[hall.cluster]))
    assert editor.get(f"{page}talks/").status_code == 200
    assert editor.post(f"{page}talks/", {"do": "plan"}).status_code == 403
    assert editor.get(f"{page}outcomes/").status_code == 403


def test_figures_and_the_agenda_of_a_cluster(hall, client, monkeypatch):
    today = timezone.localdate()
    other = make_cluster("other")
    assert {one.reason for one in indicators_of(other, as_of=today)} == {Reason.HIDDEN}
    for cluster in (other, hall.cluster):
        Release.objects.create(cluster=cluster, section="matchmaking")
    found = {(one.reason, one.actors) for one in indicators_of(other, as_of=today)}
    assert found == {(Reason.NOT_RECORDED, None)}
    a, b = hall.comes("Alfa"), hall.comes("Bravo")
    hall.both(a, b)
    plan = planned(hall)
    for day in (hall.event.wishes_until, hall.event.day):
        lines = agenda_of(hall.cluster, today=day)
        assert [(line.kind, line.due) for line in lines if line.due == day or line.kind != "date"] == [
            ("date", day), ("decision", hall.event.day),
        ]  # fmt: skip
    assert agenda_of(hall.cluster, today=hall.event.day + timedelta(days=1)) == []  # too late to announce it
    release(plan=plan, by=hall.manager)
    after = hall.event.day + timedelta(days=1)
    (line,) = agenda_of(hall.cluster, today=after)
    assert (line.kind, line.why) == ("stale", "Bei 1 Gespräch ist nicht erfasst, was daraus wurde.")
    monkeypatch.setattr(agenda, "MOST_LINES", 1)
    for number in range(3):
        day = hall.event.day - timedelta(days=number)
        fields = {"title_de": "Besuch", "kind": "company_visit", "day": day}
        Event.objects.create(cluster=hall.cluster, slug=f"besuch-{number}", **fields)
    lines = agenda_of(hall.cluster, today=after)
    assert [(line.what, line.count) for line in lines[1:]] == [
        ("Besuch", 1), ("2 weitere Besuche ohne Ergebnis", 2),
    ]  # fmt: skip
    dates = [line for line in agenda_of(hall.cluster, today=hall.event.day) if line.kind == "date"]
    assert [(line.what, line.count, line.due, line.verb) for line in dates[1:]] == [
        ("1 weitere Veranstaltung", 1, hall.event.day, "Alle ansehen")
    ]  # on its day, so that the week shows it
    client.force_login(hall.manager)
    assert client.get(lines[-1].url).context["cl"].result_count == 3  # visits alone
    Event.objects.visits().delete()
    Talk.objects.update(status="kept", project_started_on=hall.event.day)
    assert agenda_of(hall.cluster, today=after) == []
    shown = indicators_of(hall.cluster, as_of=after)
    assert [one.reason for one in shown] == [None, *[Reason.TOO_FEW] * 3]  # two organisations
    assert {one.actors for one in shown} == {None}
    found = indicators_of(hall.cluster, as_of=after, public=False)
    assert {one.code: (one.value, one.actors) for one in found} == {
        "events_in_year": (1, 2),
        "event_participations": (2, 2),
        "company_talks": (1, 2),
        "projects_started": (1, 2),
    }
    (before,) = {one.value for one in indicators_of(hall.cluster, as_of=after + timedelta(days=400))[:1]}
    assert before == 0


def test_a_person_is_found_and_erased(hall):
    hall.comes("Alfa")
    person = Person(name="alfa0", email="alfa0@example.org")
    key = next(key for key in find_person(person) if key.startswith("representative_at_event:"))
    erase(person=person, keys=[key], ground="request", by=make_person("administrator"))
    assert (Representative.objects.count(), Participation.objects.coming().count()) == (0, 1)


def test_the_demo_holds_the_documented_example_alone(chain):
    make_cluster("it-cluster-kaiserslautern")
    found = load_registry(ROOT / "fixtures" / "demo", tables=["programmes", "events"])
    assert found == {"programmes": (1, 0), "events": (7, 0)}
    assert {one.is_example for one in (*Programme.objects.all(), *Event.objects.all())} == {True}
    assert all(one.source for one in (*Programme.objects.all(), *Event.objects.all()))


def test_the_benchmark_runs(capsys):
    from tests.bench import schedule

    schedule.measure("12 x 4", schedule.events(is_tiny=True)["12 x 4"])
    assert "(proven)" in capsys.readouterr().out
