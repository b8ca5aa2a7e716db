"""A copy that follows the feed while several write at once, over real connections, equals the registry in the end."""

import threading

from django.db import connection
from django.test import Client

from clusterportal.core.api.serializers import moment_text
from clusterportal.partners.domain.sequencing import sequence
from clusterportal.partners.models import FeedEntry, FeedState
from tests.clusterportal.partners.mirror import Mirror, asking, public_actors, snapshot
from tests.clusterportal.partners.writers import Writer, furnish
from tests.factories import make_chain, make_key

WRITERS, ACTS = 4, 9


def test_a_mirror_follows_several_writers_and_a_restore(transactional_db):
    make_chain()
    by = furnish()
    key = make_key("read:contacts")[1]
    mirror, without_key = Mirror(asking(Client(), **key)), Mirror(asking(Client()), limit=1000)
    mirror.copy()
    without_key.copy()
    begun = FeedEntry.objects.last().at
    writers = [Writer(number, by=by, acts=ACTS) for number in range(WRITERS)]
    is_over = threading.Event()

    def follow():
        while not is_over.is_set():
            mirror.follow()
        connection.close()

    follower = threading.Thread(target=follow)
    for one in [*writers, follower]:
        one.start()
    for one in writers:
        one.join()
    is_over.set()
    follower.join()
    assert sum(sum(one.done.values()) for one in writers) > WRITERS * ACTS / 3, [
        one.failed for one in writers
    ]
    sequence()
    for one in (mirror, without_key):
        one.follow()
        assert one.records == snapshot(one.ask)[1]
    _equals_the_actors(mirror)
    assert all("contacts" not in record for record in without_key.records.values())
    numbers = list(FeedEntry.objects.values_list("position", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    _agrees_with_updated_since(begun)
    FeedState.objects.update(epoch="0123abcd")  # as after a restore
    mirror.follow()
    assert (mirror.copies, mirror.records) == (2, snapshot(mirror.ask)[1])


def _equals_the_actors(mirror: Mirror) -> None:
    copied = {key: record for key, record in mirror.records.items() if key[0] == "actor"}
    assert copied == public_actors(mirror.ask)


def _agrees_with_updated_since(moment) -> None:
    """Of whom the feed has told since then and who is public still, `updated_since` knows too."""
    told = FeedEntry.objects.filter(object="actor", at__gt=moment).values_list("uid", flat=True)
    answer = Client().get(
        "/api/v1/actors/", {"updated_since": moment_text(moment), "fields": "uid", "page_size": 200}
    )
    public = {
        one["uid"]
        for one in Client().get("/api/v1/actors/", {"fields": "uid", "page_size": 200}).json()["results"]
    }
    assert {str(uid) for uid in told} & public <= {one["uid"] for one in answer.json()["results"]}
