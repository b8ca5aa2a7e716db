"""An endpoint that will go says so in its answers and in the schema."""

from datetime import UTC, datetime

import pytest
from django.http import HttpResponse
from rest_framework.response import Response

from clusterportal.core.api.auto_schema import PublicSchema
from clusterportal.core.api.deprecation import Deprecation, add_headers
from clusterportal.core.api.views import PublicView

SINCE, GONE = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
POLICY = "http://testserver/api/v1/docs/"
LINKS = (
    f'<{POLICY}>; rel="deprecation"; type="text/html", <{POLICY}>; rel="sunset"; type="text/html", '
    '<http://testserver/api/v1/actors/>; rel="successor-version"'
)


class OldView(PublicView):
    deprecation = Deprecation(SINCE, GONE, "api:actor-list")

    def get(self, request):
        return Response({})


def test_every_answer_says_since_when_until_when_and_what_instead(rf):
    answer = OldView.as_view()(rf.get("/old/"))
    said = {name: answer.headers[name] for name in ("Deprecation", "Sunset", "Link")}
    assert said == {
        "Deprecation": "@1767225600",
        "Sunset": "Fri, 01 Jan 2027 00:00:00 GMT",
        "Link": LINKS,
    }


def test_a_problem_says_it_too(rf):
    assert OldView.as_view()(rf.get("/old/", {"colour": "red"})).headers["Deprecation"] == "@1767225600"


def test_the_schema_says_it():
    schema = PublicSchema()
    schema.view = OldView()
    assert schema.is_deprecated()
    schema.view = PublicView()
    assert not schema.is_deprecated()


def test_nothing_goes_within_twelve_months():
    with pytest.raises(ValueError, match="twelve months"):
        Deprecation(SINCE, datetime(2026, 12, 31, tzinfo=UTC), "api:actor-list")


def test_links_that_are_there_stay():
    answer = HttpResponse(headers={"Link": '<a>; rel="next"'})
    add_headers(answer, {"Link": '<b>; rel="sunset"', "Sunset": "x"})
    assert (answer.headers["Link"], answer.headers["Sunset"]) == ('<a>; rel="next", <b>; rel="sunset"', "x")
