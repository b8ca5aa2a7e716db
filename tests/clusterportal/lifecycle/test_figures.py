"""What is measured of a cluster, against values worked by hand and at the edges."""

from dataclasses import replace
from datetime import date, timedelta
from math import log2
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from django.utils import timezone

from actors.enums import COMPANIES, ActorKind
from actors.models import ActorRelation, Membership
from clusterportal.core.indicator import Reason
from clusterportal.lifecycle.domain import measuring
from clusterportal.lifecycle.domain.indicators import indicators_of
from clusterportal.lifecycle.domain.measuring import keep_measurement, measure
from clusterportal.lifecycle.domain.movement import movement_figures
from clusterportal.lifecycle.domain.path import Stop, outgrown
from clusterportal.lifecycle.enums import Figure
from clusterportal.lifecycle.models import Measurement
from clusterportal.network.domain.tie_records import Spans, days_of
from tests.factories import make_actor, make_area, make_cluster

NOT_RECORDED, TOO_FEW, NO_RELATIONS = Reason.NOT_RECORDED, Reason.TOO_FEW, Reason.NO_RELATIONS


@pytest.fixture
def cluster(chain):
    return make_cluster()


def relate(*pairs, kind="research"):
    return [ActorRelation.objects.create(source=one, target=other, kind=kind) for one, other in pairs]


@pytest.fixture
def four(cluster):
    """A quarter of the members in each of two cells of an area, half in a cell of another; one outside."""
    one, other = make_area("one"), make_area("other")
    make_area("old", is_active=False)
    members = [
        make_actor("A", layers=[1], areas=[one], clusters=[cluster], kind="company"),
        make_actor("B", layers=[2], areas=[one], clusters=[cluster], kind="university"),
        make_actor("C", layers=[1], areas=[other], clusters=[cluster], kind="startup"),
        make_actor("D", layers=[1], areas=[other], clusters=[cluster], kind="supplier"),
    ]
    return [*members, make_actor("X")]


def test_figures_worked_by_hand(cluster, four, django_assert_num_queries):
    a, b, c, d, outside = four
    relate((a, b), (c, d), (d, outside))
    relate((a, b), kind="cooperation")  # a second relation of the same pair
    relate((b, c), kind="competition")  # which brings no knowledge in
    make_actor("Draft", layers=[1], clusters=[cluster], state="draft")
    Membership.objects.create(actor=make_actor("Hidden"), cluster=cluster, is_cleared=False)
    Membership.objects.create(actor=make_actor("Gone"), cluster=cluster, until=timezone.localdate())
    with django_assert_num_queries(12):  # within a transaction nothing is kept, so the network is read twice
        found = measure(cluster)
    assert found.values == pytest.approx(
        {
            Figure.HETEROGENEITY: 1.5 / log2(10),  # five layers, two active areas
            Figure.INTERACTION: 2 * 3 / 4,
            Figure.EI_INDEX: (2 - 1) / 3,
            Figure.EFFECTIVE_CELLS: 2**1.5,
            Figure.VARIETY: 1.5,
            Figure.UNRELATED_VARIETY: 1.0,
            Figure.RELATED_VARIETY: 0.5,
            Figure.CONCENTRATION: 0.375,
            Figure.CONCENTRATION_NORMALISED: 0.0625,
            Figure.COMPANIES: 3,
            Figure.INSTITUTIONS: 1,
            Figure.ABSORPTIVE_CAPACITY: 200 / 3,  # A with B, D with X; C only competes with B
            Figure.JOINED: NOT_RECORDED,
            Figure.LEFT: 1,
            Figure.PERMEABILITY: 25.0,
        }
    )
    assert found.actors == 4
    assert found.kept_back == {
        Figure.COMPANIES: TOO_FEW,  # which would tell the single institution
        Figure.INSTITUTIONS: TOO_FEW,
        Figure.ABSORPTIVE_CAPACITY: TOO_FEW,
        Figure.LEFT: TOO_FEW,
        Figure.PERMEABILITY: Reason.HIDDEN,  # all that leads out is one member's
    }


def test_a_broad_actor_weighs_like_any_other_in_variety_and_more_in_heterogeneity(cluster):
    areas = [make_area("one"), make_area("two")]
    make_actor(layers=[1, 2], areas=areas, clusters=[cluster])  # four cells, a quarter in each
    make_actor(layers=[1], areas=areas[:1], clusters=[cluster])
    found = measure(cluster).values
    assert found[Figure.CONCENTRATION] == pytest.approx((1.25**2 + 3 * 0.25**2) / 4)
    namings = 2 / 5 * log2(5 / 2) + 3 / 5 * log2(5)
    assert found[Figure.HETEROGENEITY] == pytest.approx(namings / log2(10))


@pytest.mark.parametrize("number", [0, 1, 2, 3])
def test_few_members(cluster, number):
    areas = [make_area()]
    for _ in range(number):
        make_actor(layers=[1], areas=areas, clusters=[cluster])
    found = measure(cluster)
    has_members = number > 0
    assert found.values[Figure.HETEROGENEITY] == (0.0 if has_members else NOT_RECORDED)
    assert found.values[Figure.INTERACTION] == (NO_RELATIONS if has_members else NOT_RECORDED)
    assert found.values[Figure.PERMEABILITY] == (NO_RELATIONS if has_members else NOT_RECORDED)
    shown = {one.code: one for one in indicators_of(cluster, as_of=timezone.localdate())}
    assert {one.reason for one in shown.values() if number in (1, 2)} <= {TOO_FEW}
    assert shown["heterogeneity"].value == (0.0 if number == 3 else None)
    assert shown["heterogeneity"].actors == (None if number in (1, 2) else number)
    team = indicators_of(cluster, as_of=timezone.localdate(), public=False)
    assert team[0].value == (0.0 if has_members else None)


DAY = date(2026, 6, 30)
UNKNOWN = (None, None)


@pytest.mark.parametrize(
    ("memberships", "joined", "left"),
    [
        ([], NOT_RECORDED, NOT_RECORDED),
        ([(1, UNKNOWN), (2, UNKNOWN)], NOT_RECORDED, NOT_RECORDED),
        ([(1, (date(2026, 1, 1), None)), (2, UNKNOWN)], 1, 0),
        ([(1, (date(2025, 12, 31), date(2026, 6, 30)))], 0, 1),
        ([(1, (date(2026, 7, 1), date(2026, 7, 2)))], 0, 0),  # both lie ahead
        ([(1, (None, date(2026, 1, 1)))], NOT_RECORDED, 1),
        # two memberships of one actor are one stay
        ([(1, (date(2020, 1, 1), date(2026, 2, 1))), (1, (date(2026, 2, 1), None))], 0, 0),
    ],
)
def test_who_joined_and_left_this_year(memberships, joined, left):
    spans = np.array([(actor, *days_of(*dates)) for actor, dates in memberships], int).reshape(-1, 3)
    assert movement_figures(Spans(*spans.T), as_of=DAY) == {Figure.JOINED: joined, Figure.LEFT: left}


def stop(actors: int, heterogeneity, interaction, version: int = 1) -> Stop:
    return Stop(DAY, actors, heterogeneity, interaction, version)


@pytest.mark.parametrize(
    ("before", "now", "warns"),
    [
        ((20, 0.5, 1.0), (30, 0.55, 1.1), True),
        ((20, 0.5, 1.0), (30, 0.55, 1.6), False),  # the ties grew more than the actors
        ((20, 0.5, 1.0), (21, 0.5, 1.0), False),  # too little growth to speak of
        ((20, 0.5, 1.0), (10, 0.5, 1.0), False),
        ((20, 0.5, 0.0), (30, 0.5, 0.2), False),  # from nought
        ((20, NOT_RECORDED, 1.0), (30, 0.5, 1.0), False),
        ((0, 0.5, 1.0), (30, 0.5, 1.0), False),
        ((20, 0.5, 1.0, 0), (30, 0.5, 1.0), False),  # other formulas
    ],
)
def test_a_warning_when_the_data_grew_more_than_the_values(before, now, warns):
    assert bool(outgrown([stop(*before), stop(*now)])) is warns
    assert outgrown([stop(*now)]) is None
    assert outgrown([replace(stop(*before), is_example=True), stop(*now)]) is None


def test_a_kept_day_stays_as_it_was(cluster, four):
    a, b, c, d, _outside = four
    relate((a, b), (b, c), (c, d))
    kept = keep_measurement(cluster=cluster)
    assert (kept.actor_count, kept.value(Figure.INTERACTION, public=True)) == (4, 1.5)
    assert kept.value(Figure.COMPANIES, public=False) == 3
    assert kept.value(Figure.COMPANIES, public=True) == TOO_FEW
    yesterday = timezone.localdate() - timedelta(days=1)
    Measurement.objects.filter(pk=kept.pk).update(measured_on=yesterday)
    ActorRelation.objects.all().delete()
    by_code = {one.code: one for one in indicators_of(cluster, as_of=yesterday)}
    assert by_code["effective_cells"].value == pytest.approx(2**1.5)
    assert (by_code["permeability"].value, by_code["permeability"].as_of) == (0.0, yesterday)
    assert {one.reason for one in indicators_of(cluster, as_of=date(2020, 1, 1))} == {NOT_RECORDED}
    assert {one.code: one for one in indicators_of(cluster, as_of=timezone.localdate())}[
        "permeability"
    ].reason == NO_RELATIONS


def test_figures_lead_to_those_who_are_counted(cluster, four):
    by_code = {one.code: one.records for one in indicators_of(cluster, as_of=timezone.localdate())}
    asked = [parse_qs(urlsplit(by_code[code]).query)["kind"] for code in ("companies", "institutions")]
    assert [set(one) for one in asked] == [set(COMPANIES), set(ActorKind.values) - set(COMPANIES)]
    assert (by_code["joined"], by_code["left"]) == ("", "")


def test_all_others_are_measured_when_one_fails(db, monkeypatch, caplog):
    broken, whole = make_cluster("broken"), make_cluster("whole")

    def failing(*, cluster):
        assert cluster != broken
        return keep_measurement(cluster=cluster)

    monkeypatch.setattr(measuring, "keep_measurement", failing)
    assert measuring.measure_all() == 1
    assert Measurement.objects.get().cluster == whole
    assert [one.getMessage() for one in caplog.records] == ["broken is not measured"]
