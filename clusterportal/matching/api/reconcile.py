"""The service itself: manifest, queries, and properties of what was matched.

JSONP is not offered: every origin may read the answers.
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.response import Response

from actors.enums import ActorKind
from actors.models import Actor
from clusterportal.core.api.bodies import BodyView
from clusterportal.core.api.parameters import parameter, unknown_value
from clusterportal.core.api.problems import InvalidParameters
from clusterportal.matching.api import schemas
from clusterportal.matching.api.manifest import manifest
from clusterportal.matching.api.questions import Extension, Query, extension, queries
from clusterportal.matching.domain.matching import match
from clusterportal.matching.domain.properties import Value, actors_by_uid
from clusterportal.matching.domain.scoring import Match

_FORMS = ("queries", "extend")
QUERIES = parameter(
    "queries",
    gettext_lazy("A batch of queries as JSON: an object of queries by keys of your own."),
    example='{"q0": {"query": "Fraunhofer ITWM"}}',
)
EXTEND = parameter(
    "extend",
    gettext_lazy("Properties of actors as JSON: `ids` and `properties`."),
    example='{"ids": [], "properties": [{"id": "city"}]}',
)


class ReconcileView(BodyView):
    """Without parameters the manifest; with `queries` or `extend`, by GET or by form, the answers."""

    http_method_names = ["get", "head", "options", "post"]
    tag = "partners"

    @property
    def about(self):
        return (
            gettext_lazy("Names matched to actors (Reconciliation Service API 0.2)")
            if self.request and self.request.method == "POST"
            else gettext_lazy("What the matching service can do; with `queries` the same as POST")
        )

    def own_parameters(self) -> list:
        return [QUERIES, EXTEND]

    @extend_schema(
        operation_id="reconcile_manifest",
        responses={(200, "application/json"): schemas.MANIFEST_OR_RESULTS} | schemas.TOO_MUCH,
    )
    def get(self, request):
        return self._answer(request.query_params) or Response(manifest(self.addresses))

    @extend_schema(
        operation_id="reconcile",
        request={"application/x-www-form-urlencoded": schemas.FORM},
        responses={(200, "application/json"): schemas.RESULTS} | schemas.TOO_MUCH | schemas.NO_FORM,
        examples=[
            OpenApiExample("queries", {"queries": '{"q0": {"query": "Fraunhofer ITWM"}}'}, request_only=True)
        ],
    )
    def post(self, request):
        if given := sorted(request.query_params.keys() & {*_FORMS}):
            raise InvalidParameters({given[0]: [_("Send this in the body of a POST.")]})
        form = self.form_body()
        for name in form:
            if name not in _FORMS:
                raise InvalidParameters({name: [unknown_value(name, _FORMS)]})
            if len(form.getlist(name)) > 1:
                raise InvalidParameters({name: [_("Give this parameter once.")]})
        if (answer := self._answer(form)) is None:
            raise InvalidParameters({"queries": [_("This parameter is required.")]})
        return answer

    def _answer(self, given) -> Response | None:
        if all(name in given for name in _FORMS):
            raise InvalidParameters({"extend": [_("Give `queries` or `extend`, not both.")]})
        if "queries" in given:
            return Response(_results(queries(given["queries"])))
        return Response(_extended(extension(given["extend"]))) if "extend" in given else None


def _results(asked: dict[str, Query]) -> dict:
    most = max((one.most for one in asked.values()), default=0)
    found = match([one.asked for one in asked.values()], most=most)
    return {
        key: {"result": [*map(_candidate, matches[: query.most])]}
        for (key, query), matches in zip(asked.items(), found, strict=True)
    }


def _candidate(one: Match) -> dict:
    actor = one.actor
    return {
        "id": str(actor.uid),
        "name": actor.name,
        "description": described(actor),
        "type": [{"id": actor.kind, "name": actor.get_kind_display()}],
        "score": one.score,
        "match": one.is_match,
        "features": [{"id": name, "value": value} for name, value in one.features.items()],
    }


def described(actor: Actor) -> str:
    """What tells an actor from others of its name."""
    return ", ".join(filter(None, [str(ActorKind(actor.kind).label), actor.city, actor.country]))


def _extended(wanted: Extension) -> dict:
    actors = actors_by_uid(wanted.uids)
    return {
        "meta": [{"id": one.id, "name": str(one.name)} for one in wanted.properties],
        "rows": {
            uid: {
                one.id: _cells(one.values(actors[uid])) if uid in actors else [] for one in wanted.properties
            }
            for uid in wanted.uids
        },
    }


def _cells(values: Iterable[Value]) -> list[dict]:
    names = {str: "str", int: "int", float: "float"}
    return [{names[type(value)]: value} for value in values]
