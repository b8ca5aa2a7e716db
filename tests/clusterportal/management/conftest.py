"""A cluster with its manager and editor, beside another one with a manager of its own."""

from types import SimpleNamespace

import pytest
from django.test import Client

from tests.factories import make_cluster, make_person


@pytest.fixture
def team(db) -> SimpleNamespace:
    ours, theirs = make_cluster("ours"), make_cluster("theirs")
    return SimpleNamespace(
        ours=ours,
        theirs=theirs,
        manager=make_person("manager", clusters=[ours], username="kim"),
        editor=make_person("editor", clusters=[ours], username="lou"),
        viewer=make_person("viewer", clusters=[ours], username="vic"),
        stranger=make_person("manager", clusters=[theirs], username="sam"),
        administrator=make_person("administrator", username="pat"),
    )


@pytest.fixture
def as_():
    """A client that is signed in as the person, or as nobody."""

    def signed_in(person=None) -> Client:
        client = Client()
        if person:
            client.force_login(person)
        return client

    return signed_in
