"""Who may edit a cluster."""

import pytest

from clusterportal.accounts.models import User
from clusterportal.clusters.rules import can_edit, clusters_of
from tests.factories import make_cluster, make_person

pytestmark = pytest.mark.django_db


def test_a_manager_edits_the_clusters_of_their_teams_and_an_administrator_all():
    own, other = make_cluster("own"), make_cluster("other")
    people = {role: make_person(role, clusters=[own]) for role in ("manager", "editor", "viewer")}
    people["administrator"] = User.objects.create_superuser("boss", password="x")
    assert {role: (can_edit(user, own), can_edit(user, other)) for role, user in people.items()} == {
        "manager": (True, False),
        "editor": (False, False),
        "viewer": (False, False),
        "administrator": (True, True),
    }


def test_the_teams_of_a_person_are_read_once(django_assert_num_queries):
    own = make_cluster("own")
    person = make_person("manager", clusters=[own])
    with django_assert_num_queries(1):
        assert (clusters_of(person), clusters_of(person)) == ({own.pk}, {own.pk})
