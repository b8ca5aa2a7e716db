"""What cluster labels ask for, computed from the registry: the whole table, fulfilled, missed and unknown."""

from datetime import date
from decimal import Decimal

import pytest

from actors.models import Membership
from clusterportal.clusters.models import Region
from clusterportal.labels.domain.activities import activities_in_year
from clusterportal.labels.domain.checking import criteria
from clusterportal.labels.domain.facts import Facts
from clusterportal.labels.domain.rules import RULES, MeasuredCriterion, required_members
from clusterportal.labels.domain.wording import shortfall_of
from clusterportal.labels.enums import Verdict
from clusterportal.matchmaking.domain.reporting import year_of
from clusterportal.matchmaking.models import Event
from tests.clusterportal.labels.makers import make_label
from tests.factories import make_actor, make_cluster

pytestmark = pytest.mark.django_db

F, N, U = "fulfilled", "not_fulfilled", "not_recorded"


def table(cluster) -> list[tuple[str, str, str]]:
    return [(one.code, one.value.replace("\xa0", " "), one.verdict) for one in criteria(cluster)]


def percent(number: int) -> set[str]:
    return {f"{number}%", f"{number} %"}


def test_an_empty_cluster_has_nothing_recorded(chain):
    codes = ["members", "companies", "kinds", "layers", "staff", "activities", "services", "contact"]
    assert table(make_cluster()) == [(code, "", U) for code in codes]


def test_everything_fulfilled(chain):
    cluster = make_cluster(
        staff_fte=Decimal("1.50"),
        services_de="Beratung",
        email="a@example.org",
        homepage="https://example.org",
    )
    kinds = ["company", "startup", "service_provider", "supplier", "manufacturer", "university"]
    for number in range(15):
        make_actor(layers=[number % 5 + 1], clusters=[cluster], kind=kinds[number % 6])
    Membership.objects.update(is_committed=True)
    rows = table(cluster)
    assert rows[1][1] in percent(86)  # 13 of 15, rounded down
    assert [row[0::2] for row in rows] == [
        ("members", F), ("companies", F), ("kinds", F), ("layers", F), ("staff", F), ("activities", U),
        ("services", F), ("contact", F),
    ]  # fmt: skip
    assert [rows[0][1], rows[2][1], rows[4][1]] == ["15", "6", "1,5"]
    assert rows[3][1].split()[0] == "5"


def test_everything_missed(chain):
    cluster = make_cluster(staff_fte=Decimal("0.25"), homepage="https://example.org")
    first = make_actor(layers=[1], clusters=[cluster], kind="university")
    make_actor(layers=[1], clusters=[cluster], kind="university")
    Membership.objects.filter(actor=first).update(is_committed=True)
    rows = table(cluster)
    assert [row[0::2] for row in rows] == [
        ("members", N), ("companies", N), ("kinds", N), ("layers", N), ("staff", N), ("activities", U),
        ("services", U), ("contact", N),
    ]  # fmt: skip
    assert rows[0][1] == "1"
    assert rows[1][1] in percent(0)


def test_just_under_half_does_not_read_as_half(chain):
    cluster = make_cluster()
    for number in range(201):
        make_actor(f"Akteur {number}", clusters=[cluster], kind="company" if number < 100 else "university")
    companies = table(cluster)[1]
    assert companies[1] in percent(49)
    assert companies[2] == N


def test_drafts_do_not_count_and_two_memberships_are_one_member(chain):
    cluster = make_cluster()
    actor = make_actor(layers=[1], clusters=[cluster], kind="company")
    Membership.objects.create(actor=actor, cluster=cluster, kind="management", is_committed=True)
    make_actor(layers=[2], clusters=[cluster], kind="chamber", state="draft")
    rows = {code: (value, verdict) for code, value, verdict in table(cluster)}
    assert (rows["members"], rows["kinds"]) == (("1", N), ("1", N))
    assert rows["layers"][0].split()[0] == "1"


@pytest.mark.parametrize(
    ("codes", "least"), [([], 15), (["DEB32", "DEB3F"], 15), (["DE111"], 12), (["DED51", "DE1"], 12)]
)
def test_baden_wuerttemberg_asks_for_fewer_members(db, codes, least):
    region = Region.objects.create(slug="irgendwo", name_de="Irgendwo", nuts_codes=codes)
    assert required_members(make_cluster(region=region)) == least


def test_few_queries(chain, django_assert_num_queries):
    """Members, layers, events; inside a transaction also which layers there are."""
    cluster = make_cluster()
    for number in range(3):
        make_actor(f"Akteur {number}", layers=[1], clusters=[cluster])
    with django_assert_num_queries(4):
        criteria(cluster)


def test_activities_are_the_events_of_twelve_months(chain):
    """None ever held says nothing; one of the day itself, of an example or of another cluster is none yet."""
    cluster, today = make_cluster(), date(2026, 11, 25)
    days = [date(2025, 11, 25), date(2025, 11, 26), date(2026, 11, 25), date(2026, 11, 26)]
    for number, day in enumerate([*days, today]):
        Event.objects.create(
            cluster=cluster, slug=f"e{number}", title_de="E", day=day, is_example=number == len(days)
        )
    later = [days[1], today, date(2026, 11, 26), date(2026, 11, 27)]
    assert [activities_in_year(cluster, as_of=day) for day in later] == [1, 2, 2, 2]
    assert activities_in_year(cluster, as_of=days[0]) is None
    assert activities_in_year(make_cluster("other"), as_of=today) is None
    assert activities_in_year(cluster, as_of=date(2029, 1, 1)) == 0


def test_twelve_months_are_the_same_for_criteria_and_matchmaking_after_29_february():
    cluster, day = make_cluster(), date(2024, 2, 29)
    for number, held in enumerate((date(2023, 2, 27), date(2023, 2, 28), day)):
        Event.objects.create(cluster=cluster, slug=f"e{number}", title_de="E", day=held)
    assert activities_in_year(cluster, as_of=day) == year_of(cluster, as_of=day).count() == 1


@pytest.mark.parametrize(
    ("companies", "members", "threshold", "said"),
    [
        (12, 29, 50, "mit 5 weiteren Unternehmen erfüllt"),
        (1, 3, Decimal("33.5"), "mit 1 weiterem Unternehmen erfüllt"),
        (0, 3, Decimal("66.6"), "mit 6 weiteren Unternehmen erfüllt"),
        (1, 3, 100, ""),
    ],
)
def test_how_many_companies_are_missing(companies, members, threshold, said):
    found = MeasuredCriterion(
        100 * companies // members, Verdict.NOT_FULFILLED, {"companies": companies, "members": members}
    )
    assert shortfall_of("companies", found, threshold) == said


def test_an_example_of_a_label_meets_no_criterion():
    cluster = make_cluster()
    make_label(cluster, "silver", is_example=True)
    rule, day = RULES["silver_or_gold"], date(2025, 5, 1)
    assert rule.measure(Facts(cluster, day), 1).verdict == U
    make_label(cluster, "gold", valid_until=date(2027, 1, 1))
    assert rule.measure(Facts(cluster, day), 1).verdict == F
