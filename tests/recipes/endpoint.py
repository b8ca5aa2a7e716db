"""An endpoint: the services of published actors."""

import json

import pytest

from tests.factories import make_actor
from tests.recipes.edits import Insert, NewFile

EDITS = [
    NewFile(
        "actors/api/services.py",
        '''"""Services of published actors."""

from django.utils.translation import gettext_lazy as _

from actors.api.serializers import ActorReferenceSerializer
from actors.models import Actor, Service
from clusterportal.core.api.serializers import MomentField, PublicSerializer, TextField
from clusterportal.core.api.views import PublicViewSet


class OfferSerializer(PublicSerializer):
    title = TextField()
    actor = ActorReferenceSerializer(read_only=True)
    updated_at = MomentField()


class ServiceViewSet(PublicViewSet):
    """What published actors offer."""

    about = _("What published actors offer")
    serializer_class = OfferSerializer
    orderings = {"title": ("title_de",), "-title": ("-title_de",)}
    tag = "actors"

    def get_queryset(self):
        return Service.objects.filter(actor__in=Actor.objects.published()).select_related("actor")
''',
    ),
    Insert(
        "clusterportal/api/urls.py",
        "from actors.api.services import ServiceViewSet\n",
        after="from actors.api.relations import RelationViewSet\n",
    ),
    Insert(
        "clusterportal/api/urls.py",
        '    path("services/", ServiceViewSet.as_view({"get": "list"}), name="service-list"),\n',
        before='    path("map/", ',
    ),
    Insert("clusterportal/api/root.py", '    "services": "service-list",\n', before='    "map": "map",\n'),
]
ENVIRONMENT = {}
TESTS = ["tests/clusterportal/api/test_schema.py", "tests/clusterportal/api/test_docs.py"]
pytestmark = pytest.mark.django_db
SERVICES = "/api/v1/services/"


@pytest.fixture
def actor():
    make_actor("Entwurf", state="draft").services.create(title_de="Geheim")
    actor = make_actor("Muster")
    actor.services.create(title_de="Messen")
    actor.services.create(title_de="Beraten", title_en="Advice")
    return actor


def test_it_answers_what_is_public_in_the_language_and_order_asked_for(client, actor):
    answer = client.get(SERVICES, {"lang": "en", "ordering": "-title", "fields": "title"})
    assert answer.json()["results"] == [{"title": "Messen"}, {"title": "Advice"}]
    first = client.get(SERVICES).json()["results"][0]
    assert (first["title"], first["actor"]["slug"], [*first]) == (
        "Beraten", actor.slug, ["title", "actor", "updated_at"],
    )  # fmt: skip


def test_it_keeps_the_manners_of_all_endpoints(client, actor):
    refused = client.get(SERVICES, {"colour": "red"})
    assert (refused.status_code, refused.headers["Content-Type"]) == (400, "application/problem+json")
    answer = client.get(SERVICES)
    again = client.get(SERVICES, headers={"If-None-Match": answer.headers["ETag"]})
    assert (answer.status_code, again.status_code) == (200, 304)


def test_it_is_named_and_described(client):
    assert client.get("/api/v1/").json()["services"] == f"http://testserver{SERVICES}"
    schema = json.loads(client.get("/api/v1/schema/", {"format": "json"}).content)
    assert [*schema["paths"][SERVICES.removesuffix("/")]] == ["get"]
