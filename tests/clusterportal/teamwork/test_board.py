"""The board of one's clusters: only what is within reach, bounded, in a fixed number of queries."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from actors.domain.completeness import NEEDED, complete_condition
from actors.models import Actor, Membership
from clusterportal.history.acts import act
from clusterportal.imports.domain.uploading import receive
from clusterportal.imports.models import ImportRun
from clusterportal.review.models import Proposal
from clusterportal.teamwork.domain import board
from clusterportal.teamwork.domain.days import KEPT_FOR, keep_day
from clusterportal.teamwork.domain.notes import write_note
from clusterportal.teamwork.domain.picture import picture_of
from clusterportal.teamwork.models import ClusterDay
from clusterportal.teamwork.tasks import keep_day as keep_day_job
from tests.admin_pages import queries_of
from tests.factories import make_actor, make_area, make_chain

pytestmark = pytest.mark.django_db
BOARD = "/admin/teamwork/note/board/"


def seen_by(person) -> dict:
    client = Client()
    client.force_login(person)
    return client.get(BOARD).context


def test_only_for_those_who_work_in_it(team):
    doors = {}
    for name in ("administrator", "manager", "editor", "stranger", "viewer"):
        client = Client()
        client.force_login(getattr(team, name))
        doors[name] = client.get(BOARD).status_code
    assert doors == {"administrator": 200, "manager": 200, "editor": 200, "stranger": 200, "viewer": 403}
    client.force_login(team.manager)
    assert client.get("/admin/board/").url == BOARD


def test_follow_ups_overdue_first_and_ones_own_only(team):
    today = timezone.localdate()
    for text, days in (("ohne", None), ("später", 2), ("überfällig", -2)):
        due = None if days is None else today + timedelta(days=days)
        write_note(actor=team.actor, by=team.editor, text=text, due_on=due, assignee=team.manager)
    write_note(actor=team.actor, by=team.manager, text="für Lou", assignee=team.editor)
    assert [note.text for note in seen_by(team.manager)["follow_ups"]] == ["überfällig", "später", "ohne"]
    team.manager.team_memberships.all().delete()  # no longer within reach
    assert [note.text for note in seen_by(team.manager)["follow_ups"]] == []


def test_the_first_page_names_follow_ups_when_there_are_any(team):
    client = Client()
    client.force_login(team.manager)
    before = client.get("/admin/?overview=1").context["tasks"]
    today = timezone.localdate()
    for due in (today, today - timedelta(days=1)):
        write_note(actor=team.actor, by=team.editor, text="x", due_on=due, assignee=team.manager)
    [task] = [one for one in client.get("/admin/?overview=1").context["tasks"] if one not in before]
    assert (task["count"], task["why"]) == (2, "Überfällig: 1.")
    assert client.get(task["url"]).context["cl"].result_count == 2


def test_drafts_that_one_began(team):
    client = Client()
    client.force_login(team.manager)
    with act("edit", by=team.manager):
        own = make_actor("Mein Entwurf", state="draft", clusters=[team.ours])
        make_actor("Schon öffentlich", clusters=[team.ours])
        make_actor("Anderswo", state="draft", clusters=[team.theirs])
    with act("edit", by=team.editor):
        make_actor("Von Lou", state="draft", clusters=[team.ours])
    assert list(seen_by(team.manager)["drafts"]) == [own]


def test_what_colleagues_did_today_within_reach(team, monkeypatch):
    with act("edit", by=team.editor):
        Actor.objects.filter(pk=team.actor.pk).update(city="Halle")
    with act("edit", by=team.manager):
        Actor.objects.filter(pk=team.actor.pk).update(city="Gera")
    with act("edit", by=team.stranger):
        Actor.objects.filter(pk=team.foreign.pk).update(city="Halle")
    assert [(one.person, one.title) for one in seen_by(team.manager)["changes"]] == [("lou", "Optik Nord")]
    assert [one.person for one in seen_by(team.administrator)["changes"]] == ["pat", "kim", "lou"]
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    assert board.of_colleagues_today(team.manager) == []


def test_the_queue_by_age(team):
    for days, actor in (
        (0, team.actor),
        (2, team.actor),
        (9, team.actor),
        (90, team.actor),
        (90, team.foreign),
    ):
        Proposal.objects.create(
            kind="change", actor=actor, record={"city": "x"}, state="waiting",
            waiting_since=timezone.now() - timedelta(days=days),
        )  # fmt: skip
    context = seen_by(team.editor)
    assert [(age.above, age.up_to, age.count) for age in context["ages"]] == [
        (0, 1, 1), (1, 7, 1), (7, 30, 1), (30, None, 1),
    ]  # fmt: skip
    waits = [one.waiting_since for one in context["oldest"]]
    assert waits == sorted(waits) and len(waits) == 4
    assert seen_by(team.manager)["ages"] == []  # they stand in the cockpit
    assert 'href="/admin/clusters/cluster/cockpit/"' in page_of(team.manager)


def test_imports_of_the_week_by_the_team(team):
    def imported(person, name: str) -> ImportRun:
        return receive(SimpleUploadedFile(name, b"name;kind\nA;company\n"), noun="actors", by=person)

    (
        imported(team.manager, "meine.csv"),
        imported(team.editor, "lou.csv"),
        imported(team.stranger, "fremd.csv"),
    )
    old = imported(team.manager, "alt.csv")
    ImportRun.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=8))
    runs = seen_by(team.manager)["runs"]
    assert [(one.file_name, one.is_within_reach) for one in runs] == [("lou.csv", False), ("meine.csv", True)]


def test_the_team_is_shown(team):
    assert [one["name"] for one in seen_by(team.editor)["team"]] == ["kim", "lou"]
    assert "lou@example.org" in page_of(team.manager)


def page_of(person) -> str:
    client = Client()
    client.force_login(person)
    return client.get(BOARD).content.decode()


# ---------- completeness ----------
def test_a_day_is_counted_once_and_again(team):
    day = date(2026, 5, 1)
    make_actor("Entwurf", state="draft", clusters=[team.ours])
    make_actor("Archiv", state="archived", clusters=[team.ours])
    assert keep_day(day=day) == 2 and keep_day(day=day) == 2
    one = ClusterDay.objects.get(cluster=team.ours)
    assert (one.published, one.drafts, one.complete, one.percent) == (1, 1, 0, 0)


def test_complete_is_what_lists_call_so(team):
    make_chain()
    whole = make_actor("Ganz", layers=[1], areas=[make_area()], clusters=[team.ours])
    special = {
        "latitude": 1.0,
        "website": "https://a.example",
        "email": "a@a.example",
        "verified_on": "2026-01-01",
    }
    values = {one.name: special.get(one.name, "x") for one in NEEDED}
    Actor.objects.filter(pk=whole.pk).update(**values, longitude=1.0)
    assert Actor.objects.filter(complete_condition()).count() == 1
    keep_day_job(timestamp=0)
    assert [(one.complete, one.published) for one in ClusterDay.objects.filter(cluster=team.ours)] == [(1, 2)]


def test_old_days_go(team):
    ClusterDay.objects.create(cluster=team.ours, day=date(2020, 1, 1), published=1, drafts=0, complete=1)
    keep_day(day=date(2020, 1, 1) + KEPT_FOR)
    assert ClusterDay.objects.filter(day=date(2020, 1, 1)).exists()
    keep_day(day=date(2020, 1, 2) + KEPT_FOR)
    assert not ClusterDay.objects.filter(day=date(2020, 1, 1)).exists()


def test_the_picture_and_its_table(team):
    today = timezone.localdate()
    for days, complete in ((10, 0), (5, 1), (400, 1)):
        ClusterDay.objects.create(
            cluster=team.ours, day=today - timedelta(days=days), published=2, drafts=1, complete=complete
        )
    days = board.days_of(team.ours)
    assert [(one.day, one.percent) for one in days] == [
        (today - timedelta(days=10), 0), (today - timedelta(days=5), 50), (today, 0),
    ]  # fmt: skip
    drawn = picture_of(days)
    assert drawn.line == "48.0,162.0 368.0,87.0 688.0,162.0"
    page = page_of(team.manager)
    assert 'points="48.0,162.0 368.0,87.0 688.0,162.0"' in page
    assert "0 % am" in page and "50 %" in page


def test_a_cluster_of_others_is_not_shown(team):
    client = Client()
    client.force_login(team.manager)
    assert client.get(f"{BOARD}?cluster=theirs").context["cluster"] == team.ours
    client.force_login(team.administrator)
    assert client.get(f"{BOARD}?cluster=theirs").context["cluster"] == team.theirs


def test_queries_are_constant_and_lists_bounded(team):
    def fill(count: int) -> None:
        for number in range(count):
            actor = make_actor(state="draft")
            Membership.objects.create(actor=actor, cluster=team.ours)
            write_note(actor=actor, by=team.editor, text=str(number), assignee=team.manager)
            Proposal.objects.create(
                kind="change",
                actor=actor,
                record={"city": "x"},
                state="waiting",
                waiting_since=timezone.now(),
            )
            with act("edit", by=team.editor):
                Actor.objects.filter(pk=actor.pk).update(city="Halle")

    client = Client()
    client.force_login(team.manager)
    fill(2)
    few = queries_of(client, BOARD)
    fill(20)
    assert queries_of(client, BOARD) == few <= 30
    context = client.get(BOARD).context
    assert [len(context[name]) for name in ("follow_ups", "changes")] == [9, 15]
    client.force_login(team.editor)
    assert len(client.get(BOARD).context["oldest"]) == 8
    assert queries_of(client, BOARD) <= 30


def test_without_a_team_it_says_so(team):
    team.manager.team_memberships.all().delete()
    context = seen_by(team.manager)
    assert "Clusterteam" in str(context["no_team"]) and context["picture"] is None
