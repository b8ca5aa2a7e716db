"""The network of a cluster on any day of its past: dates decide, what has none is told apart."""

from datetime import date

import pytest

from actors.models import Actor, ActorRelation, Membership
from clusterportal.network.domain.history import history_of
from tests.factories import make_actor, make_cluster

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)


@pytest.fixture
def cluster(chain):
    """A joined in 2010 and left in 2020, B in 2015; nobody knows since when C and D are members."""
    cluster = make_cluster()
    actors = {name: make_actor(name, layers=[1]) for name in "ABCD"}
    for name, since, until in [
        ("A", date(2010, 5, 1), date(2020, 1, 1)),
        ("B", date(2015, 1, 1), None),
        ("C", None, None),
        ("D", None, None),
    ]:
        Membership.objects.create(actor=actors[name], cluster=cluster, since=since, until=until)
    for source, target, since, until in [
        ("A", "B", 2012, 2018),
        ("B", "C", 2016, None),
        ("C", "D", None, None),
        ("A", "C", None, 2019),
    ]:
        ActorRelation.objects.create(
            source=actors[source], target=actors[target], kind="research", since=since, until=until
        )
    return cluster


def told(history, day, **kwargs):
    """Members and ties with a known beginning, and those without one, by name."""
    names = dict(Actor.objects.values_list("pk", "name"))
    dated, whole = history.on(day, **kwargs)

    def pairs(network):
        return {"".join(sorted(names[key] for key in pair)) for pair in network.actors[network.ties].tolist()}

    return (
        "".join(sorted(names[key] for key in whole.actors.tolist())),
        sorted(pairs(dated)),
        sorted(pairs(whole) - pairs(dated)),
    )


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2009, 12, 31), ("", [], [])),
        (date(2011, 12, 31), ("A", [], [])),
        (date(2014, 12, 31), ("A", [], [])),  # B is tied, but no member yet
        (date(2015, 12, 31), ("AB", ["AB"], [])),
        (date(2016, 12, 31), ("ABC", ["AB", "BC"], [])),  # C counts from its first dated tie
        (date(2018, 12, 31), ("ABC", ["AB", "BC"], [])),
        (date(2019, 12, 31), ("ABC", ["BC"], [])),
        (date(2020, 12, 31), ("BC", ["BC"], [])),
    ],
)
def test_dates_decide(cluster, day, expected):
    assert told(history_of(cluster), day) == expected


def test_today_counts_what_has_no_date_too(cluster):
    history = history_of(cluster)
    assert told(history, TODAY, is_today=True) == ("BCD", ["BC"], ["CD"])
    assert history.undated_members == 2
    assert history.years_of_change(before=2026) == [2010, 2012, 2015, 2016, 2019, 2020]
    assert history.years_of_change(before=2015) == [2010, 2012]


def test_a_cluster_without_anybody_has_a_history_too(chain, django_assert_max_num_queries):
    cluster = make_cluster("leer")
    with django_assert_max_num_queries(5):  # one more asks whether what is kept is of this day's data
        history = history_of(cluster)
    assert told(history, TODAY, is_today=True) == ("", [], [])
    assert (history.years_of_change(before=2026), history.undated_members) == ([], 0)
