"""Partners who follow the feed of changes hear of contributions as of every other public record."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from clusterportal.newsroom.domain.publishing import publish_due
from clusterportal.newsroom.models import Contribution, Link
from clusterportal.partners.domain.sequencing import sequence
from tests.factories import make_actor, make_area, make_cluster, make_contribution

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_jobs")]


@pytest.fixture
def feed(client, chain):
    """Asks for what is new of contributions since the last time: (operation, slug, fields)."""
    sequence()
    cursor = [client.get("/api/v1/changes/?limit=1000").json()["next_cursor"]]

    def ask() -> list[tuple]:
        sequence()
        page = client.get("/api/v1/changes/", {"since": cursor[0], "limit": 1000}).json()
        cursor[0] = page["next_cursor"]
        return [
            (one["op"], one["slug"], {*one["fields"]} - {"updated_at"})
            for one in page["changes"]
            if one["object"] == "contribution"
        ]

    return ask


def test_the_feed_tells_what_appears_changes_and_goes(feed):
    one, area = make_contribution("Eins"), make_area()
    waiting = make_contribution("Zwei", publish_at=timezone.now() + timedelta(hours=1))
    make_contribution("Drei", state="draft")
    actor = make_actor("Muster", layers=[1])
    assert feed() == [("published", "eins", set())]

    Contribution.objects.filter(pk=one.pk).update(title_en="One")
    Link.objects.create(contribution=one, label_de="Mehr", url="https://a.example.org")
    one.actors.add(actor)
    one.areas.add(area)
    [(op, slug, fields)] = feed()
    assert (op, slug, fields) == ("updated", "eins", {"title", "languages", "links", "actors", "areas"})
    # What it names is renamed, and goes.
    type(actor).objects.filter(pk=actor.pk).update(name="Beispiel")
    assert feed() == [("updated", "eins", {"actors"})]
    type(area).objects.filter(pk=area.pk).update(name_en="Light")
    assert feed() == [("updated", "eins", {"areas"})]
    type(actor).objects.filter(pk=actor.pk).update(state="archived")
    assert feed() == [("updated", "eins", {"actors"})]

    Contribution.objects.filter(pk=waiting.pk).update(publish_at=timezone.now() - timedelta(minutes=1))
    assert publish_due() == 1
    assert feed() == [("published", "zwei", set())]
    Contribution.objects.filter(pk=waiting.pk).update(expires_at=timezone.now() - timedelta(minutes=1))
    assert publish_due() == 1
    one.delete()
    assert feed() == [("withdrawn", "zwei", set()), ("withdrawn", "eins", set())]


def test_a_snapshot_holds_what_everybody_sees_in_every_language(client, chain):
    cluster, area = make_cluster(name_en="IT cluster"), make_area()
    actor, hidden = make_actor("Muster", layers=[1]), make_actor("Geheim", state="draft")
    event = make_contribution(
        "Tag", kind="event", title_en="Day", lead_de="Kurz.", actors=[actor, hidden], clusters=[cluster],
        areas=[area], organiser=hidden, organiser_words="Die Stadt", place="Halle",
    )  # fmt: skip
    make_contribution("Entwurf", state="draft")
    sequence()
    lines = [json.loads(line) for line in b"".join(client.get("/api/v1/snapshot/")).splitlines()]
    assert lines[0]["counts"]["contribution"] == 1
    [record] = [line["data"] for line in lines[1:] if line["object"] == "contribution"]
    assert (record["uid"], record["kind"], record["languages"]) == (str(event.uid), "event", ["de", "en"])
    assert record["url"].endswith("/tag/")
    assert (record["title"], record["lead"]) == ({"de": "Tag", "en": "Day"}, {"de": "Kurz.", "en": None})
    assert [one["slug"] for one in record["actors"]] == ["muster"]
    assert [one["slug"] for one in record["clusters"] + record["areas"]] == [cluster.slug, area.slug]
    assert (record["image"], record["event"]["organiser"]) == (None, None)
    assert (record["event"]["organiser_words"], record["event"]["place"]) == ("Die Stadt", "Halle")
