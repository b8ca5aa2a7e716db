"""An actor in a cluster, a visitor who asks it, and the mails that a worker would send."""

import time
from email import message_from_bytes, policy

import pytest
from django.core import signing
from django.urls import reverse

from clusterportal.enquiries.domain.outbox import send_due
from tests.factories import make_actor, make_cluster

ASKED = {
    "ask-text": "Wir suchen Bildverarbeitung für Landmaschinen.", "ask-name": "Ada Fragend",
    "ask-organisation": "Hof GmbH", "ask-email": "ada@frage.example", "ask-phone": "0631 123456", "ask-consent": "on",
}  # fmt: skip


@pytest.fixture
def cluster(db):
    return make_cluster("it", name_de="IT-Cluster", email="kontakt@cluster.example")


@pytest.fixture
def actor(cluster):
    return make_actor("Optik Nord", clusters=[cluster], email="info@optik.example")


@pytest.fixture
def ask(client):
    """`ask(actor or None, **changes)` sends the form some seconds after it was opened."""

    def sent(actor=None, *, wait: float = 10, **changes):
        view, args = ("actor-enquiry", [actor.slug]) if actor else ("enquiry", [])
        opened = signing.dumps(
            {"at": time.time() - wait, "base": {}}, salt="pages.forms.opened", compress=True
        )
        data = {"opened": opened} | ASKED | changes
        return client.post(reverse(f"pages:{view}", args=args), data, REMOTE_ADDR="9.9.9.9")

    return sent


@pytest.fixture
def mails(post):
    """`mails()` sends what is due and returns the mails that the server accepted since the last call."""

    def arrived() -> list:
        send_due()
        found = [
            message_from_bytes(content.encode(), policy=policy.default) for _to, content in post.accepted
        ]
        post.accepted.clear()
        return found

    return arrived


def path_in(mail) -> str:
    """The path of the link in a mail."""
    line = next(line for line in mail.get_content().splitlines() if line.startswith("https://"))
    return line.removeprefix("https://portal.example")


@pytest.fixture
def asked(ask, mails):
    """`asked(actor or None)` asks and opens the page of the link; returns its path."""

    def until_confirmation(actor=None, **changes) -> str:
        assert ask(actor, **changes).status_code == 302
        return path_in(mails()[0])

    return until_confirmation
