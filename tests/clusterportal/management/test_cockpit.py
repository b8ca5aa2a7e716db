"""The cockpit: what is in it for whom, that each line leads to the act, and that it stays cheap."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from actors.models import ActorRelation, Membership
from clusterportal.clusters.agenda import AgendaKind, AgendaLine
from clusterportal.management.admin.cockpit import when
from clusterportal.management.domain import cockpit, gaps, own_agenda
from clusterportal.review.models import Proposal
from clusterportal.teamwork.domain.notes import write_note
from tests.admin_pages import queries_of
from tests.factories import make_actor, make_area

pytestmark = pytest.mark.django_db


def page(cluster) -> str:
    return reverse("admin:clusters_cluster_cockpit", args=[cluster.pk])


def proposal(actor, days: int) -> Proposal:
    since = timezone.now() - timedelta(days=days)
    return Proposal.objects.create(
        kind="change", actor=actor, record={"city": "Halle"}, state="waiting", waiting_since=since
    )


def fill(team, count: int) -> None:
    areas = [make_area(f"area-{number}") for number in range(2)] if count else []
    for _number in range(count):
        actor = make_actor(layers=[1], areas=areas, clusters=[team.ours])
        other = make_actor(layers=[2], areas=areas, clusters=[team.theirs])
        ActorRelation.objects.create(source=actor, target=other, kind="supply")
        proposal(actor, 3)
        write_note(
            actor=actor, by=team.editor, text="Rückruf", due_on=timezone.localdate(), assignee=team.manager
        )


def test_a_manager_begins_in_the_cockpit_of_the_cluster_looked_at_last(team, as_):
    client = as_(team.manager)
    assert client.get("/admin/", follow=True).redirect_chain[-1] == (page(team.ours), 302)
    team.manager.team_memberships.create(cluster=team.theirs)
    assert client.get("/admin/", follow=True).redirect_chain[-1][0] == page(team.ours)
    client.get(page(team.theirs))
    assert client.get("/admin/cockpit/", follow=True).redirect_chain[-1][0] == page(team.theirs)
    assert client.get("/admin/?overview=1").status_code == 200


def test_others_begin_as_ever(team, as_):
    assert as_(team.administrator).get("/admin/").status_code == 200
    assert as_(team.editor).get("/admin/").status_code == 200
    assert as_().get("/admin/").status_code == 302
    team.manager.team_memberships.all().delete()
    assert as_(team.manager).get("/admin/").status_code == 200


def test_an_empty_cluster_has_nothing_open(team, as_, monkeypatch):
    monkeypatch.setattr(cockpit, "SOURCES", ())  # what rooms ask of a new cluster, they test themselves
    context = as_(team.manager).get(page(team.ours)).context
    assert [one["count"] for one in context["counts"]] == [0] * 6
    assert [(block.lines, block.rest) for block in (*context["left"], *context["right"])] == [([], [])] * 6


def test_each_line_leads_to_a_page_that_is_there_and_each_count_to_its_list(team, as_, chain):
    fill(team, 1)
    client = as_(team.manager)
    context = client.get(page(team.ours)).context
    lines = [line for block in (*context["left"], *context["right"]) for line in block.lines + block.rest]
    lines = [one.said for one in lines] + context["cockpit"].dates
    assert {one.kind for one in lines} >= {
        AgendaKind.DATE,
        AgendaKind.DECISION,
        AgendaKind.GAP,
        AgendaKind.STALE,
    }
    for one in lines:
        answer = client.get(one.url)
        assert answer.status_code == 200, one
        if "needs=" in one.url:
            number = int(re.search(r"\d+", one.what)[0])
            assert answer.context["cl"].result_count == number, one
    gap = next(one for one in lines if one.kind == AgendaKind.GAP)
    assert "Institut" in gap.why and gap.position == 2


def test_the_head_says_where_one_is(team, as_):
    """The list and the cluster; the room, which is called like its list, is not named beside it."""
    for name in ("cockpit", "releases"):
        address = reverse(f"admin:clusters_cluster_{name}", args=[team.ours.pk])
        head = re.search(
            r"<h1 class=\"overflow.*?</h1>", as_(team.manager).get(address).content.decode(), re.S
        )
        assert head and re.findall(r'href="(.*?)"', head[0]) == [
            "/admin/clusters/cluster/",
            f"/admin/clusters/cluster/{team.ours.pk}/change/",
        ]


def test_the_oldest_decision_alone_has_the_accent(team, as_, chain):
    actor = make_actor(clusters=[team.ours])
    proposal(make_actor(clusters=[team.theirs]), 30)  # of the other cluster
    for days in (1, 9, 4):
        proposal(actor, days)
    write_note(
        actor=actor, by=team.editor, text="alt", due_on=timezone.localdate() - timedelta(days=20),
        assignee=team.manager,
    )  # fmt: skip
    answer = as_(team.manager).get(page(team.ours))
    decisions = answer.context["left"][0].lines
    assert [(timezone.localdate() - one.said.due).days for one in decisions] == [20, 9, 4, 1]
    assert [one.is_main for one in decisions] == [True, False, False, False]
    assert answer.content.decode().count("ap-main") == 1


def test_a_list_of_more_than_seven_shows_six(team, as_, monkeypatch):
    def of(count):
        return lambda cluster, *, today: [
            AgendaLine(AgendaKind.KPI, f"KPI {number}", "jährlich", "Eintragen", "/admin/")
            for number in range(count)
        ]

    for count, shown in ((7, (7, 0)), (8, (6, 2))):
        monkeypatch.setattr(cockpit, "SOURCES", (of(count),))
        block = as_(team.manager).get(page(team.ours)).context["right"][2]
        assert (len(block.lines), len(block.rest)) == shown


def test_the_week_on_a_weekend_is_the_next_one():
    assert cockpit.monday_of(date(2026, 11, 25)) == date(2026, 11, 23)
    assert cockpit.monday_of(date(2026, 11, 28)) == date(2026, 11, 30)
    assert cockpit.monday_of(date(2026, 11, 30)) == date(2026, 11, 30)


def test_what_is_due_on_a_saturday_stands_before_the_next_week(team, monkeypatch):
    saturday = date(2026, 11, 28)
    dates = [
        AgendaLine(AgendaKind.DATE, f"{day}", "", "", "/admin/", due=saturday + timedelta(days=day))
        for day in (-1, 0, 3)
    ]
    monkeypatch.setattr(cockpit, "SOURCES", (lambda cluster, *, today: dates,))
    found = cockpit.cockpit_of(team.ours, user=team.manager, today=saturday)
    assert [(day.day.day, day.is_today, len(day.lines)) for day in found.week] == [
        (28, True, 1), (30, False, 0), (1, False, 1), (2, False, 0), (3, False, 0), (4, False, 0),
    ]  # fmt: skip
    assert [line.what for line in found.dates] == ["0", "3"]


def test_counts_are_those_of_all_things_not_of_the_lines(team, as_, chain, monkeypatch):
    more = AgendaLine(AgendaKind.KPI, "5 weitere", "", "", "/admin/", count=5)
    monkeypatch.setattr(cockpit, "SOURCES", (lambda cluster, *, today: [more],))
    monkeypatch.setattr(own_agenda, "MOST_LINES_OF_KIND", 2)
    monkeypatch.setattr(gaps, "MOST_GAPS", 1)
    fill(team, 4)
    context = as_(team.manager).get(page(team.ours)).context
    counts = {one["anchor"]: one["count"] for one in context["counts"]}
    assert (counts["c-kpi"], counts["c-decision"], counts["c-gap"]) == (5, 4, 2)
    assert context["right"][2].count == 5
    rest = context["left"][0].lines[-1].said
    assert (rest.what, rest.verb) == ("2 weitere Vorschläge", "Alle ansehen")
    proposal(make_actor(clusters=[team.theirs]), 3)
    team.manager.team_memberships.create(cluster=team.theirs)
    assert as_(team.manager).get(rest.url).context["cl"].result_count == 4


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "heute"), (1, "morgen"), (36, "in 36 Tagen"), (-1, "seit gestern"), (-9, "seit 9 Tagen")],
)
def test_how_long_there_is(days, said):
    today = date(2026, 11, 25)
    assert when(today + timedelta(days=days), today) == said
    assert when(None, today) == ""


def test_it_stays_cheap(team, as_, chain):
    client = as_(team.manager)
    fill(team, 1)
    client.get(page(team.ours))
    few = queries_of(client, page(team.ours))
    for _number in range(3):
        actor = make_actor(clusters=[team.ours])
        Membership.objects.create(actor=actor, cluster=team.theirs)
        proposal(actor, 2)
    assert queries_of(client, page(team.ours)) == few <= 45
