"""What a bulk change does: said before, done once, within rights and review, and taken back as a whole."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from pghistory.models import Context

from actors.models import Actor, ActorTopic, LayerPlacement, Membership, Topic
from clusterportal.bulk.domain.changing import change, foresee
from clusterportal.bulk.domain.wishes import Wishes
from clusterportal.history.act_list import read_acts
from clusterportal.history.changes import sources_for
from clusterportal.history.undo import foresee as foresee_undo
from clusterportal.history.undo import take_back
from tests.factories import make_actor, make_area, make_cluster, make_person

pytestmark = pytest.mark.django_db


def everything() -> dict:
    """The rows that a change can touch, without when they were written."""
    models = (Actor, LayerPlacement, ActorTopic, Membership, Actor.foci.rel.related_model)
    left_out = {"updated_at", "public_updated_at", "created_at", "published_at"}
    return {
        model: sorted(
            tuple((name, value) for name, value in row.items() if name not in left_out)
            for row in model.objects.order_by("pk").values()
        )
        for model in models
    }


def parts() -> dict:
    """Where each actor stands, in names."""
    return {
        actor.name: (
            sorted((one.layer.position, one.basis, one.is_primary) for one in actor.placements.all()),
            sorted(one.area.slug for one in actor.foci.all()),
            sorted(one.topic.slug for one in actor.actor_topics.all()),
            sorted((one.cluster.slug, one.kind, one.is_cleared) for one in actor.memberships.all()),
        )
        for actor in Actor.objects.all()
    }


def act_of(do, *arguments, by):
    """The number of the act that the call makes; in one transaction all acts are of one moment."""
    known = set(Context.objects.values_list("pk", flat=True))
    do(*arguments, by=by)
    (made,) = set(Context.objects.values_list("pk", flat=True)) - known
    return made


def keys_of(*actors) -> list[int]:
    return [actor.pk for actor in actors]


def counts(prospect) -> list[tuple[int, int]]:
    return [(effect.count, effect.rest) for effect in prospect.effects]


@pytest.fixture
def topic(db):
    return Topic.objects.create(slug="ki", name_de="Künstliche Intelligenz")


# ---------- each operation ----------
def everything_wished(chain, cluster, topic) -> dict[str, Wishes]:
    area = make_area()
    other = make_cluster("other")
    return {
        "add_layers": Wishes(add_layers=[chain[2]], basis="both"),
        "rebase": Wishes(add_layers=[chain[0]], basis="both", rebase=True),
        "drop_layers": Wishes(drop_layers=[chain[0]]),
        "main": Wishes(main=chain[1]),
        "main_of_new": Wishes(add_layers=[chain[4]], main=chain[4]),
        "no_main": Wishes(no_main=True),
        "add_areas": Wishes(add_areas=[area]),
        "drop_areas": Wishes(drop_areas=[area]),
        "add_topics": Wishes(add_topics=[topic]),
        "drop_topics": Wishes(drop_topics=[topic]),
        "join": Wishes(join=other, join_kind="partner"),
        "leave": Wishes(leave=other),
        "kind": Wishes(kind="startup"),
        "source": Wishes(source="https://example.org/list"),
        "clear_source": Wishes(clear_source=True),
        "all_at_once": Wishes(
            add_layers=[chain[3]], drop_layers=[chain[0]], main=chain[3], add_areas=[area], add_topics=[topic],
            join=other, kind="company", source="Liste",
        ),
    }  # fmt: skip


OPERATIONS = [
    "add_layers", "rebase", "drop_layers", "main", "main_of_new", "no_main", "add_areas", "drop_areas", "add_topics",
    "drop_topics", "join", "leave", "kind", "source", "clear_source", "all_at_once",
]  # fmt: skip


@pytest.mark.parametrize("name", OPERATIONS)
def test_what_is_said_before_is_done_once_and_taken_back(chain, cluster, manager, topic, name):
    wishes = everything_wished(chain, cluster, topic)[name]
    area, other = make_area("energy"), make_cluster("third")
    full = make_actor("Full", layers=[1, 2], clusters=list(filter(None, [cluster, wishes.leave])), source="A")
    bare = make_actor("Bare", clusters=[cluster], kind="startup")
    make_actor("Not chosen", layers=[1, 2], areas=[area], clusters=[cluster, other], source="A")
    for one in wishes.drop_areas:
        full.foci.create(area=one)
    for one in wishes.drop_topics:
        full.actor_topics.create(topic=one)
    before, keys = everything(), keys_of(full, bare)
    foreseen = foresee(keys, wishes, by=manager)
    assert everything() == before
    act_id = act_of(change, keys, wishes, by=manager)
    assert foreseen.changes_something and everything() != before
    told = read_acts(sources_for(manager), limit=50)
    (words,) = {one.words for one in told if one.id == act_id}
    assert words == " · ".join(f"{one.label} ({one.count})" for one in foreseen.effects if one.count)
    # Done once more, there is nothing left to do.
    after = everything()
    again = change(keys, wishes, by=manager)
    assert not again.changes_something
    assert everything() == after

    outcome = take_back(act_id, by=manager)
    assert (outcome.kept_count, everything()) == (0, before)


# ---------- acts between ----------
@pytest.mark.parametrize("name", OPERATIONS)
def test_taking_back_leaves_the_effects_of_another_act(chain, cluster, manager, topic, name):
    """Whatever the first act was: where another act touched other things, the first one is as if it had not been."""
    wishes = everything_wished(chain, cluster, topic)[name]
    after_first = Wishes(add_areas=[make_area("energy")], leave=cluster, leave_kind="partner")
    actors = [make_actor(f"A{number}", layers=[1, 2], clusters=[cluster], source="A") for number in range(3)]
    Membership.objects.create(actor=actors[0], cluster=cluster, kind="partner")
    if wishes.leave:
        Membership.objects.create(actor=actors[0], cluster=wishes.leave)
    for one in wishes.drop_areas:
        actors[0].foci.create(area=one)
    for one in wishes.drop_topics:
        actors[0].actor_topics.create(topic=one)

    def without_keys() -> dict:
        return {
            "parts": parts(),
            "facts": list(Actor.objects.order_by("pk").values("kind", "source", "state")),
        }

    alone = act_of(change, keys_of(*actors), after_first, by=manager)
    expected = without_keys()  # what the second act alone makes of the registry
    take_back(alone, by=manager)
    first = act_of(change, keys_of(*actors), wishes, by=manager)
    change(keys_of(*actors[:2]), after_first, by=manager)
    change(keys_of(actors[2]), after_first, by=manager)
    outcome = take_back(first, by=manager)
    assert (outcome.kept_count, without_keys()) == (0, expected)


def test_what_was_changed_since_stays_and_is_named(chain, cluster, manager):
    actors = [make_actor(f"A{number}", kind="company", clusters=[cluster]) for number in range(3)]
    wishes = Wishes(kind="startup", add_layers=[chain[2]])
    first = act_of(change, keys_of(*actors), wishes, by=manager)
    change(keys_of(actors[0]), Wishes(kind="university"), by=manager)
    kept = foresee_undo(first, by=manager).kept
    undone = act_of(take_back, first, by=manager)
    assert [(one.title, one.reason, one.person) for one in kept] == [
        ("A0", "Es wurde seitdem bearbeitet.", "anna")
    ]
    assert dict(Actor.objects.values_list("name", "kind")) == {
        "A0": "university", "A1": "company", "A2": "company"
    }  # fmt: skip
    assert not LayerPlacement.objects.exists()
    # The taking-back is an act: taken back, the first one is there again.
    take_back(undone, by=manager)
    assert set(Actor.objects.values_list("kind", flat=True)) == {"university", "startup"}
    assert LayerPlacement.objects.count() == 3


# ---------- who may ----------
def test_only_what_one_writes_at_once_is_written(chain, cluster, editor, manager):
    draft = make_actor("Draft", state="draft", clusters=[cluster])
    public = make_actor("Public", clusters=[cluster])
    foreign, gone = make_actor("Foreign", state="draft"), make_actor("Gone", clusters=[cluster])
    keys = keys_of(draft, public, foreign, gone)
    gone.delete()
    wishes = Wishes(add_layers=[chain[0]], kind="startup")
    for_editor = change(keys, wishes, by=editor)
    assert (for_editor.chosen, for_editor.out_of_reach, for_editor.need_review) == (4, 2, 1)
    assert (for_editor.writable, counts(for_editor)) == (1, [(1, 0), (1, 0)])
    assert set(LayerPlacement.objects.values_list("actor", flat=True)) == {draft.pk}
    assert Actor.objects.get(pk=public.pk).kind == "research_institute"
    for_manager = change(keys, wishes, by=manager)
    assert (for_manager.out_of_reach, for_manager.need_review) == (2, 0)
    assert counts(for_manager) == [(1, 1), (1, 1)]
    assert Actor.objects.get(pk=foreign.pk).kind == "research_institute"


def test_readers_write_nothing(chain, cluster):
    actor = make_actor(state="draft", clusters=[cluster])
    for role in ("viewer", "representative"):
        with pytest.raises(PermissionDenied):
            change([actor.pk], Wishes(kind="startup"), by=make_person(role))
    assert Actor.objects.get().kind == "research_institute"


def test_a_cluster_of_others_clears_its_members_itself(cluster, manager):
    actor, other = make_actor(clusters=[cluster]), make_cluster("other")
    change([actor.pk], Wishes(join=other), by=manager)
    change([actor.pk], Wishes(join=cluster, join_kind="partner"), by=manager)
    cleared = dict(Membership.objects.values_list("cluster__slug", "is_cleared"))
    assert cleared == {"it-cluster": True, "other": False}


def test_nobody_sends_actors_out_of_the_own_reach(cluster, manager):
    own = make_cluster("own")
    manager.team_memberships.create(cluster=own)
    both, only = make_actor("Both", clusters=[cluster, own]), make_actor("Only", clusters=[cluster])
    leaving = Wishes(leave=cluster)
    assert counts(change(keys_of(both, only), leaving, by=manager)) == [(1, 1)]
    assert set(Membership.objects.values_list("actor__name", "cluster__slug")) == {
        ("Both", "own"), ("Only", "it-cluster")
    }  # fmt: skip
    # Whoever joins another of their clusters at once may go.
    assert counts(change([only.pk], Wishes(leave=cluster, join=own), by=manager)) == [(1, 0), (1, 0)]
    assert set(only.memberships.values_list("cluster__slug", flat=True)) == {"own"}


# ---------- many ----------
def test_the_questions_do_not_grow_with_the_actors(chain, cluster, manager, topic):
    wishes = everything_wished(chain, cluster, topic)["all_at_once"]

    def asked(number: int) -> tuple[int, int]:
        keys = keys_of(*(make_actor(layers=[1], clusters=[cluster]) for _one in range(number)))
        with CaptureQueriesContext(connection) as looking:
            foresee(keys, wishes, by=manager)
        with CaptureQueriesContext(connection) as writing:
            change(keys, wishes, by=manager)
        return len(looking), len(writing)

    asked(1)
    assert asked(1) == asked(7)


def test_one_act_says_what_was_done_in_the_language_of_the_reader(chain, cluster, manager):
    actors = [make_actor(clusters=[cluster]) for _number in range(4)]
    wishes = Wishes(add_layers=[chain[2]], kind="startup", source="Erika Muster")
    act_id = act_of(change, keys_of(*actors), wishes, by=manager)
    act = next(one for one in read_acts(sources_for(manager), limit=50) if one.id == act_id)
    assert (act.count, act.person) == (12, "anna")
    assert act.words.split(" · ") == [
        "Ebene „3 Technologie- und Softwareentwicklung“ hinzugefügt (4)",
        "Art ist jetzt „Start-up“ (4)",
        "Quelle gesetzt (4)",
    ]
    with translation.override("en"):
        assert act.words.split(" · ") == [
            "Layer “3 Technology and software development” added (4)",
            "Kind is now “Start-up” (4)",
            "Source set (4)",
        ]
