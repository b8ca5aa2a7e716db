import pytest

from tests.factories import make_cluster, make_person


@pytest.fixture
def cluster(db):
    return make_cluster()


@pytest.fixture
def manager(cluster):
    return make_person("manager", clusters=[cluster], username="anna")


@pytest.fixture
def editor(cluster):
    return make_person("editor", clusters=[cluster], username="ben")
