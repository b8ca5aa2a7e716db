"""The figures of a cluster's network, and who holds it together."""

from datetime import date

import pytest
from django.utils import timezone
from django.utils.translation import override

from actors.models import ActorRelation, Membership
from clusterportal.core.indicator import Indicator
from clusterportal.history.models import current_revision
from clusterportal.network.domain import betweenness
from clusterportal.network.domain.betweenness import keep_betweenness
from clusterportal.network.domain.broker_sentences import broker_sentences
from clusterportal.network.domain.choice import GraphChoice
from clusterportal.network.domain.graph import network_of
from clusterportal.network.domain.groups import by_cluster, by_main_layer
from clusterportal.network.domain.indicators import indicators_of
from clusterportal.network.enums import Border
from clusterportal.network.models import Betweenness
from tests.clusterportal.network.networks import DAY
from tests.factories import make_actor, make_cluster

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_that_day(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *args: DAY)


def told(cluster, **asked) -> dict[str, float | str]:
    return {
        one.code.removeprefix("network_"): one.value if one.reason is None else str(one.reason.value)
        for one in indicators_of(cluster, **{"as_of": DAY} | asked)
    }


def test_every_figure_is_a_value_or_says_why_there_is_none(region, django_assert_max_num_queries):
    cluster = region[0]
    with django_assert_max_num_queries(13):
        found = told(cluster)
    assert found == {
        "density": 100, "mean_degree": 2, "isolates": 0, "components": 1, "bridges": 0, "holders": 0,
        "transitivity": 100, "centralisation": 0, "core": 2, "constraint": 1.125, "ei_layers": "no_relations",
        "ei_layers_expected": "not_defined", "ei_cluster": (5 - 3) / 8, "ei_cluster_expected": (9 - 3) / 12,
        "stability": pytest.approx(200 / 3), "betweenness": "not_recorded",
    }  # fmt: skip
    with override("de"):
        density = indicators_of(cluster, as_of=DAY)[0]
    assert density == Indicator(
        "network_density", "Dichte des Netzes", "%", DAY, "network_density", 100, actors=3,
        records="/de/netzwerk/?cluster=it-cluster",
    )  # fmt: skip


def test_figures_of_few_actors_are_hidden_from_the_public_alone(region):
    Membership.objects.filter(actor__name="C").update(is_cleared=False)
    found = told(region[0])
    assert {*found.values()} == {"too_few", "no_relations", "not_defined", "not_recorded"}
    assert found["density"] == "too_few" and told(region[0], public=False)["density"] == 70
    ActorRelation.objects.all().delete()
    assert told(region[0], as_of=date(2026, 1, 1))["density"] == "no_relations"
    assert {*told(make_cluster("empty")).values()} == {
        "too_few", "no_relations", "not_defined", "not_recorded"
    }  # fmt: skip


def test_betweenness_is_computed_when_something_changed_and_kept_with_its_day(region, monkeypatch):
    cluster, names, project = region
    project.delete()
    ActorRelation.objects.filter(kind="research").update(until=None)
    assert keep_betweenness(today=DAY) == 1
    stored = Betweenness.objects.get()
    assert {names[key]: value for key, value in stored.by_actor().items()} == {"A": 0, "B": 1, "C": 0}
    assert (stored.cluster, stored.as_of, stored.tie_count) == (cluster, DAY, 2)
    assert stored.computed_at <= timezone.now() and stored.seconds < 1
    assert told(cluster)["betweenness"] == 100
    assert told(cluster, as_of=date(2024, 12, 30))["betweenness"] == "not_recorded"
    moment = stored.computed_at
    monkeypatch.setattr(betweenness, "current_revision", lambda: current_revision() + 1)
    assert keep_betweenness(today=DAY) == 0  # something changed, but not this network
    stored.refresh_from_db()
    assert (stored.computed_at, stored.revision) == (moment, current_revision() + 1)
    assert keep_betweenness(today=date(2025, 6, 1)) == 0  # nor on another day
    stored.refresh_from_db()
    assert (stored.computed_at, stored.as_of) == (moment, date(2025, 6, 1))
    ActorRelation.objects.filter(kind="research").delete()
    monkeypatch.setattr(betweenness, "current_revision", lambda: current_revision() + 2)
    assert keep_betweenness(today=date(2025, 6, 1)) == 1
    assert set(Betweenness.objects.get().values) == {0}


def test_who_joins_whom_is_said_with_the_pairs(chain, django_assert_num_queries):
    ours, theirs = make_cluster("ours"), make_cluster("theirs")
    maker = make_actor("Maker", layers=[3], clusters=[ours, theirs])
    labs = [make_actor(name, layers=[1, 5], clusters=[ours]) for name in ("Lab 1", "Lab 2")]
    shops = [make_actor(name, layers=[5], clusters=[theirs]) for name in ("Shop 1", "Shop 2")]
    for other in (*labs, *shops):
        ActorRelation.objects.create(source=maker, target=other, kind="cooperation")
    ActorRelation.objects.create(source=labs[0], target=shops[0], kind="supply")
    network = network_of(GraphChoice(as_of=DAY, cluster=ours, border=Border.TOUCHING))
    with override("en"):
        groups = by_main_layer(network)
    assert [groups.slugs[number] for number in groups.numbers] == [
        "technology-development", "basic-research", "basic-research", "application-market", "application-market",
    ]  # fmt: skip
    with override("en"), django_assert_num_queries(1):
        first, *others = broker_sentences(network, groups)
    assert first.text == (
        "Maker (Technology and software development) joins Basic research to Application and market for 3 pairs."
    )
    assert [tuple(map(str, pair)) for pair in first.pairs] == [
        ("Lab 1", "Shop 2"), ("Lab 2", "Shop 1"), ("Lab 2", "Shop 2"),
    ]  # fmt: skip
    assert [(str(one.broker), one.role.value, one.number) for one in others] == [
        ("Maker", "itinerant", 1), ("Maker", "itinerant", 1),
    ]  # fmt: skip
    with override("en"):
        texts = [one.text for one in broker_sentences(network, by_cluster(network))]
    assert texts == [
        "Maker joins Ours to Theirs for 3 pairs.",
        "Maker joins 1 pair within its own group, Ours.",
        "Maker (Ours) joins 1 pair within Theirs.",
    ]


def test_of_a_past_day_there_is_what_the_registry_knows_of_it(region, monkeypatch):
    """Layers and publication have no dates; members without a beginning are known from the day of their entry on."""
    cluster = region[0]
    monkeypatch.setattr(timezone, "localdate", lambda *args: date(2025, 1, 1))
    unknown = indicators_of(cluster, as_of=DAY)
    assert {(one.reason.value, one.actors) for one in unknown} == {("not_recorded", None)}
    Membership.objects.filter(since=None).update(since=date(2020, 1, 1))
    found = told(cluster)
    assert found["density"] == 100
    assert {found[code] for code in found if code.startswith("ei_")} == {"not_recorded"}


def test_figures_on_the_ties_of_one_or_two_are_hidden_from_the_public(chain):
    """The same rule as in the life cycle: `core.disclosure.is_dominated`."""
    cluster = make_cluster()
    one, other, _third = (make_actor(name, clusters=[cluster]) for name in "ABC")
    ActorRelation.objects.create(source=one, target=other, kind="supply")
    assert told(cluster)["mean_degree"] == "hidden"
    assert told(cluster, public=False)["mean_degree"] == pytest.approx(2 / 3)
    for number in range(3):
        ActorRelation.objects.create(source=one, target=make_actor(f"Out {number}"), kind="supply")
    ActorRelation.objects.create(source=other, target=_third, kind="supply")
    found = told(cluster)
    assert (found["mean_degree"], found["ei_cluster"]) == (pytest.approx(4 / 3), "hidden")
