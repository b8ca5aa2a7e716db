"""Taking part: what is explained, and two self-checks that are computed by the registry's own rules."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.translation import override

from actors.domain.completeness import missing_fields
from actors.models import Membership
from clusterportal.labels.domain.checking import criteria
from clusterportal.labels.domain.stated import Stated, StatedCluster, self_check
from clusterportal.labels.models import CriteriaSet, Criterion
from clusterportal.pages.models import TextPage
from tests.factories import make_actor, make_cluster
from tests.markup import markup_of

pytestmark = pytest.mark.django_db
ANSWERS = {
    "check": "cluster", "members": "16", "committed": "14", "companies": "8", "kinds": ["company", "university"],
    "staff": "0,5", "services": "on", "contact": "on",
}  # fmt: skip


@pytest.fixture
def lists(db):
    """Two lists of criteria that ask for members in different numbers."""
    for position, (slug, number) in enumerate((("eccp", 15), ("bw", 12)), start=1):
        one = CriteriaSet.objects.create(
            slug=slug, abbreviation=slug.upper(), name_de=slug, issuer="-", position=position
        )
        Criterion.objects.create(
            criteria_set=one, code="m", text_de="-", kind="computed", rule="members", threshold=number
        )


def check(client, **answers):
    return client.get(reverse("pages:join"), ANSWERS | answers)


def verdicts(response) -> dict[str, str]:
    return {one.code: str(one.verdict) for one in response.context["result"]["criteria"]}


def test_the_page_explains_three_ways_and_shows_the_managers_own_text(client, chain):
    TextPage.objects.create(slug="join", title_de="Mitmachen", body_de="## Was kostet es?\n\nNichts.")
    page = markup_of(client.get(reverse("pages:join")))
    for part in (
        "<h2>Eintrag</h2>",
        "<h2>Mitgliedschaft</h2>",
        "<h2>Clusterinitiative</h2>",
        "Was kostet es?",
    ):
        assert part in page
    assert page.count('<tr role="row">') == 9 and 'name="robots"' not in page
    with override("en"):
        english = markup_of(client.get(reverse("pages:join")))
    assert reverse("pages:join") == "/de/mitmachen/"
    assert '<div class="questions" lang="de">' in english and "Cluster initiative" in english


def test_the_self_check_counts_says_what_is_missing_and_by_which_yardstick_it_would_be_met(
    client, chain, lists
):
    response = check(client, standard="eccp", layers=["basic-research", "application-market"])
    assert verdicts(response) == {
        "members": "not_fulfilled", "companies": "fulfilled", "kinds": "fulfilled", "layers": "not_fulfilled",
        "staff": "fulfilled", "activities": "not_recorded", "services": "fulfilled", "contact": "not_fulfilled",
    }  # fmt: skip
    page = markup_of(response)
    assert '<span class="num">4</span>' in page and "von 8 Kriterien erfüllt, 3 nicht, 1 ohne Angabe" in page
    assert "1 verbindliches Mitglied fehlt" in page
    assert "Nach dem Maßstab von BW (12) wäre es erfüllt." in page
    assert 'content="noindex, follow"' in page and not response.cookies
    assert verdicts(check(client, standard="bw"))["members"] == "fulfilled"


def test_the_rules_are_those_of_clusters_in_the_registry(chain):
    """The same figures, stated and stored, get the same answers."""
    cluster = make_cluster(staff_fte=Decimal("0.4"), services_de="Beratung", homepage="https://c.example")
    for kind in ("company", "company", "university"):
        actor = make_actor(kind=kind, layers=[2])
        Membership.objects.create(actor=actor, cluster=cluster, is_committed=kind == "company")
    stated = Stated(
        StatedCluster(Decimal("0.4"), services="x", homepage="x"), date.today(), members=3, committed=2,
        companies=2, kinds=2, by_layer=[0, 3, 0, 0, 0],
    )  # fmt: skip
    said = [(one.code, one.label, one.value, one.verdict, one.shortfall) for one in self_check(stated)]
    assert said == [(one.code, one.label, one.value, one.verdict, one.shortfall) for one in criteria(cluster)]


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"committed": "17"}, "Das können nicht mehr sein als alle Mitglieder."),
        ({"members": ""}, "Geben Sie an, wie viele Mitglieder es sind"),
        ({"members": "viele"}, "Geben Sie eine ganze Zahl"),
        ({"staff": "NaN"}, ""),
        ({"kinds": "koenig"}, "koenig"),
        ({"standard": "none"}, "none"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(client, chain, answers, said):
    response = check(client, **answers)
    page = markup_of(response)
    assert (response.status_code, response.context["result"]) == (400, None)
    assert said in page and "<title>Fehler: Mitmachen" in page


def test_nothing_is_compulsory_and_nothing_is_written(client, chain, lists, django_assert_num_queries):
    response = client.get(reverse("pages:join"), {"check": "cluster"})
    assert set(verdicts(response).values()) == {"not_recorded"}
    with django_assert_num_queries(
        6
    ) as asked:  # regions, layers twice, lists of criteria and theirs, the text
        check(client)
    assert [query["sql"] for query in asked if "SELECT" not in query["sql"]] == []


def test_what_an_entry_needs_is_what_completeness_says(client, chain):
    nothing = client.get(reverse("pages:join"), {"check": "entry"})
    bare = make_actor("Nackt", state="draft", summary_de="", city="")
    assert {field.code for field in nothing.context["lacking"]} == {
        field.code for field in missing_fields(bare)
    }
    assert [field.code for field in nothing.context["lacking"] if field.is_error] == [
        "summary_de",
        "placements",
    ]
    has = [field.code for field in nothing.context["lacking"]]
    page = client.get(reverse("pages:join"), {"check": "entry", "has": has})
    assert "Es würde nichts fehlen." in markup_of(page)
    part = client.get(reverse("pages:join"), {"check": "entry", "has": has[1:]})
    assert [field.code for field in part.context["lacking"]] == has[:1]
