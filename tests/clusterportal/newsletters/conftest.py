"""The newsletter of a cluster, and mails as a server took them."""

from email import message_from_bytes, policy

import pytest

from tests.clusterportal.newsletters.makers import make_list
from tests.factories import make_cluster


@pytest.fixture(autouse=True)
def sender(settings):
    settings.NEWSLETTER_FROM = "newsletter@portal.example"
    settings.SITE_URL = "https://portal.example"


@pytest.fixture
def cluster(db):
    return make_cluster("it", name_de="IT-Cluster")


@pytest.fixture
def own_list(cluster):
    return make_list(cluster)


@pytest.fixture
def taken(post):
    """`taken()` returns the mails that the server accepted since the last call."""

    def arrived() -> list:
        found = [
            message_from_bytes(content.encode(), policy=policy.default) for _to, content in post.accepted
        ]
        post.accepted.clear()
        return found

    return arrived
