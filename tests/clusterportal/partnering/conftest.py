"""Actors of a cluster, somebody who speaks for one of them, and what they post."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from actors.models import Topic
from clusterportal.enquiries.domain import outbox as of_enquiries
from clusterportal.partnering.domain.outbox import send_due
from clusterportal.partnering.models import PartnerSearch
from clusterportal.review.models import Representation
from layers.models import Layer
from tests.factories import make_actor, make_area, make_cluster, make_person


@pytest.fixture
def cluster(chain):
    return make_cluster("it", name_de="IT-Cluster", email="kontakt@cluster.example")


@pytest.fixture
def area(db):
    return make_area("automation-plant", name_de="Automatisierung", name_en="Automation")


@pytest.fixture
def seeker(cluster, area):
    return make_actor(
        "Schweiß GmbH",
        layers=[3, 5],
        areas=[area],
        clusters=[cluster],
        email="info@schweiss.example",
        city="Kaiserslautern",
    )


@pytest.fixture
def speaker(seeker):
    """Who speaks for the seeker."""
    person = make_person("representative", username="ada", email="ada@schweiss.example", language="de")
    Representation.objects.create(user=person, actor=seeker)
    return person


@pytest.fixture
def topic(db):
    return Topic.objects.create(
        slug="bildverarbeitung", name_de="Bildverarbeitung", name_en="Image processing"
    )


@pytest.fixture
def search(seeker, area):
    """A public request for layer 2, open for another ten days."""
    return make_search(seeker, areas=[area])


def make_search(
    actor, *, areas=(), topics=(), position: int = 2, days: int | None = 10, **fields
) -> PartnerSearch:
    number = PartnerSearch.objects.count() + 1
    deadline = timezone.localdate() + timedelta(days=days) if days is not None else None
    search = PartnerSearch.objects.create(
        **{
            "actor": actor,
            "slug": f"sichtpruefung-{number}",
            "title_de": f"Bildverarbeitung für die Sichtprüfung {number}",
            "text_de": "Gesucht wird ein Institut.",
            "layer": Layer.objects.get(position=position),
            "deadline": deadline,
            "state": "published",
        }
        | fields
    )
    search.areas.set(areas)
    search.topics.set(topics)
    return search


def stated(**changes) -> dict:
    """What a form or a review says of a new request."""
    return {
        "kind": "request",
        "title_de": "Dienstplanung",
        "title_en": "",
        "text_de": "Wer führt sie ein?",
        "text_en": "",
        "layer": "integration-services",
        "areas": ["automation-plant"],
        "topics": [],
        "deadline": (timezone.localdate() + timedelta(days=30)).isoformat(),
    } | changes


@pytest.fixture
def mails(post, settings):
    """`mails()` sends what is due, of enquiries too, and returns what the server accepted since the last call."""
    settings.SITE_URL = "https://portal.example"

    def arrived() -> list:
        send_due()
        of_enquiries.send_due()
        found = [
            message_from_bytes(content.encode(), policy=policy.default) for _to, content in post.accepted
        ]
        post.accepted.clear()
        return found

    return arrived


def path_in(mail, part: str = "https://portal.example") -> str:
    """The path of the first link in a mail that holds `part`."""
    line = next(one for one in mail.get_content().splitlines() if one.startswith("https://") and part in one)
    return line.removeprefix("https://portal.example")


@pytest.fixture
def outbox_of_review(db, settings, no_jobs):
    """What the review wrote to proposers, as its jobs have it."""
    settings.SITE_URL = "https://portal.example"

    def written() -> list[dict]:
        jobs = ProcrastinateJob.objects.filter(task_name="core.send_message").order_by("pk")
        return [job.args for job in jobs]

    return written
