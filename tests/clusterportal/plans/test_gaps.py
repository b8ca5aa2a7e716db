"""Gaps of the clusters of a plan, who fills them and why, and what becomes of a proposal."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actors.models import Actor, Membership
from clusterportal.plans.domain import deciding
from clusterportal.plans.domain.competences import competences
from clusterportal.plans.domain.gaps import Gap, gaps_of
from clusterportal.plans.domain.plan_queries import with_parts
from clusterportal.plans.models import Action, ActionPlan, GapDecision, Participant, PlanOwner
from tests.factories import make_actor, make_cluster, make_person

pytestmark = pytest.mark.django_db


def read(plan) -> ActionPlan:
    return with_parts(ActionPlan.objects.filter(pk=plan.pk)).get()


def seen(gaps: list[Gap]) -> list[tuple]:
    """Cluster, area, layer and the names of the proposed."""
    return [
        (gap.cluster.slug, gap.area.slug, gap.layer.position, [str(one.actor) for one in gap.proposals])
        for gap in gaps
    ]


def gap_at(plan, cluster, area, position: int) -> Gap:
    return next(
        gap
        for gap in gaps_of(read(plan))
        if (gap.cluster, gap.area, gap.layer.position) == (cluster, area, position)
    )


def test_the_matrix_counts_public_actors_in_the_areas_of_the_plan(world):
    make_actor("Woanders", layers=[5], clusters=[world.kl])
    found = competences(read(world.plan))
    assert [(row.cluster.slug, [*row.layers.values()], row.total) for row in found.rows] == [
        ("kl", [1, 1], 1),
        ("le", [1], 1),
    ]
    assert (found.total, sorted(found.covered)) == (
        2,
        ["basic-research", "integration-services", "technology-development"],
    )
    world.plan.areas.clear()
    assert (competences(read(world.plan)).total, gaps_of(read(world.plan))) == (0, [])


def test_who_fills_whose_gap(world):
    """Outsiders first: who shares most areas, then by name; then members on the layer; gaps without anybody last."""
    assert seen(gaps_of(read(world.plan))) == [
        ("kl", "auto", 4, ["Beides", "Allein"]),
        ("kl", "energy", 4, ["Beides"]),
        ("le", "auto", 1, ["Basis"]),
        ("le", "auto", 3, ["Basis"]),
        ("kl", "energy", 1, ["Basis"]),
        ("kl", "energy", 3, ["Basis"]),
        ("kl", "auto", 2, []),
        ("kl", "auto", 5, []),
        ("kl", "energy", 2, []),
        ("kl", "energy", 5, []),
        ("le", "auto", 2, []),
        ("le", "auto", 5, []),
        ("le", "energy", 1, []),
        ("le", "energy", 2, []),
        ("le", "energy", 3, []),
        ("le", "energy", 5, []),
    ]
    first = gap_at(world.plan, world.kl, world.auto, 4).proposals
    # {auto, energy} and {auto}: 1/2; layers {4} and {1, 3}: nothing in common.
    assert [(one.reason, one.shared, one.is_member) for one in first] == [
        ("Baut Ladesäulen ein.", 2, False),
        ("Steht auf Ebene 4 Systemintegration und IT-Dienstleistungen.", 1, False),
    ]
    assert (first[0].completes, first[0].complementarity) == (world.basis, 0.5)
    assert gap_at(world.plan, world.kl, world.energy, 1).best.is_member


def test_members_that_the_cluster_does_not_show_are_neither_counted_nor_proposed(world):
    """Nor are drafts, however many would come first by name."""
    world.alone.memberships.create(cluster=world.kl, is_cleared=False)
    for number in range(4):
        make_actor(f"A {number}", layers=[4], areas=[world.auto, world.energy], state="draft")
    gap = gap_at(world.plan, world.kl, world.auto, 4)
    assert [str(one.actor) for one in gap.proposals] == ["Beides"]


def test_more_actors_cost_no_more_queries(world):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            gaps_of(read(world.plan))
        return len(found)

    before = queries()
    for number in range(3):
        make_actor(f"Weiter {number}", layers=[2, 5], areas=[world.auto, world.energy], clusters=[world.le])
    assert queries() == before
    assert len(gap_at(world.plan, world.kl, world.auto, 2).proposals) == 3


def decide(world, act, *, by, actor=None, **more):
    gap = gap_at(world.plan, world.kl, world.auto, 4)
    return act(plan=read(world.plan), gap=gap, actor=actor or world.both, by=by, **more)


def test_a_partnership_needs_rights_over_cluster_and_actor(world):
    """The manager of kl does not look after the actor, that of le not after the cluster."""
    for person in (world.manager, world.other, world.stranger):
        with pytest.raises(PermissionDenied):
            decide(world, deciding.make_partner, by=person)
    assert Membership.objects.filter(cluster=world.kl).count() == 1
    both = make_person("manager", clusters=[world.kl, world.le])
    decide(world, deciding.make_partner, by=both)
    membership = Membership.objects.get(actor=world.both, cluster=world.kl)
    assert (membership.kind, membership.is_cleared) == ("partner", True)
    assert ("kl", "auto", 4) not in [one[:3] for one in seen(gaps_of(read(world.plan)))]
    with pytest.raises(StopIteration):
        gap_at(world.plan, world.kl, world.auto, 4)


def test_an_editor_decides_nothing(world):
    editor = make_person("editor", clusters=[world.kl, world.le])
    for act, more in (
        (deciding.make_partner, {}),
        (deciding.take_into_action, {}),
        (deciding.dismiss, {"reason": "Nein"}),
    ):
        with pytest.raises(PermissionDenied):
            decide(world, act, by=editor, **more)
    assert not GapDecision.objects.exists()


def test_a_proposed_actor_takes_part_in_an_action(world):
    decide(world, deciding.take_into_action, by=world.other, action=world.action)
    assert [(one.group, one.actor) for one in Participant.objects.all()] == [("companies", world.both)]
    gap = gap_at(world.plan, world.kl, world.auto, 4)
    assert [(str(one.actor), one.decision.action) for one in gap.taken] == [("Beides", world.action)]
    assert (gap.is_open, seen(gaps_of(read(world.plan)))[0][:3]) == (False, ("kl", "auto", 4))
    with pytest.raises(ValidationError):  # it was taken: nobody takes it twice
        decide(world, deciding.dismiss, by=world.manager, reason="Nein")
    Actor.objects.filter(pk=world.both.pk).update(state="archived")
    assert gap_at(world.plan, world.kl, world.auto, 4).is_open  # withdrawn actors fill no gap


def test_without_an_action_a_new_one_wins_the_proposed_over(world):
    decide(world, deciding.take_into_action, by=world.manager)
    decide(world, deciding.take_into_action, by=world.manager, actor=world.alone)
    made = Action.objects.exclude(pk=world.action.pk).get()
    assert (made.title_de, made.title_en, made.horizon_months, made.participants.count()) == (
        "Vorgeschlagene Akteure gewinnen",
        "Win proposed actors over",
        12,
        2,
    )
    assert list(made.layers.all()) == [world.chain[3]]


def test_an_action_of_another_plan_is_no_choice(world):
    elsewhere = ActionPlan.objects.create(slug="x", title_de="X", cluster=make_cluster("x"))
    foreign = Action.objects.create(plan=elsewhere, slug="fremd", title_de="Fremd")
    with pytest.raises(PermissionDenied):
        decide(world, deciding.take_into_action, by=world.manager, action=foreign)


def test_who_was_dismissed_is_proposed_no_more_until_somebody_wants_it(world):
    with pytest.raises(ValidationError):
        decide(world, deciding.dismiss, by=world.manager, reason="  ")
    decision = decide(world, deciding.dismiss, by=world.manager, reason="Will nicht")
    gap = gap_at(world.plan, world.kl, world.auto, 4)
    assert [str(one.actor) for one in gap.proposals] == ["Allein"]
    assert gap_at(world.plan, world.kl, world.energy, 4).best.actor == world.both  # another gap
    with pytest.raises(PermissionDenied):
        deciding.propose_again(decision=decision, by=world.stranger)
    deciding.propose_again(decision=decision, by=world.other)
    assert gap_at(world.plan, world.kl, world.auto, 4).best.actor == world.both


def test_a_cluster_that_was_asked_writes_only_after_it_agreed(world):
    owner = PlanOwner.objects.get()
    PlanOwner.objects.update(has_agreed=False)
    with pytest.raises(PermissionDenied):
        decide(world, deciding.dismiss, by=world.other, reason="Nein")
    with pytest.raises(PermissionDenied):
        deciding.agree(owner=owner, by=world.manager)  # the one that asks cannot answer
    assert [one[0] for one in seen(gaps_of(read(world.plan)))] == ["kl"] * 8
    deciding.agree(owner=owner, by=world.other)
    decide(world, deciding.dismiss, by=world.other, reason="Nein")
