"""A cluster manager's work from the cockpit on, by links and keys, and what a visitor sees of it in both languages."""

import os
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from actors.models import Actor, Membership
from clusterportal.clusters.enums import Section
from clusterportal.clusters.models import Cluster, Release
from clusterportal.finance.models import Budget, BudgetLine
from clusterportal.labels.models import CriteriaSet
from clusterportal.matchmaking.enums import TalkStatus
from clusterportal.matchmaking.models import Event, Participation, Representative, Talk, Wish
from clusterportal.matchmaking.tasks import make_plan
from clusterportal.plans.models import ActionPlan
from tests.factories import make_person
from tests.journeys.accessibility import is_too_wide, violations

IS_WHOLE = os.environ.get("JOURNEYS") == "whole"
PASSWORD = "ein-langes-Geheimnis-7"
CLUSTER = "it-cluster-kaiserslautern"
GUESTS = ("dfki", "fraunhofer-iese", "fraunhofer-itwm")
FOLDER = {"de": "cluster", "en": "clusters"}
SEEN = {  # what came of the work, on each page of the cluster
    "de": {
        "monitor": ["Mitglieder 30", "Eigenanteil 22 %"],
        "aktionsplan": ["Ladesäulen gemeinsam prüfen"],
        "matchmaking": ["Laden und Abrechnen"],
        "finanzierung": ["38.400 €", "133.401 €"],
    },
    "en": {
        "monitor": ["Members 30", "Own share 22 %"],
        "action-plan": ["Testing chargers together"],
        "matchmaking": ["Charging and billing"],
        "financing": ["€38,400", "€133,401"],
    },
}
NARROW = {"width": 320, "height": 700}  # 1280 px at 400 %
WIDE = {"width": 1440, "height": 900}


def follow(page, name: str, within: str = "main", nth: int = 0) -> None:
    """Goes to the link and presses Enter."""
    link = page.locator(within).get_by_role("link", name=name).nth(nth)
    link.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def press(page, name: str) -> None:
    button = page.get_by_role("button", name=name).first
    button.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def line(page, words: str):
    """The line of the cockpit that says so."""
    return page.locator(".ap-do li").filter(has_text=words).first


def act(page, words: str, verb: str) -> None:
    """What a line of the cockpit leads to."""
    line(page, words).get_by_role("link", name=verb).focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def fill(page, **values) -> None:
    for name, value in values.items():
        page.locator(f"[name='{name.replace('__', '-')}']").fill(value)


def check(page) -> None:
    """No fault in our part of the page; the frame around it, and plain forms, are unfold's."""
    assert violations(page, "main.ap") == [], page.url


def do_jobs() -> None:
    """What the worker would do: compute the plans that were asked for."""
    for job in ProcrastinateJob.objects.filter(task_name="matchmaking.make_plan"):
        make_plan(**job.args)


def _registered(event: Event, slug: str) -> Participation:
    """An actor that comes to the event with one person, confirmed."""
    actor = Actor.objects.get(slug=slug)
    guest = event.participations.create(actor=actor, organisation=actor.name, confirmed_at=timezone.now())
    Representative.objects.create(
        participation=guest, name="Ada Licht", email=f"ada@{slug}.example", confirmed_at=timezone.now()
    )
    return guest


def _pages(cluster: Cluster, event: Event) -> list[str]:
    """The admin's pages of cluster management; with JOURNEYS=whole lists and empty forms, too."""
    plan, criteria = ActionPlan.objects.first(), CriteriaSet.objects.first()
    own = [
        f"clusters/cluster/{cluster.pk}/cockpit/", f"clusters/cluster/{cluster.pk}/releases/",
        f"plans/actionplan/{plan.pk}/gaps/", f"plans/actionplan/{plan.pk}/change/",
        f"matchmaking/event/{event.pk}/talks/", f"matchmaking/event/{event.pk}/day/",
        f"matchmaking/event/{event.pk}/outcomes/", f"finance/budget/{Budget.objects.first().pk}/change/",
        f"labels/criteriaassessment/of/{cluster.pk}/", "labels/label/", "kpis/kpi/enter/",
        f"lifecycle/assessment/add/?cluster={cluster.pk}",
    ]  # fmt: skip
    if not IS_WHOLE:
        return own
    models = (
        "plans/actionplan", "plans/action", "matchmaking/event", "matchmaking/programme", "matchmaking/participation",
        "finance/budget", "finance/pathpoint", "labels/label", "kpis/kpi", "lifecycle/assessment",
        "lifecycle/measurement", "network/cooperationproject",
    )  # fmt: skip
    judged = f"labels/criteriaassessment/of/{cluster.pk}/{criteria.pk}/"
    lists = [f"{model}/{page}" for model in models for page in ("", "add/")]
    return [
        *own,
        judged,
        "finance/budget/import/",
        "labels/criteriaassessment/",
        "labels/criteriaset/",
        *lists,
    ]


@pytest.fixture
def manager(demo):
    """Somebody on the teams of two clusters of the demo, of which one shows nothing yet and has a plan to book."""
    clusters = Cluster.objects.filter(slug__in=[CLUSTER, "automobil-zulieferindustrie-leipzig"])
    Release.objects.filter(cluster__slug=CLUSTER).delete()
    budget = Budget.objects.create(cluster=Cluster.objects.get(slug=CLUSTER), year=date.today().year - 1)
    for source, plan in (("public_funding", 135_000), ("membership_fees", 36_000)):
        BudgetLine.objects.create(budget=budget, source=source, plan=plan)
    return make_person("manager", clusters=clusters, username="mia", first_name="Mia", password=PASSWORD)


def test_from_the_cockpit_to_what_everybody_sees(visit, live_server, manager, client):
    today = timezone.localdate()
    cluster = Cluster.objects.get(slug=CLUSTER)
    page = visit("/admin/", viewport=WIDE, reduced_motion="reduce")  # no transition from pages to admin
    fill(page, login="mia", password=PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/cockpit/")
    cockpit = page.url
    check(page)

    # A gap is closed by a proposed actor.
    act(page, "Automobil- und Transportsysteme, Ebene 4", "Entscheiden")
    assert page.locator("main h1").inner_text() == "BitCtrl"
    check(page)
    press(page, "Zum Partner machen")
    assert Membership.objects.get(actor__slug="bitctrl-systems", cluster=cluster).kind == "partner"
    check(page)

    # An action is planned.
    follow(page, "Zum Plan")
    follow(page, "Neue Aktion", within="body")
    fill(
        page,
        title_de="Ladesäulen gemeinsam prüfen",
        title_en="Testing chargers together",
        horizon_months="12",
    )
    page.locator("[name=starts_on]").fill(today.strftime("%d.%m.%Y"))
    press(page, "Speichern")
    assert page.get_by_text("Ladesäulen gemeinsam prüfen").count()  # back at the plan

    # An event is planned, with rounds.
    day = today + timedelta(days=30)
    follow(page, "Matchmaking und Besuche", within="body")
    page.locator("a.addlink").first.click()
    page.locator("[name=cluster]").select_option(label=str(cluster))
    fill(
        page, title_de="Laden und Abrechnen", title_en="Charging and billing", place="Rathaus",
        day=day.strftime("%d.%m.%Y"), opened_on=today.strftime("%d.%m.%Y"),
        wishes_until=(day - timedelta(days=5)).strftime("%d.%m.%Y"),
    )  # fmt: skip
    for number, begins in enumerate(("13:00", "13:30")):
        page.get_by_role("button", name="Runde hinzufügen").or_(
            page.get_by_text("Runde hinzufügen")
        ).first.click()
        fill(page, **{f"slots-{number}-starts": begins})
    press(page, "Speichern und weiter bearbeiten")
    event = Event.objects.get(title_de="Laden und Abrechnen")
    assert [str(slot) for slot in event.slots.all()] == ["13:00", "13:30"]

    # Two organisations have registered and wish to meet; a third one calls, and is entered.
    guests = [_registered(event, slug) for slug in GUESTS[:2]]
    Wish.objects.create(source=guests[0], target=guests[1])
    follow(page, "Wünsche und Plan", within="body")
    follow(page, "Anmeldung hinzufügen")
    fill(page, organisation="Prüfwerk Nord")
    press(page, "Speichern und weiter bearbeiten")
    called = Participation.objects.get(organisation="Prüfwerk Nord")
    page.get_by_text("Vertretung hinzufügen").click()
    fill(page, **{"people-0-name": "Kim Muster", "people-0-email": "kim@example.org"})
    page.get_by_text("Wunsch hinzufügen").click()
    page.locator("[name=wishes-0-target]").select_option(label="DFKI")
    press(page, "Speichern und weiter bearbeiten")
    assert (called.people.get().name, called.wishes.get().target) == ("Kim Muster", guests[0])

    # The talks are planned by the job, looked through and announced.
    follow(page, "Zur Veranstaltung", within="body")
    press(page, "Gespräche planen")
    do_jobs()
    page.goto(cockpit)
    act(page, "Laden und Abrechnen", "Durchsehen und bekannt geben")
    check(page)
    press(page, "Diesen Plan bekannt geben")
    check(page)
    talks = Talk.objects.standing()
    assert talks.count() == 2

    # The day after, outcomes are recorded.
    Event.objects.filter(pk=event.pk).update(
        day=today - timedelta(days=1), wishes_until=today - timedelta(days=9)
    )
    page.goto(cockpit)
    check(page)
    act(page, "Laden und Abrechnen", "Erfassen")
    check(page)
    first = talks.first().pk
    page.locator(f"[name='{first}-status']").select_option("kept")
    fill(page, **{f"{first}-outcome": "Gemeinsamer Antrag", f"{first}-project_started_on": today.isoformat()})
    press(page, "Speichern")
    assert Talk.objects.get(pk=first).status == TalkStatus.KEPT

    # Actual figures are entered as they stand in the accounts.
    page.goto(cockpit)
    year = today.year - 1
    act(page, str(year), "Nachtragen")
    for field, amount, total in (
        ("lines-0-actual", "38.400", "38.400"),
        ("lines-1-actual", "133.400,50", "171.801"),
    ):
        fill(page, **{field: amount})
        page.keyboard.press("Tab")
        page.locator("#totals").get_by_text(f"{total}\xa0€").first.wait_for()
    press(page, "Speichern")
    assert list(BudgetLine.objects.order_by("pk").values_list("actual", flat=True)) == [
        Decimal("133400.50"),
        38_400,
    ]

    # What everybody sees is released: before, there is nothing.
    for section in SEEN["de"]:
        assert client.get(f"/de/cluster/{CLUSTER}/{section}/").status_code == 404
    page.goto(cockpit)
    follow(page, "Was alle sehen")
    check(page)
    for box in page.locator("main [name=sections]").all():
        box.check()
    press(page, "Speichern")
    assert Release.objects.filter(cluster=cluster).count() == len(Section)

    # Everything also fits into a page of which four times as much is seen at once.
    page.set_viewport_size(NARROW)
    page.emulate_media(color_scheme="dark")
    for path in _pages(cluster, event):
        page.goto(f"{live_server.url}/admin/{path}")
        assert not is_too_wide(page), path
        if IS_WHOLE and page.locator("main.ap").count():
            check(page)

    # A visitor sees it, in both languages.
    for language, pages in SEEN.items():
        visitor = visit(f"/{language}/", viewport=WIDE, locale=language)
        for address, words in pages.items():
            visitor.goto(f"{live_server.url}/{language}/{FOLDER[language]}/{CLUSTER}/{address}/")
            text = " ".join(visitor.inner_text("main").split())
            assert [word for word in words if word not in text] == [], visitor.url
