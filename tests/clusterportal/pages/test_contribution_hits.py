"""News and dates among the answers of the site's search: beside the actors, also where no actor answers."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import make_actor, make_cluster, make_contribution
from tests.markup import markup_of

pytestmark = pytest.mark.django_db


def told(response) -> tuple[list[str], list[tuple[str, str]]]:
    """Headlines of the group, and its links to all of them."""
    group = re.search(r'<section[^>]*aria-labelledby="h-told">(.*?)</section>', markup_of(response), re.S)
    if group is None:
        return [], []
    links = re.findall(r'<a href="([^"]*\?[^"]*)">\s*(.*?)\s*</a>', group[1])
    return re.findall(r"<h3[^>]*><a[^>]*>(.*?)</a></h3>", group[1]), links


@pytest.fixture
def published():
    cluster = make_cluster("it")
    make_contribution("Wasserstoff im Labor", clusters=[cluster])
    for number in range(3):
        make_contribution(f"Bericht {number}", lead_de="Über Wasserstoff.", year=2020 + number)
    soon = timezone.now() + timedelta(days=9)
    make_contribution("Wasserstofftag", kind="event", starts_at=soon, clusters=[cluster])
    make_contribution("Wasserstoffmesse", kind="event", starts_at=soon - timedelta(days=99))
    make_contribution("Wasserstoff geheim", state="draft")


def test_the_best_stand_beside_the_actors_with_a_way_to_all(ask, published):
    answer = ask("?q=wasserstoff")
    assert told(answer) == (
        ["Wasserstoff im Labor", "Bericht 2", "Bericht 1", "Wasserstofftag"],
        [("/en/news/?q=wasserstoff", "4 contributions"), ("/en/events/?q=wasserstoff", "2 events")],
    )
    assert "No actor fits this." in markup_of(answer)
    assert 'href="#h-told"' not in markup_of(answer)
    make_actor("Wasserstoff AG")
    assert re.search(r'<a href="#h-told">\s*and 6 in news and dates\s*</a>', markup_of(ask("?q=wasserstoff")))
    assert told(ask("?q=wasserstoff&cluster=it"))[0] == ["Wasserstoff im Labor", "Wasserstofftag"]


def test_what_is_over_is_shown_where_nothing_is_to_come(ask):
    make_contribution("Kongress", kind="event", starts_at=timezone.now() - timedelta(days=9))
    assert told(ask("?q=kongress")) == (["Kongress"], [("/en/events/?q=kongress", "1 event")])


@pytest.mark.parametrize(
    "query", ["", "?q=wasserstoff&kind=company", "?q=-wasserstoff", "?q=nirgends", "?q=wasserstoff&page=2"]
)
def test_only_a_question_that_contributions_know_finds_them(ask, published, query):
    assert told(ask(query)) == ([], [])


def test_queries_do_not_grow(ask, django_assert_max_num_queries):
    counts = []
    for number in range(2):
        make_contribution(f"Quarz {number}", actors=[make_actor()], clusters=[make_cluster(f"c-{number}")])
        with django_assert_max_num_queries(40) as asked:
            ask("?q=quarz")
        counts.append(len(asked))
    assert counts[0] == counts[1]
