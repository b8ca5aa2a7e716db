"""What is not published is in no answer, in no format."""

from datetime import date

import pytest

from actors.models import ActorAlias, ActorRelation, ActorTopic, ContactPerson, Topic
from tests.factories import make_actor, make_area, make_cluster

API = "/api/v1/"
SECRETS = ("Geheim", "geheim")


@pytest.fixture
def registry(chain):
    area, cluster, topic = make_area(), make_cluster(), Topic.objects.create(slug="heat", name_de="Wärme")
    public = make_actor("Offenes Institut", slug="open", layers=[1], areas=[area], clusters=[cluster])
    for state in ("draft", "in_review", "rejected", "archived"):
        hidden = make_actor(
            f"Geheim {state}", slug=f"geheim-{state}", state=state, layers=[1, 5], areas=[area],
            clusters=[cluster], city="Geheimstadt", latitude=51.3, longitude=12.4, summary_de="Geheim",
        )  # fmt: skip
        ActorRelation.objects.create(source=public, target=hidden, kind="supply")
        ActorRelation.objects.create(source=hidden, target=public, kind="parent")
        ActorTopic.objects.create(actor=hidden, topic=topic)
        ActorAlias.objects.create(actor=hidden, name=f"Geheimname {state}")
    ContactPerson.objects.create(actor=public, name="Eva Geheim", email="geheim@example.org")
    ContactPerson.objects.create(actor=public, name="Ada Offen", consent_on=date(2026, 1, 1))
    make_cluster("geheim", state="draft")
    return public


def body(answer) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        *(f"actors/?format={name}" for name in ("json", "csv", "ndjson", "geojson", "jsonld", "ttl")),
        "actors/?cursor=",
        "actors/?facets=layer,area,kind,cluster,city,size,topic",
        "actors/open/",
        "actors/open/?format=jsonld", "actors/open/?format=ttl", "clusters/it-cluster/?format=jsonld",
        "vocabulary/", "vocabulary/layers/", "vocabulary/application-areas/", "vocabulary/topics/", "catalog/",
        "layers/", "application-areas/", "clusters/", "regions/", "topics/", "relations/", "matrix/",
        "suggest/?q=Geh", "suggest/?q=Geheimname", "suggest/?q=Geheimstadt",
        "actors/?q=Geheim", "actors/?city=Geheimstadt", "actors/?near=51.3,12.4",
    ],
)  # fmt: skip
def test_secrets_are_nowhere(client, registry, path):
    for lang in ("de", "en", "*"):
        question = f"{path}{'&' if '?' in path else '?'}lang={lang}"
        answer = client.get(f"{API}{question}")
        assert answer.status_code == 200
        text = body(answer)
        # A link to the same question holds the words of the question.
        text = text.replace(f"{API}{path}", "")
        assert not [secret for secret in SECRETS if secret in text], text


@pytest.mark.django_db
def test_counts_leave_out_what_is_not_published(client, registry):
    assert client.get(f"{API}topics/heat/").status_code == 404
    assert client.get(f"{API}topics/").json()["results"] == []
    assert client.get(f"{API}actors/?topic=heat").status_code == 400
    assert [one["actor_count"] for one in client.get(f"{API}layers/").json()["results"]] == [1, 0, 0, 0, 0]
    assert client.get(f"{API}relations/").json()["count"] == 0
    assert client.get(f"{API}matrix/").json()["total"] == 1
    assert client.get(f"{API}actors/?relation=supply").json()["count"] == 0
    assert client.get(f"{API}actors/?has=relations").json()["count"] == 0
    for name in ("geheim-draft", "geheim-in_review", "geheim-rejected", "geheim-archived"):
        assert client.get(f"{API}actors/{name}/").status_code == 404
    assert client.get(f"{API}clusters/geheim/").status_code == 404
    assert client.get(f"{API}actors/?cluster=geheim").status_code == 400
    contacts = client.get(f"{API}actors/open/").json()["contacts"]
    assert [one["name"] for one in contacts] == ["Ada Offen"]
