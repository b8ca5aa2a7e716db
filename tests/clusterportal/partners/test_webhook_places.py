"""Where an endpoint stands in the feed, what of it is told, and what is told once more."""

from datetime import timedelta

import pytest
from django.utils import timezone

from actors.models import Actor
from clusterportal.partners.domain.sequencing import sequence
from clusterportal.partners.domain.webhooks import endpoints, runner
from clusterportal.partners.domain.webhooks.delivering import deliver
from clusterportal.partners.models import FeedEntry, FeedState, WebhookAttempt
from tests.clusterportal.partners.receiver import ADMIN, behind, deliver_now, endpoint_at, publish
from tests.factories import make_actor, make_area, make_cluster, make_person

pytestmark = pytest.mark.django_db


# ---------- the place in the feed ----------
def test_out_of_a_restored_registry_nothing_goes_until_somebody_says_so(receiver):
    endpoint = endpoint_at(receiver)
    publish(2)
    FeedState.objects.all().delete()  # as a restore leaves it
    assert runner.due() == []
    sequence()
    deliver_now(endpoint)
    assert (endpoint.pause_reason, receiver.asked) == ("restored", [])
    endpoints.resume(endpoint=endpoint, by=ADMIN)
    [slug] = publish(1)
    deliver_now(endpoint)
    assert receiver.told("reason", "snapshot", "slug") == [
        ("feed.reset", "restored", "https://portal.example/api/v1/snapshot/", None),
        ("actor.published", None, None, slug),
    ]


def test_who_was_away_for_longer_than_the_feed_goes_back_is_told_to_copy_anew(receiver, client):
    endpoint = endpoint_at(receiver)
    publish(3)
    last = FeedState.objects.get().position
    FeedEntry.objects.filter(position__lt=last).delete()
    deliver_now(endpoint)
    [(kind, reason, cursor)] = receiver.told("reason", "cursor")
    assert (kind, reason, behind(endpoint)) == ("feed.reset", "expired", 0)
    assert client.get("/api/v1/changes/", {"since": cursor}).json()["changes"] == []


def test_what_leaves_the_filter_is_told_once(receiver, chain):
    ours, theirs = make_cluster("ours"), make_cluster("theirs")
    area = make_area()
    inside, outside = make_actor("Drinnen", layers=[1], clusters=[ours], areas=[area]), make_actor("Draußen")
    sequence()
    endpoint = endpoint_at(
        receiver, clusters=[ours.uid], layers=[chain[0].uid], objects_told=["actor", "cluster"]
    )
    for name in ("Halle", "Jena"):
        Actor.objects.update(city=name)
    theirs.name_de, ours.name_de = "Ihres", "Unseres"
    theirs.save(), ours.save()
    sequence()
    deliver_now(endpoint)
    assert {*receiver.told("slug")} == {("actor.updated", inside.slug), ("cluster.updated", ours.slug)}
    receiver.kept.clear()
    inside.memberships.all().delete()  # leaves
    sequence()
    deliver_now(endpoint)
    Actor.objects.update(city="Gera")
    sequence()
    deliver_now(endpoint)
    assert receiver.told("slug") == [("actor.updated", inside.slug)]
    receiver.kept.clear()
    outside.memberships.create(cluster=ours)
    outside.placements.create(layer=chain[0], is_primary=True)  # comes in
    sequence()
    deliver_now(endpoint)
    outside.state = "archived"
    outside.save()
    sequence()
    deliver_now(endpoint)
    assert receiver.told("slug") == [("actor.updated", outside.slug), ("actor.withdrawn", outside.slug)]
    assert behind(endpoint) == 0


def test_what_a_copy_holds_is_told_when_it_leaves_though_no_message_named_it(receiver):
    """At the beginning, after a change of the filter, and after a new copy."""
    ours, theirs = make_cluster("ours"), make_cluster("theirs")
    first, second, third = (make_actor(f"Nummer {number}", clusters=[ours]) for number in range(3))
    sequence()
    endpoint = endpoint_at(receiver, clusters=[ours.uid], objects_told=["actor"])

    def told_of_leaving(actor) -> list:
        receiver.kept.clear()
        actor.memberships.all().delete()
        sequence()
        deliver_now(endpoint)
        return receiver.told("slug")

    assert told_of_leaving(first) == [("actor.updated", first.slug)]
    FeedState.objects.all().delete()
    sequence()
    deliver_now(endpoint)
    endpoints.resume(endpoint=endpoint, by=ADMIN)
    deliver_now(endpoint)
    assert told_of_leaving(second) == [("actor.updated", second.slug)]
    third.memberships.update(cluster=theirs)
    sequence()
    deliver_now(endpoint)
    endpoints.change(endpoint=endpoint, by=ADMIN, clusters=[theirs.uid])
    assert told_of_leaving(third) == [("actor.updated", third.slug)]


def test_a_filter_by_kind_and_event(receiver):
    endpoint = endpoint_at(receiver, objects_told=["actor"], ops_told=["withdrawn", "merged"])
    [slug, _other] = publish(2)
    make_area()
    Actor.objects.filter(slug=slug).update(state="archived")
    sequence()
    assert behind(endpoint) == 4
    deliver_now(endpoint)
    assert receiver.told("slug") == [("actor.withdrawn", slug)]
    assert behind(endpoint) == 0


# ---------- what administrators order ----------
def test_once_more_and_tests(receiver):
    endpoint, by = endpoint_at(receiver), make_person("administrator")
    slugs = publish(4)
    deliver_now(endpoint)
    first, last = FeedEntry.objects.get(slug=slugs[1]), FeedEntry.objects.get(slug=slugs[2])
    endpoints.redeliver(endpoint=endpoint, first=first, last=last, by=by)
    endpoints.redeliver_one(attempt=WebhookAttempt.objects.earliest("pk"), by=by)
    ids = [*receiver.kept]
    deliver_now(endpoint)
    assert receiver.asked[4:] == [ids[1], ids[2], ids[0]]
    endpoints.pause(endpoint=endpoint, by=by)
    publish(1)
    endpoints.order_test(endpoint=endpoint, by=by)
    assert runner.due() == [endpoint.pk]
    deliver(endpoint.pk)
    assert (receiver.told()[-1], behind(endpoint)) == (
        ("test",),
        1,
    )  # also while it is paused, and nothing else
    assert runner.due() == []


def test_old_attempts_go(receiver):
    endpoint = endpoint_at(receiver)
    publish(2)
    deliver_now(endpoint)
    oldest = WebhookAttempt.objects.earliest("pk")
    WebhookAttempt.objects.filter(pk=oldest.pk).update(at=timezone.now() - timedelta(days=15))
    runner.forget_old_attempts()
    assert WebhookAttempt.objects.count() == 1
