import uuid

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from actors.models import Actor, ActorRelation, FormerSlug, Identifier, LayerPlacement
from clusterportal.history.acts import act
from clusterportal.history.changes import event_models
from clusterportal.history.undo import edited_since, undo
from layers.models import Layer
from tests.factories import make_actor, make_person

pytestmark = pytest.mark.django_db

KEPT_BY_THE_CLOCK = {"updated_at"}


def rows_of_everything() -> dict:
    """All rows of all models with history, without what follows from the clock."""
    return {
        event_model.pgh_tracked_model._meta.label: sorted(
            (
                {name: value for name, value in row.items() if name not in KEPT_BY_THE_CLOCK}
                for row in event_model.pgh_tracked_model._base_manager.values()
            ),
            key=str,
        )
        for event_model in event_models().values()
    }


@pytest.fixture
def by(db):
    return make_person("administrator")


def test_what_an_act_made_changed_and_deleted_is_taken_back_exactly(chain, by):
    stays = make_actor("Fraunhofer ITWM", layers=[1, 2], slug="itwm")
    gone = make_actor("Altes Institut", layers=[3])
    Identifier.objects.create(actor=gone, scheme="wikidata", value="Q1")
    ActorRelation.objects.create(source=gone, target=stays, kind="spin_off")
    before = rows_of_everything()
    with transaction.atomic(), act("merge") as act_id:
        Identifier.objects.filter(actor=gone).update(actor=stays)
        Actor.objects.filter(pk=stays.pk).update(slug="neu", city="Kaiserslautern", founded=1995)
        FormerSlug.objects.create(slug="altes-institut", actor=stays)
        gone.delete()
        make_actor("Neues Institut", layers=[4, 5])
    assert rows_of_everything() != before

    outcome = undo(act_id, by=by)
    assert (outcome.kept, outcome.kept_count) == ([], 0)
    # The address of the act was out in the world: it goes on leading to the actor.
    assert list(FormerSlug.objects.values_list("slug", "actor__slug")) == [("neu", "itwm")]
    FormerSlug.objects.all().delete()
    assert rows_of_everything() == before


def test_an_edited_column_stays_and_is_named_the_others_go_back(chain, by):
    actor = make_actor(city="Leipzig", founded=1990)
    with act("import") as act_id:
        Actor.objects.filter(pk=actor.pk).update(city="Halle", founded=1991)
    with act("edit", by=by):
        Actor.objects.filter(pk=actor.pk).update(city="Dresden")
    foreseen = edited_since(act_id)
    outcome = undo(act_id, by=by)
    assert foreseen == outcome
    actor.refresh_from_db()
    assert (actor.city, actor.founded) == ("Dresden", 1990)
    (kept,) = outcome.kept
    assert (kept.title, kept.person, kept.columns) == (actor.name, by.username, ["Ort"])
    assert kept.reason == "Es wurde seitdem bearbeitet."


def test_a_new_actor_that_somebody_worked_on_stays_with_all_its_parts(chain, by):
    with act("import") as act_id:
        worked_on, untouched = make_actor("A", layers=[1, 2]), make_actor("B", layers=[1])
    LayerPlacement.objects.create(actor=worked_on, layer=Layer.objects.get(position=5))
    foreseen = edited_since(act_id)
    outcome = undo(act_id, by=by)
    assert foreseen == outcome
    assert [one.title for one in outcome.kept] == ["A"]
    assert list(Actor.objects.values_list("name", flat=True)) == ["A"]
    assert worked_on.placements.count() == 3
    assert not LayerPlacement.objects.filter(actor=untouched.pk).exists()


def test_what_has_no_room_any_more_is_named(chain, by):
    actor = make_actor()
    Identifier.objects.create(actor=actor, scheme="wikidata", value="Q1")
    with act("merge") as act_id:
        Identifier.objects.all().delete()
    Identifier.objects.create(actor=make_actor(), scheme="wikidata", value="Q1")
    outcome = undo(act_id, by=by)
    assert (outcome.restored, outcome.kept_count) == (0, 1)
    assert outcome.kept[0].reason == "Der Platz ist von einem anderen Eintrag belegt."
    assert Identifier.objects.count() == 1


def test_a_part_of_an_actor_deleted_since_is_named(chain, by):
    actor = make_actor(layers=[1])
    with act("edit") as act_id:
        actor.placements.all().delete()
    actor.delete()
    outcome = undo(act_id, by=by)
    assert [one.reason for one in outcome.kept] == ["Es gehört zu einem Eintrag, den es nicht mehr gibt."]


def test_taking_back_is_itself_in_the_history_and_happens_once(chain, by):
    with act("import") as act_id:
        make_actor("A")
    undo(act_id, by=by)
    event = event_models()["actors.actor"].objects.latest("pgh_id")
    about = event.pgh_context.metadata
    assert event.pgh_label == "delete"
    assert about == {"act": "undo", "undoes": str(act_id), "user": by.pk, "username": by.username}
    again = undo(act_id, by=by)
    assert (again.restored, again.kept_count) == (0, 1)
    assert [(one.title, one.reason) for one in again.kept] == [("A", "Es wurde seitdem bearbeitet.")]


def test_acts_are_taken_back_one_after_the_other(chain, by):
    """What a later act changed and took back again counts as untouched."""
    with act("import") as first:
        actor = make_actor("A", layers=[1])
    with act("merge") as second:
        Actor.objects.filter(pk=actor.pk).update(city="Halle")
        LayerPlacement.objects.filter(actor=actor).delete()
    undo(second, by=by)
    outcome = undo(first, by=by)
    assert outcome.kept == []
    assert not Actor.objects.exists()


def test_an_act_that_wrote_nothing_has_nothing_to_take_back(by):
    outcome = undo(uuid.uuid4(), by=by)
    assert (outcome.restored, outcome.kept, outcome.kept_count) == (0, [], 0)


def test_the_number_of_questions_does_not_grow_with_the_records(chain, by):
    def questions(number: int) -> int:
        with act("import") as act_id:
            for _one in range(number):
                make_actor(layers=[1, 2])
        with CaptureQueriesContext(connection) as queries:
            undo(act_id, by=by)
        return len(queries)

    questions(1)
    assert questions(1) == questions(6)


def test_what_finds_its_place_free_only_later_comes_back_with_its_parts(chain, by):
    gone, stays = make_actor("A", layers=[1, 2], slug="a"), make_actor("B", slug="b")
    before = rows_of_everything()
    with act("merge") as act_id:
        gone.delete()
        Actor.objects.filter(pk=stays.pk).update(slug="a")
    outcome = undo(act_id, by=by)
    FormerSlug.objects.all().delete()  # what B was called in between
    assert (outcome.kept, rows_of_everything()) == ([], before)


def test_what_belongs_to_a_record_that_finds_no_place_is_named_and_points_nowhere(chain, by):
    gone, stays = make_actor("A", layers=[1], slug="a"), make_actor("B", slug="b")
    relation = ActorRelation.objects.create(source=gone, target=make_actor(), kind="spin_off")
    with act("merge") as act_id:
        ActorRelation.objects.update(source=stays)
        gone.delete()
    make_actor("Ein anderer", slug="a")
    outcome = undo(act_id, by=by)
    connection.check_constraints()
    relation.refresh_from_db()
    assert (outcome.restored, outcome.kept_count, relation.source) == (0, 3, stays)
    assert [(one.kind_label, one.reason) for one in outcome.kept] == [
        ("Akteur", "Der Platz ist von einem anderen Eintrag belegt."),
        ("Zuordnung zu einer Ebene", "Es gehört zu einem Eintrag, den es nicht mehr gibt."),
        ("Beziehung", "Es gehört zu einem Eintrag, den es nicht mehr gibt."),
    ]
