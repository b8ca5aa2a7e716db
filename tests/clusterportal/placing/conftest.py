import pytest

from tests.factories import make_actor, make_cluster, make_person


@pytest.fixture
def cluster(chain):
    return make_cluster()


@pytest.fixture
def manager(client, cluster):
    manager = make_person("manager", clusters=[cluster])
    client.force_login(manager)
    return manager


@pytest.fixture
def drafts(cluster):
    return [make_actor(f"Haus {letter}", state="draft", clusters=[cluster]) for letter in "ABC"]
