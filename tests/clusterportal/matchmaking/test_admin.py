"""Events and registrations as records: whose, and what an untouched or a wrong request does."""

from datetime import time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from clusterportal.clusters.models import TeamMember
from clusterportal.matchmaking.domain import on_the_day, planning
from clusterportal.matchmaking.domain.releasing import release
from clusterportal.matchmaking.domain.reporting import Report
from clusterportal.matchmaking.models import Event, Programme, Slot, Talk
from clusterportal.pages.presenters import programmes
from tests.admin_pages import form_in
from tests.factories import make_actor, make_cluster
from tests.markup import markup_of

pytestmark = pytest.mark.django_db
PEOPLE = "/admin/matchmaking/participation/"


@pytest.fixture
def manager(hall, client):
    client.force_login(hall.manager)
    return client


def test_a_draft_of_another_cluster_is_neither_named_nor_shown(hall, manager):
    draft = make_actor("Geheim", state="draft", clusters=[make_cluster("other")])
    sent = form_in(manager.get(f"{PEOPLE}add/?event={hall.event.pk}"))
    manager.post(f"{PEOPLE}add/", sent | {"actor": draft.pk})
    assert not hall.event.participations.exists()
    one = hall.event.participations.create(actor=draft, organisation="Firma")
    assert str(one) == "Firma"
    actor = make_actor("Bekannt")
    answer = manager.post(f"{PEOPLE}add/", sent | {"actor": actor.pk})
    assert answer.url == f"/admin/matchmaking/event/{hall.event.pk}/talks/"  # where all who come are listed
    entered = hall.event.participations.get(actor=actor)
    assert (entered.organisation, bool(entered.confirmed_at)) == ("Bekannt", True)


def test_an_untouched_save_confirms_nobody(hall, manager):
    one = hall.event.participations.create(organisation="Firma")
    person = hall.person(one, "kim@example.org")
    one.people.update(confirmed_at=None)
    page = f"{PEOPLE}{one.pk}/change/"
    sent = form_in(manager.get(page)) | {"people-0-name": "Kim"}
    assert manager.post(page, sent).status_code == 302
    for record in (one, person):
        record.refresh_from_db()
    assert (person.name, one.confirmed_at, person.confirmed_at) == ("Kim", None, None)


def test_filters_offer_the_events_of_the_own_clusters(hall, manager):
    other = Event.objects.create(
        cluster=make_cluster("other"), slug="x", title_de="Geheim", day=hall.event.day
    )
    second = Event.objects.create(cluster=hall.cluster, slug="y", title_de="Zweites", day=hall.event.day)
    for event in (hall.event, other, second):
        event.participations.create(organisation="Firma")
    html = markup_of(manager.get(PEOPLE))
    assert "Zweites" in html and "Geheim" not in html


@pytest.mark.parametrize(
    "query", ["cluster__id__exact=abc", "kind=%00", "day__year=99999", "day__year=abc", "nothing=1"]
)
def test_an_export_with_a_filter_that_no_list_has_is_refused(hall, manager, query):
    second = make_cluster("second")
    TeamMember.objects.create(cluster=second, user=hall.manager)
    Event.objects.create(cluster=second, slug="second", title_de="-", day=hall.event.day)
    assert manager.get(f"/admin/matchmaking/event/export/?{query}").status_code == 400


def test_a_table_that_was_given_away_is_not_taken_again(hall, manager):
    hall.event.slots.exclude(pk=hall.slots[0].pk).delete()
    a, b, c = (hall.comes(name) for name in ("Alfa", "Bravo", "Charlie"))
    hall.both(a, b)
    hall.wish(a, c)
    plan = planning.ask_for_plan(event=hall.event, by=hall.manager)
    planning.compute(plan=plan)
    plan.refresh_from_db()
    release(plan=plan, by=hall.manager)
    on_the_day.check_in(participation=b, is_here=False, by=hall.manager)
    placed = on_the_day.place(event=hall.event, pair=(a.pk, c.pk), slot=hall.slots[0], by=hall.manager)
    missed = Talk.objects.get(other=b)
    sent = {f"{missed.pk}-status": "kept", f"{placed.pk}-status": "kept", f"{placed.pk}-outcome": "Gut"}
    answer = manager.post(f"/admin/matchmaking/event/{hall.event.pk}/outcomes/", sent)
    assert "an ein anderes Gespräch vergeben" in markup_of(answer)
    placed.refresh_from_db()
    assert (placed.outcome, Talk.objects.get(pk=missed.pk).status) == ("", "no_show")


def test_what_no_event_has_is_refused(hall):
    for wrong in (
        Slot(event=hall.event, starts=time(9), tables=201),
        Event(cluster=hall.cluster, slug="z", title_de="Z", day="9999-01-01"),
    ):
        with pytest.raises(ValidationError):
            wrong.full_clean()


def test_too_few_organisations_are_counted_nowhere(hall):
    today = timezone.localdate()
    hall.comes("Alfa")
    hall.comes("Bravo")
    assert [one.registered for one in programmes.events_of(hall.cluster, today=today)] == [None]
    programme = Programme.objects.create(cluster=hall.cluster, slug="p", name_de="P")
    Event.objects.update(programme=programme)
    after = hall.event.day + timedelta(days=1)

    def shown():
        (one,) = programmes.programmes_of(hall.cluster, today=after)
        return one.finding, [step.count for step in one.steps]

    assert shown() == (
        "Es nahmen zu wenige Organisationen teil, um zu zeigen, was daraus wurde.",
        [1] + [None] * 3,
    )
    hall.comes("Charlie")
    assert shown() == ("1 Veranstaltung, und kein Gespräch ist erfasst.", [1, 3, 0, 0])
    assert [one.registered for one in programmes.events_of(hall.cluster, today=today)] == [3]


def test_words_beside_the_steps():
    def ratios(report: Report) -> list[str]:
        shown = programmes.shown_programme(Programme(), report, is_hidden=False)
        return [shown.finding, *(step.ratio for step in shown.steps[1:])]

    assert ratios(Report(12, 4, 6, 9)) == [
        "Aus 6 Gesprächen wurden 9 gemeinsame Projekte: 150\u00a0%.",
        "eine auf 3 Veranstaltungen",
        "1,5 je Teilnahme",
        "1,5 aus jedem Gespräch",
    ]
    assert ratios(Report(2, 190, 62, None))[0] == "62 Gespräche; was daraus wurde, ist nicht erfasst."


@pytest.mark.parametrize("model", [Event, Programme])
def test_without_an_address_there_would_be_no_page(hall, model):
    Programme.objects.create(cluster=hall.event.cluster, slug="a", name_de="A")
    name = f"{model._meta.model_name}_has_an_address"
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        model.objects.update(slug="")
