"""The JSON that the database writes of an actor is what the serializer says, field by field."""

import json
from datetime import UTC, datetime

import pgtrigger
import pytest
from rest_framework.renderers import JSONRenderer

from actors.api.actor_json import ActorJson
from actors.api.nested import with_parts
from actors.api.serializers import ActorSerializer
from actors.models import Actor, Membership
from clusterportal.core.api.absolute_addresses import Addresses
from clusterportal.core.api.answer_language import CHOICES, AnswerLanguage
from tests.factories import make_actor, make_area, make_cluster

pytestmark = pytest.mark.django_db

FULL = {
    "short_name": 'Ü; "Zwei" \\', "summary_de": "Eins\nzwei", "summary_en": "One </script>", "website": "https://a.example/",
    "street": "Weg 1", "postcode": "04103", "state_name": "Sachsen", "country": "DE",
    "latitude": 51.339695, "longitude": -12.5, "location_accuracy": "approximate",
}  # fmt: skip
ACTORS = {  # fields, layers
    "full": (FULL, (2, 5)),
    "empty": ({"city": ""}, ()),
    "German alone": (FULL | {"summary_en": ""}, (1,)),
    "English alone": (FULL | {"summary_de": ""}, (1,)),
    "without texts": (FULL | {"summary_de": "", "summary_en": "", "short_name": ""}, ()),
    "at zero": (FULL | {"latitude": 0, "longitude": 0, "location_accuracy": ""}, ()),
}


@pytest.mark.parametrize(("fields", "layers"), ACTORS.values(), ids=ACTORS)
def test_both_say_the_same(chain, fields, layers):
    """In every language, whole and each field alone; of inactive areas and hidden clusters neither says a word."""
    areas = [make_area("health"), make_area("old", is_active=False)] if layers else []
    clusters = [make_cluster("it"), make_cluster("hidden", state="draft")] if layers else []
    actor = make_actor("Institut für Wärme", layers=layers, areas=areas, clusters=clusters, **fields)
    for cluster in clusters:
        Membership.objects.create(actor=actor, cluster=cluster, kind="management")
    for code in CHOICES:
        language = AnswerLanguage(code)
        addresses = Addresses("http://testserver/", language.spoken)
        serialized = _serialized(language, addresses)
        written = json.loads(ActorJson(language, addresses, []).of([actor.pk])[0])
        assert list(written) == ActorSerializer.names()
        assert written == serialized
        for name in ActorSerializer.names():
            alone = json.loads(ActorJson(language, addresses, [name]).of([actor.pk])[0])
            assert alone == {name: serialized[name]}


@pytest.mark.parametrize("microsecond", [0, 1, 120_000, 999_999])
def test_both_write_a_moment_alike(microsecond):
    make_actor("Institut")
    moment = datetime(2026, 1, 31, 23, 59, 59, microsecond, tzinfo=UTC)
    language, addresses = AnswerLanguage("de"), Addresses("http://testserver/", "de")
    with pgtrigger.ignore("actors.Actor:date_public_change"):
        Actor.objects.update(public_updated_at=moment)
    key = Actor.objects.values_list("pk", flat=True).get()
    assert Actor.objects.get().public_updated_at == moment
    written = json.loads(ActorJson(language, addresses, ["updated_at"]).of([key])[0])
    assert written == {"updated_at": _serialized(language, addresses)["updated_at"]}


def _serialized(language: AnswerLanguage, addresses: Addresses) -> dict:
    (actor,) = with_parts([Actor.objects.get().pk], ActorSerializer.names())
    data = ActorSerializer(actor, context={"language": language, "addresses": addresses}).data
    return json.loads(JSONRenderer().render(data))
