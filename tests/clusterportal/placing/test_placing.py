"""Who may place whom, whatever page asks; and what a walk remembers."""

import pytest
from django.core.exceptions import PermissionDenied

from actors.models import Actor
from clusterportal.placing.domain import walks
from clusterportal.placing.domain.placing import Ground, PlacementChoice, place
from clusterportal.placing.models import Walk
from tests.factories import make_actor, make_cluster, make_person

pytestmark = pytest.mark.django_db


def placed(actor: Actor, chain, by, **options) -> bool:
    choice = PlacementChoice(layers={chain[1].pk: Ground()})
    actor.refresh_from_db()
    return place(actor=actor, choice=choice, by=by, seen=actor.updated_at, **options)


@pytest.mark.parametrize(
    ("role", "state", "may"),
    [
        ("manager", "published", True), ("manager", "draft", True), ("editor", "draft", True),
        ("editor", "published", False), ("viewer", "draft", False), ("representative", "draft", False),
    ],
)  # fmt: skip
def test_who_places_whom(cluster, chain, role, state, may):
    actor = make_actor("Haus", state=state, clusters=[cluster])
    person = make_person(role, clusters=[cluster])
    if may:
        assert placed(actor, chain, person)
        assert not placed(actor, chain, person)  # a second time changes nothing
    else:
        with pytest.raises(PermissionDenied):
            placed(actor, chain, person)
    assert actor.placements.count() == may


def test_nobody_places_an_actor_of_other_clusters(cluster, chain):
    actor = make_actor("Fremd", state="draft", clusters=[make_cluster("theirs")])
    with pytest.raises(PermissionDenied):
        placed(actor, chain, make_person("manager", clusters=[cluster]))


def test_a_rehearsal_is_no_way_past_the_own_clusters(cluster, chain):
    actor = make_actor("Fremd", clusters=[make_cluster("theirs")])
    with pytest.raises(PermissionDenied):
        placed(actor, chain, make_person("editor", clusters=[cluster]), is_rehearsal=True)


def test_who_is_placed_twice_counts_once(cluster):
    walk = walks.begin(user=make_person("manager"), query="", keys=[7, 8])
    for key in (8, 8, 7):
        walks.count_as_placed(walk=walk, key=key)
    assert Walk.objects.get().placed == [8, 7]
