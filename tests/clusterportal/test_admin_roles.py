"""Every address of the admin with every role: who gets in stands in `admin_doors.py`, and nobody else does."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from unittest.mock import patch

import pytest
from django.contrib import admin
from django.db import connection
from django.template.response import SimpleTemplateResponse
from django.test import Client
from django.urls import reverse

from actors.models import Actor, ActorRelation
from clusterportal.clusters.models import Cluster
from clusterportal.history.changes import event_models
from clusterportal.history.models import current_revision
from tests.clusterportal.admin_doors import DOORS, OPEN, SENT_TO
from tests.clusterportal.admin_world import HERE, PATTERNS, THERE, World
from tests.factories import make_actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_jobs")]
NAMES = sorted(PATTERNS.keys() - OPEN)
EACH = 10  # of the addresses, for those who are like others


@pytest.fixture
def world(chain, settings, tmp_path):
    settings.PORTAL_DATA_DIR = tmp_path
    return World()


@pytest.fixture(autouse=True)
def _without_frames(monkeypatch):
    """What stands around each page alike is looked at elsewhere: the way through the admin, the page of a refusal."""
    monkeypatch.setattr(type(admin.site), "get_sidebar_list", lambda site, request: [])
    monkeypatch.setattr("clusterportal.pages.views.errors._error_page", lambda *said: "")


def signed_in(person=None) -> Client:
    client = Client()
    if person:
        client.force_login(person)
    return client


def doors_of(world) -> tuple[dict[str, str], set[str]]:
    """Who gets in where; and which of those pages wrote something while they were shown."""
    clients, found = {code: signed_in(person) for code, person in world.people.items()}, {}
    written = set()

    def watch(execute, sql, *rest):
        # Where one was going on placing actors is kept as a session is, for oneself alone.
        is_own = re.search(r'"(django_session|placing_walk)"', str(sql))
        if re.match(r"\s*(INSERT|UPDATE|DELETE)\b", str(sql)) and not is_own:
            written.add(f"{name}: {sql}")
        return execute(sql, *rest)

    with connection.execute_wrapper(watch):
        for name in NAMES:
            here, *there = world.addresses(name)
            words = ["".join(let_in(clients, here, is_written=True))]
            # Whoever is refused here by the role, is so there; but what administrators made themselves stands there.
            asked = {code: client for code, client in clients.items() if code == "a" or code in words[0]}
            words += ["".join(let_in(asked, address, is_written=False)) for address in there]
            found[name] = " ".join(word or "-" for word in words)
    return found, written


@contextmanager
def unwritten():
    """Pages are not written out, nor is their frame put together: most of the time would go into that."""
    with (
        patch.object(SimpleTemplateResponse, "rendered_content", ""),
        patch.object(type(admin.site), "each_context", lambda site, request: {}),
    ):
        yield


def let_in(clients, address: str, *, is_written: bool) -> Iterator[str]:
    """Those who get the page. It is written out for the first of them, if at all."""
    for code, client in clients.items():
        with nullcontext() if is_written else unwritten():
            is_in = client.get(address).status_code == 200
        if is_in:
            is_written = False
            yield code


def test_every_address_lets_in_those_who_are_named_and_nobody_else(world):
    found, written = doors_of(world)
    assert found == DOORS
    assert not written  # whatever follows links changes nothing


def test_from_outside_nobody_gets_past_the_door(world):
    nobody, representative, partner = signed_in(), *map(signed_in, world.outside)
    for number, name in enumerate(NAMES):
        address = world.addresses(name)[HERE]
        # The two are kept out by the same word: they are no staff.
        clients = [nobody, representative] if number % EACH else [nobody, representative, partner]
        assert {client.get(address).status_code for client in clients} <= {302, 403, 404}, name


def test_whoever_may_not_come_in_changes_nothing_by_sending_something(world):
    """The same addresses, sent to: only those who may see a page can do anything with it.

    Whoever is refused here by the role, is so there: there are asked those who are let in here.
    """
    revision = current_revision()
    counts = {model: model._default_manager.count() for model in admin.site._registry}
    clients = {code: signed_in(person) for code, person in world.people.items()}
    clients["r"] = signed_in(world.outside[0])
    for name, doors in (DOORS | SENT_TO).items():
        asked = set(clients)
        for address, inside in zip(world.addresses(name), doors.split(), strict=True):
            refused, asked = asked - set(inside), asked & set(inside)
            for code in refused:
                with unwritten():
                    sent = clients[code].post(address, {"post": "yes", "name": "x", "action": "publish"})
                assert sent.status_code in (302, 403, 404, 405), (name, code)
    assert {model: model._default_manager.count() for model in admin.site._registry} == counts
    assert current_revision() == revision


def test_lists_and_search_boxes_hold_what_one_works_with(world):
    for code, expected in {"a": 4, "m": 2, "e": 2, "v": 4}.items():
        client = signed_in(world.people[code])
        assert client.get("/admin/actors/actor/").context["cl"].result_count == expected, code
        shown = client.get("/admin/history/revision/?kind=actors.actor").context["page"].changes
        assert len(shown) == expected, code
    public = make_actor("Sichtbar für alle")
    asked = {"app_label": "actors", "model_name": "actorrelation", "field_name": "target"}
    own = [world.actors[HERE], world.others[HERE]]
    for code in "me":
        offered = signed_in(world.people[code]).get("/admin/autocomplete/", asked).json()["results"]
        assert {int(one["id"]) for one in offered} == {actor.pk for actor in (*own, public)}, code


def test_what_one_does_to_actors_of_others_does_nothing(world):
    client = signed_in(world.people["m"])
    there = world.actors[THERE]
    client.post("/admin/actors/actor/", {"action": "publish", "_selected_action": [there.pk]})
    client.post("/admin/actors/actor/", {"action": "mark_verified", "_selected_action": [there.pk]})
    client.post(reverse("admin:actors_actor_delete", args=[there.pk]), {"post": "yes"})
    there.refresh_from_db()
    assert (there.state, there.verified_on) == ("draft", None)


def test_an_editor_changes_nothing_public_around_the_review(world):
    """Neither by bringing back a version, nor through the list of relations, nor by a new website."""
    actor, other = world.actors[HERE], world.others[HERE]
    Actor.objects.filter(pk__in=[actor.pk, other.pk]).update(state="published")
    Actor.objects.filter(pk=actor.pk).update(city="Halle")
    revision = current_revision()
    client = signed_in(world.people["e"])
    event = event_models()["actors.actor"].objects.filter(pgh_obj=actor.pk).first()
    assert (
        client.post(reverse("admin:history_restore", args=["actors.actor", event.pgh_id])).status_code == 403
    )
    relation = world.records["actors_actorrelation"][HERE]
    sent = {"source": actor.pk, "target": other.pk, "kind": "cooperation"}
    for name, args, data in (
        ("change", [relation.pk], sent),
        ("delete", [relation.pk], {"post": "yes"}),
        ("add", [], sent),
    ):
        client.post(reverse(f"admin:actors_actorrelation_{name}", args=args), data)
    # A blank before a key is read by the form: it must not lead around the review either.
    client.post(reverse("admin:actors_actorrelation_add"), sent | {"source": f" {actor.pk}"})
    assert [one.kind for one in ActorRelation.objects.filter(source=actor)] == ["supply"]
    check = world.records["quality_linkcheck"][HERE]
    client.post("/admin/quality/linkcheck/", {"action": "take_new_address", "_selected_action": [check.pk]})
    assert current_revision() == revision


def test_a_manager_publishes_for_the_own_clusters_and_they_show_it(world):
    actor, (ours, theirs) = world.actors[HERE], world.clusters
    actor.memberships.create(cluster=theirs, is_cleared=False)
    actor.memberships.filter(cluster=ours).update(is_cleared=False)
    client = signed_in(world.people["m"])
    client.post("/admin/actors/actor/", {"action": "publish", "_selected_action": [actor.pk], "anyway": "1"})
    actor.refresh_from_db()
    assert actor.state == "published"
    assert dict(actor.memberships.values_list("cluster__slug", "is_cleared")) == {
        "ours": True,
        "theirs": False,
    }
    lists = [Client().get(f"/de/akteure/?cluster={cluster.slug}") for cluster in (ours, theirs)]
    assert [len(shown.context["page"]) for shown in lists] == [1, 0]
    assert Cluster.objects.count() == 2
