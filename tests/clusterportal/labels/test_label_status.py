"""Where a cluster stands with its labels: statuses, windows, the timeline, the agenda, reminders, the check."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from actors.domain.integrity import findings
from clusterportal.clusters.models import Release
from clusterportal.labels.domain import reminders
from clusterportal.labels.domain.agenda import agenda_of
from clusterportal.labels.domain.indicators import indicators_of
from clusterportal.labels.domain.label_status import fill_term, is_too_late, needs_silver, standings
from clusterportal.labels.domain.timeline import timeline
from clusterportal.labels.models import Label, LabelReminder, SetChoice
from tests.clusterportal.labels.makers import make_label, make_set
from tests.factories import make_cluster, make_person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


def statuses(cluster, as_of=TODAY) -> list[str | None]:
    return [one.status and one.status.value for one in standings(cluster, as_of=as_of)]


def drawn(cluster, as_of=TODAY) -> list[tuple]:
    found = timeline(standings(cluster, as_of=as_of), today=as_of)
    return [
        ([(mark.kind, mark.x, mark.width) for mark in lane.marks], lane.said, lane.step)
        for lane in found.lanes
    ]


def test_no_label_leaves_empty_lanes():
    cluster = make_cluster()
    assert statuses(cluster) == [None] * 4
    assert [lane[0] for lane in drawn(cluster)] == [[]] * 4
    assert {one.reason.value for one in indicators_of(cluster, as_of=TODAY)} == {"hidden"}
    assert {one.reason.value for one in indicators_of(cluster, as_of=TODAY, public=False)} == {"not_recorded"}


def test_the_documented_case_bronze_valid_and_the_window_for_silver_open():
    """Bronze from April 2025, drawn with ten units a month from January 2025 on."""
    cluster = make_cluster()
    make_label(cluster)
    assert statuses(cluster) == ["valid", None, None, None]
    found = timeline(standings(cluster, as_of=TODAY), today=TODAY)
    assert (found.years, found.today) == (range(2025, 2031), 228.0)
    bronze, silver, gold, member = drawn(cluster)
    assert bronze == (
        [("bar", 31, 238.0), ("wait", 271, 118.0), ("wish", 391, 238.0)],
        "Gültig von April 2025 bis März 2027, erneuerbar bis März 2028, danach bis März 2030",
        "gültig bis 31.03.2027",
    )
    assert silver == (
        [("wait", 211, 58.0), ("wish", 271, 238.0)],
        "Zweite Prüfung von Oktober 2026 bis März 2027, danach bis März 2029",
        "zweite Prüfung bis 31.03.2027",
    )
    assert gold == ([], "Kein Zeitraum", "nicht vorhanden")
    assert member == ([], "Kein Zeitraum", "nicht Mitglied")
    lines = agenda_of(cluster, today=TODAY)
    assert [(one.what, one.due) for one in lines] == [
        ("Zweite Prüfung für Silber planen", date(2027, 3, 31)),
        ("Kriterienliste wählen", None),
    ]


def test_a_renewal_goes_on_where_the_former_ended_as_long_as_it_may():
    cluster = make_cluster()
    first = make_label(cluster, assessed_on="2022-02-10")
    assert (first.valid_from, first.valid_until) == (date(2022, 2, 1), date(2024, 2, 1))
    second = make_label(cluster, assessed_on="2024-12-20", renews=first)
    assert (second.valid_from, second.valid_until) == (date(2024, 2, 1), date(2027, 2, 1))
    assert statuses(cluster) == ["valid", None, None, None]
    assert statuses(cluster, date(2024, 1, 31)) == ["valid", None, None, None]
    assert standings(cluster, as_of=date(2024, 1, 31))[0].last == second  # whose end is the end of both
    assert statuses(cluster, date(2022, 1, 31)) == ["planned", None, None, None]
    late = Label(cluster=cluster, kind="bronze", assessed_on=date(2025, 2, 1), renews=first)
    assert is_too_late(late)
    assert not is_too_late(second)
    with pytest.raises(IntegrityError, match="label_renewed_once"), transaction.atomic():
        make_label(cluster, assessed_on="2024-12-21", renews=first)
    with pytest.raises(IntegrityError, match="label_ends_after_it_began"), transaction.atomic():
        make_label(cluster, valid_from=TODAY, valid_until=TODAY)


def test_where_no_rule_says_the_end_the_certificate_does():
    cluster = make_cluster()
    gold = Label(cluster=cluster, kind="gold", assessed_on=TODAY)
    assert fill_term(gold) == "valid_until"
    member = Label(cluster=cluster, kind="go_cluster", assessed_on=TODAY)
    assert fill_term(member) == ""
    assert (member.valid_from, member.valid_until) == (date(2026, 11, 1), None)


def test_go_cluster_asks_for_silver_unless_gold_is_held():
    cluster = make_cluster()
    make_label(cluster, "go_cluster", "2026-01-10")
    assert needs_silver(standings(cluster, as_of=TODAY))
    assert "Den Weg zu ECEI Silber beginnen" in [one.what for one in agenda_of(cluster, today=TODAY)]
    make_label(cluster, "gold", "2026-01-10", valid_until=date(2028, 1, 1))
    assert not needs_silver(standings(cluster, as_of=TODAY))
    assert needs_silver(standings(cluster, as_of=date(2028, 1, 1)))


def test_the_agenda_and_the_check_name_what_ended(chain, django_assert_num_queries):
    cluster = make_cluster()
    SetChoice.objects.create(cluster=cluster, criteria_set=make_set())
    make_label(cluster, "bronze", "2024-09-01")  # until 1 September 2026, renewable for a year
    make_label(cluster, "silver", "2024-12-01")  # until 1 December 2026
    make_label(cluster, "gold", "2020-01-01", valid_until=date(2022, 1, 1))
    with django_assert_num_queries(2):
        lines = agenda_of(cluster, today=TODAY)
    assert [(one.what, one.why, one.due) for one in lines] == [
        ("ECEI Bronze erneuern", "abgelaufen, aber noch zu erneuern", date(2027, 8, 31)),
        ("ECEI Silber läuft am 30.11.2026 ab", "in 5 Tagen", date(2026, 11, 30)),
    ]
    assert statuses(cluster) == ["window", "valid", "expired", None]
    Release.objects.create(cluster=cluster, section="labels")
    values = {one.code: one.value for one in indicators_of(cluster, as_of=TODAY)}
    assert values == {"labels_valid": 1, "criteria_met": None}
    last = agenda_of(cluster, today=date(2026, 11, 30))
    assert [one.why for one in last if "Silber läuft" in one.what] == ["heute"]
    expired = Label.objects.expired_on(timezone.localdate()).count()
    assert (False, "labels have expired", expired) in [(o.is_error, o.text, o.count) for o in findings()]
    call_command("check_registry")  # an expired label is work, not an error


@pytest.fixture
def ending():
    """A label whose last day is in 59 days, and its team."""
    cluster = make_cluster()
    manager = make_person("manager", clusters=[cluster], language="en")
    make_person("editor", clusters=[cluster])
    make_person("manager")  # of another team
    end = timezone.localdate() + timedelta(days=60)
    return make_label(cluster, valid_from=end - timedelta(days=730), valid_until=end), manager


def test_each_step_reminds_once_whatever_was_restarted(ending):
    label, manager = ending
    end = label.valid_until
    days = [end - timedelta(days=before) for before in (91, 60, 59, 30, 29, 3, 2, 0)]
    assert [reminders.note_reminders(today=day) for day in days] == [0, 1, 0, 1, 0, 1, 0, 0]
    told = LabelReminder.objects.values_list("user", "days")
    assert list(told) == [(manager.pk, 90), (manager.pk, 30), (manager.pk, 7)]


@pytest.mark.django_db(transaction=True)
def test_a_reminder_goes_out_once_and_not_after_the_renewal(ending):
    label, manager = ending
    reminders.note_reminders(today=timezone.localdate())
    assert (reminders.send_due(), reminders.send_due()) == (1, 0)
    [letter] = mail.outbox
    assert (letter.to, letter.subject) == (
        [manager.email],
        f"ECEI Bronze of It-Cluster is valid until {_day(label)}",
    )
    assert "ends in 59 days" in letter.body
    assert f"/admin/labels/label/{label.pk}/change/" in letter.body
    LabelReminder.objects.update(days=1)
    reminders.note_reminders(today=timezone.localdate())
    make_label(label.cluster, renews=label)
    assert reminders.send_due() == 0
    assert list(LabelReminder.objects.values_list("state", flat=True)) == ["sent", "void"]
    assert reminders.note_reminders(today=timezone.localdate()) == 0


def _day(label) -> str:
    return (label.valid_until - timedelta(days=1)).strftime("%d/%m/%Y")
