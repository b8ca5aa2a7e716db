"""Damaged names of the world's research register: a small, fixed part of `python -m tests.bench.reconcile`."""

import random

import pytest

from actors.models import Actor, Identifier
from actors.models.search import documents_at_the_end
from clusterportal.matching.domain.name_query import without_country
from tests.bench import reconcile

pytestmark = pytest.mark.django_db
ORGANISATIONS, NAMES = 700, 400


def test_of_damaged_names_those_that_are_in_are_matched_and_no_others(shared_data):
    some = random.Random(reconcile.SEED).sample(reconcile.rows(), ORGANISATIONS)
    known = [row for row in some if reconcile.is_in(row)]
    with documents_at_the_end():
        made = Actor.objects.bulk_create(
            # As an import writes it: the register puts the country behind companies.
            Actor(
                name=without_country(row["name"])[0],
                slug=f"ror-{at}",
                kind="other",
                state="published",
                city=row["city"][:110],
                country=row["country_code"],
            )
            for at, row in enumerate(known)
        )
        Identifier.objects.bulk_create(
            Identifier(actor=actor, scheme="ror", value=row["ror_id"].rpartition("/")[2])
            for actor, row in zip(made, known, strict=True)
        )
    cases = reconcile.sample(some, NAMES, random.Random(reconcile.SEED))
    found = reconcile.measure(cases, some, say=lambda _line: None)
    assert found["cases"] == NAMES
    for what, goal in reconcile.GOALS.items():
        assert found[what] >= goal, (what, found)
