"""What a partner may not write, and what cannot be written: said by field, and nothing of what exists."""

import json

import pytest

from actors.models import Actor
from tests.clusterportal.api.writing.sending import ACTORS, PATCH, problem_of, send
from tests.factories import make_actor, make_cluster, make_key

pytestmark = pytest.mark.django_db


def test_a_key_reaches_its_clusters_and_learns_nothing_of_others(client, ours, actor, key):
    public = make_actor("Andere", clusters=[make_cluster("theirs")])
    hidden = make_actor("Verborgen", state="draft", clusters=[make_cluster("third")])
    draft = make_actor("Entwurf", state="draft", clusters=[ours])
    nobody = Actor(uid="00000000-0000-4000-8000-000000000000")
    asked = {
        name: send(client, one, {"founded": 1990}, key, version="*")
        for name, one in {"public": public, "hidden": hidden, "draft": draft, "nobody": nobody}.items()
    }
    assert {name: answer.status_code for name, answer in asked.items()} == {
        "public": 403,
        "hidden": 404,
        "draft": 200,
        "nobody": 404,
    }
    assert asked["hidden"].content == asked["nobody"].content
    _key, reader = make_key()
    _key, other = make_key("propose")
    assert send(client, actor, {}, {}, version="*").status_code == 401
    for sent in (reader, other):
        answers = {send(client, one, {}, sent, version="*").content for one in (actor, hidden, nobody)}
        assert len(answers) == 1
        assert json.loads(answers.pop())["status"] == 403


def test_what_cannot_be_taken_is_named_by_field(client, actor, key):
    status, errors = problem_of(send(client, actor, {"nam": "X", "layers": [{"slug": "x", "why": 1}]}, key))
    assert (status, [*errors]) == (400, ["nam"])
    assert "name, short_name, kind" in errors["nam"][0]
    status, errors = problem_of(send(client, actor, {"layers": [{"slug": "x", "why": 1}]}, key))
    assert (status, errors) == (
        400,
        {"layers.0.why": ["“why” is not known here. Known are: slug, basis, note."]},
    )
    make_cluster("theirs")
    patch = {
        "name": None,
        "summary": ["x"],
        "founded": [1],
        "website": "n/a",
        "contacts": [{"name": "Eva", "email": {"x": 1}}],
        "memberships": [{"cluster": "theirs"}],
        "main_layer": "application-market",
        "services": "x",
    }
    assert problem_of(send(client, actor, patch, key)) == (
        422,
        {
            "name": ["This cannot be empty."],
            "website": ["This says nothing. Send null where nothing is known."],
            "summary": ["Send a text, or an object with a text for each language."],
            "contacts.0.email": ["One value is expected here."],
            "contacts.0.consent_on": [
                "Only people who agreed to it may be named: say on which day they did."
            ],
            "memberships.0.cluster": ["You may not write for this cluster. You may for: ours."],
            "main_layer": ["This is none of the layers of the record."],
            "services": ["Send a list."],
        },
    )
    patch = {"founded": 3000, "address": {"country": "Atlantis"}, "layers": ["nowhere"], "kind": "x"}
    status, errors = problem_of(send(client, actor, patch, key))
    assert (status, sorted(errors)) == (422, ["address.country", "founded", "kind", "layers"])
    status, german = problem_of(send(client, actor, {"founded": 3000}, key, **{"Accept-Language": "de"}))
    assert "Jahr" in german["founded"][0]
    assert client.get(f"{ACTORS}muster/").json()["founded"] is None


def test_publication_moves_by_the_one_table_and_what_is_public_is_complete(client, ours, key):
    draft = make_actor("Entwurf", state="draft", clusters=[ours])
    status, errors = problem_of(send(client, draft, {"publication": "published"}, key, version="*"))
    assert (status, sorted(errors)) == (422, ["layers", "summary.de"])
    status, errors = problem_of(send(client, draft, {"publication": "rejected"}, key, version="*"))
    assert errors == {"publication": ["There is no way from “draft” to “rejected”."]}
    patch = {"publication": "published", "layers": ["basic-research"], "summary": {"de": "Forscht."}}
    draft.memberships.update(is_cleared=False)
    published = send(client, draft, patch, key, version="*")
    assert published.status_code == 200, published.content
    assert [one["slug"] for one in client.get(f"{ACTORS}{draft.uid}/").json()["clusters"]] == ["ours"]
    status, errors = problem_of(send(client, draft, {"layers": []}, key))
    assert (status, [*errors]) == (422, ["layers"])


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("{", PATCH, 400),
        ("[1]", PATCH, 400),
        ('{"name": "a", "name": "b"}', PATCH, 400),
        ("[" * 5000 + "]" * 5000, PATCH, 400),
        ('{"name": "a\\u0000b"}', PATCH, 400),
        ('{"description": "' + "x" * 2_000_000 + '"}', PATCH, 413),
        ("name=x", "application/x-www-form-urlencoded", 415),
        ('{"uid": "00000000-0000-4000-8000-000000000000"}', PATCH, 422),
        ('{"latitude": 1e400}', PATCH, 400),
        ('{"contacts": [{"name": ["x"]}], "services": [{"title": {"de": {}}}]}', PATCH, 422),
    ],
)
def test_bodies_that_are_no_records(client, actor, key, body, kind, status):
    answer = client.patch(f"{ACTORS}{actor.uid}/", body, content_type=kind, headers={"If-Match": "*"}, **key)
    assert problem_of(answer)[0] == status, answer.content[:500]
