"""News, events and success stories in the API: whole answers, filters, addresses, and what is refused."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from actors.api.serializers import ActorReferenceSerializer
from clusterportal.core.api.absolute_addresses import Addresses
from clusterportal.core.api.answer_language import AnswerLanguage
from clusterportal.newsroom.models import Contribution, Link
from clusterportal.partners.domain.entries import as_told
from clusterportal.partners.models import FeedEntry
from tests.factories import make_actor, make_area, make_cluster, make_contribution

pytestmark = pytest.mark.django_db
API = "/api/v1/"
HOST = "http://testserver"


@pytest.fixture
def ask(client):
    def get(path: str, **headers):
        return client.get(f"{API}{path}", headers=headers)

    return get


@pytest.fixture
def items(chain):
    cluster, area = make_cluster("it", name_de="IT-Cluster", name_en="IT cluster"), make_area("health")
    actor = make_actor("Muster", layers=[1])
    event = make_contribution(
        "Tag", kind="event", title_en="Day", starts_at=datetime(2026, 12, 2, 16, tzinfo=UTC), place="Halle",
        clusters=[cluster], areas=[area], actors=[actor, make_actor("Geheim", state="draft")],
    )  # fmt: skip
    Link.objects.create(contribution=event, label_de="Mehr", url="https://a.example.org")
    make_contribution("Eins", date="2024-02-01", body_de="Text")
    make_contribution("Zwei", kind="call", deadline="2027-01-01", date="2025-02-01", clusters=[cluster])
    make_contribution("Drei", kind="success_story", date="2025-03-01")
    make_contribution("Entwurf", state="draft")
    return event


def _context() -> dict:
    return {"addresses": Addresses(HOST, "en"), "language": AnswerLanguage("en")}


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def test_the_whole_record(items, ask):
    response = ask("events/tag/?lang=en")
    assert response.json() == {
        "uid": str(items.uid),
        "slug": "tag",
        "url": f"{HOST}/en/events/tag/",
        "api_url": f"{HOST}/api/v1/events/tag/",
        "kind": "event",
        "number": None,
        "languages": ["de", "en"],
        "title": "Day",
        "subtitle": None,
        "lead": None,
        "date": "2026-12-02",
        "year": 2026,
        "deadline": None,
        "source": None,
        "is_example": False,
        "image": None,
        "event": {
            "kind": "workshop",
            "starts_at": "2026-12-02T16:00:00Z",
            "ends_at": None,
            "is_all_day": False,
            "place": "Halle",
            "online_url": None,
            "organiser": None,
            "organiser_words": None,
            "registration_url": None,
            "registration_from": None,
            "registration_until": None,
            "is_full": False,
            "has_waiting_list": False,
            "cancelled_at": None,
            "moved_from": None,
            "sequence": 0,
        },
        "actors": [ActorReferenceSerializer(items.actors.get(slug="muster"), context=_context()).data],
        "clusters": [{"slug": "it", "name": "IT cluster"}],
        "areas": [{"slug": "health", "name": "Health"}],
        "published_at": _moment(items.published_at),
        "announced_at": _moment(items.announced_at),
        "updated_at": _moment(items.updated_at),
        "body": None,
        "links": [{"label": "Mehr", "url": "https://a.example.org", "language": None}],
        "files": [],
        "created_at": _moment(items.created_at),
    }
    assert response["Access-Control-Allow-Origin"] == "*"
    assert ask("events/tag/?lang=en", **{"If-None-Match": response["ETag"]}).status_code == 304
    Contribution.objects.filter(pk=items.pk).update(title_en="Another day")
    assert ask("events/tag/?lang=*").json()["title"] == {"de": "Tag", "en": "Another day"}


@pytest.mark.parametrize(
    ("path", "slugs"),
    [
        ("news/", ["drei", "zwei", "eins"]),
        ("news/?ordering=date", ["eins", "zwei", "drei"]),
        ("news/?kind=news,call&year=2025", ["zwei"]),
        ("news/?cluster=it&fields=slug", ["zwei"]),
        ("news/?updated_since=2099-01-01T00:00:00Z", []),
        ("events/?kind=workshop&area=health&actor=muster&language=en", ["tag"]),
        ("events/?ordering=starts_at&updated_since=2020-01-01", ["tag"]),
        ("events/?since=2026-12-02&until=2026-12-02", ["tag"]),
        ("events/?since=2026-12-03", []),
        ("events/?until=2026-12-01", []),
        ("success-stories/", ["drei"]),
        ("success-stories/?cursor=&page_size=1", ["drei"]),
    ],
)
def test_lists(items, ask, path, slugs):
    answer = ask(path).json()
    assert ([one["slug"] for one in answer["results"]], answer["count"]) == (slugs, len(slugs))


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        ("news/?kind=event", ["kind"]),
        ("events/?kind=news&cluster=nirgends&year=nie", ["cluster", "kind", "year"]),
        ("events/?since=1.1.2026&until=0001-01-01", ["since", "until"]),
        ("events/?ordering=number", ["ordering"]),
        ("success-stories/?kind=news&q=x", ["kind", "q"]),
        ("news/?updated_since=gestern&language=fr&actor=geheim", ["actor", "language", "updated_since"]),
        ("news/eins/?cluster=it", ["cluster"]),
    ],
)
def test_what_is_not_known_is_named(items, ask, path, wrong):
    response = ask(path)
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert sorted(response.json()["errors"]) == wrong


def test_a_record_by_its_names_of_today_and_before(items, ask):
    assert ask(f"events/{items.uid}/").json()["slug"] == "tag"
    # The change feed leads to `news/`, which knows every kind; the other lists know their own.
    assert ask("news/tag/").json()["api_url"] == f"{HOST}/api/v1/events/tag/"
    assert ask("events/eins/").status_code == ask("success-stories/tag/").status_code == 404
    assert ask("news/entwurf/").status_code == ask("news/nirgends/").status_code == 404
    Contribution.objects.filter(pk=items.pk).update(slug="langer-tag")
    moved = ask("events/tag/?lang=en")
    assert (moved.status_code, moved["Location"]) == (301, f"{HOST}/api/v1/events/langer-tag/?lang=en")
    Contribution.objects.filter(pk=items.pk).update(state="archived")
    for name in ("langer-tag", "tag", items.uid):
        assert ask(f"events/{name}/").status_code == 410
    entry = FeedEntry(
        object="contribution", uid=items.uid, slug="langer-tag", op="updated", at=timezone.now(), position=1,
        fields=["title"],
    )  # fmt: skip
    assert as_told(entry, "e", Addresses(HOST, "de"))["url"] == f"{HOST}/api/v1/news/langer-tag/"


def test_queries_do_not_grow_with_entries(items, ask, django_assert_max_num_queries):
    with django_assert_max_num_queries(12) as few:
        ask("events/")
    for _number in range(3):
        make_contribution(
            kind="event", actors=items.actors.all(), areas=items.areas.all(), organiser=items.actors.first()
        )
    with django_assert_max_num_queries(12) as many:
        ask("events/")
    assert len(many) == len(few)
