"""A cluster, an actor of it, and a partner that may write it."""

import pytest

from clusterportal.partners.domain.keys import write_scope
from tests.factories import make_actor, make_chain, make_cluster, make_key, make_partner


@pytest.fixture
def ours():
    make_chain()
    return make_cluster("ours")


@pytest.fixture
def actor(ours):
    return make_actor(
        "Muster GmbH",
        slug="muster",
        layers=[2],
        clusters=[ours],
        summary_de="Baut Maschinen.",
        postcode="04109",
    )


@pytest.fixture
def key(ours):
    """What a test client sends with each request of a partner that may write `ours`."""
    _key, sent = make_key(write_scope(ours), partner=make_partner("Kammer Nord"))
    return sent
