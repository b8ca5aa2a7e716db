"""The API against its own schema: whatever is asked, no failure, and every answer is as described.

`SCHEMATHESIS=whole` asks every endpoint for every value of every parameter too, and a thousand things at random: hours.
"""

import json
import os
from datetime import date

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from clusterportal.api.schema import schema_in
from clusterportal.wsgi import application

load_all_checks()
not_a_server_error = CHECKS.get_one("not_a_server_error")
IS_WHOLE = os.environ.get("SCHEMATHESIS") == "whole"
EXAMPLES = 1000 if IS_WHOLE else 5  # for each endpoint

schema = schemathesis.openapi.from_dict(json.loads(json.dumps(schema_in("en"))))


def in_one_piece(environ, start_response):
    """The portal as a web server calls it: an answer is read and closed before the next question is asked."""
    answer = application(environ, start_response)
    try:
        return [b"".join(answer)]
    finally:
        getattr(answer, "close", lambda: None)()


schema.app = in_one_piece
schema.config.phases.coverage.enabled = IS_WHOLE


@pytest.fixture
def registry(chain, one_connection, monkeypatch):
    monkeypatch.setattr("clusterportal.partners.api.stream.LONGEST_CONNECTION", 0.0)
    from actors.models import ActorRelation, ActorTopic, ContactPerson, Identifier, Service, Topic
    from tests.factories import make_actor, make_area, make_cluster

    area, cluster = make_area(), make_cluster("it-cluster-kaiserslautern")
    first = make_actor("DFKI", layers=[1, 2], areas=[area], clusters=[cluster], website="https://a.example")
    topic = Topic.objects.create(slug="software-engineering", name_de="Softwaretechnik")
    ActorTopic.objects.create(actor=first, topic=topic)
    ContactPerson.objects.create(actor=first, name="Ada", consent_on=date(2026, 1, 1))
    second = make_actor(
        "Zweites", latitude=49.4, longitude=7.7, summary_de="Text", size="small", legal_form="2HBR"
    )
    ActorRelation.objects.create(source=first, target=second, kind="supply")
    Identifier.objects.create(actor=first, scheme="ror", value="019hjw009")
    Service.objects.create(actor=first, title_de="Messen", layer=chain[0])


@pytest.mark.django_db
@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_answers_are_as_described(registry, case):
    case.call_and_validate(
        headers={"Accept-Encoding": "identity"},  # what calls the application here unpacks nothing
        checks=[
            not_a_server_error,
            status_code_conformance,
            content_type_conformance,
            response_headers_conformance,
            response_schema_conformance,
            unsupported_method,
        ],
    )
