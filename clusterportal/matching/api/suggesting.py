"""Typeahead for people who correct a match by hand: actors, kinds and properties that begin with a few letters."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from actors.enums import ActorKind
from actors.models import Actor
from actors.search.suggestions import suggestions
from clusterportal.core.api.parameters import chosen_code, parameter
from clusterportal.core.api.problems import InvalidParameters
from clusterportal.core.api.views import PublicView
from clusterportal.core.spelling import spelling
from clusterportal.matching.api import schemas
from clusterportal.matching.api.manifest import types
from clusterportal.matching.api.reconcile import described
from clusterportal.matching.domain.properties import EVIDENCE, PROPERTIES

LONGEST_PREFIX = 200
PREFIX = parameter(
    "prefix",
    _("What somebody has typed so far."),
    {"type": "string", "minLength": 0, "maxLength": LONGEST_PREFIX},
    example="fraunho",
)
# The service has one page of suggestions; clients may ask for it by number.
CURSOR = parameter(
    "cursor",
    _("How many suggestions to pass over."),
    {"type": "integer", "minimum": 0, "maximum": 1000},
    example=0,
)
TYPE = parameter("type", _("Only actors of this kind."), enum=ActorKind.values)
ABOUT = _("Typeahead of the matching service")
LIMIT = parameter(
    "limit", _("At most so many."), {"type": "integer", "minimum": 1, "maximum": 100}, example=20
)


class _SuggestView(PublicView):
    """Subclasses find what begins with the prefix."""

    tag = "partners"
    about = ABOUT

    def own_parameters(self) -> list:
        return [PREFIX, CURSOR]

    def found(self, text: str) -> Iterable[dict]:
        raise NotImplementedError

    @extend_schema(responses={(200, "application/json"): schemas.SUGGESTIONS})
    def get(self, request):
        text, start = request.query_params.get("prefix", ""), request.query_params.get("cursor", "0")
        if len(text) > LONGEST_PREFIX:
            raise InvalidParameters(
                {"prefix": [_("Give at most %(limit)s characters.") % {"limit": LONGEST_PREFIX}]}
            )
        return Response({"result": [*self.found(text)][int(start[:6]) :]})


class SuggestEntityView(_SuggestView):
    """Actors, also by a nearly right name."""

    about = _("Actors for a few letters, as the matching service names them")

    def own_parameters(self) -> list:
        return [PREFIX, CURSOR, TYPE]

    def found(self, text: str) -> Iterable[dict]:
        kind = chosen_code(self.request.query_params, "type", ActorKind.values)
        slugs = [one.value for one in suggestions(text) if one.kind == "actor"] if text.strip() else []
        actors = {actor.slug: actor for actor in Actor.objects.published().filter(slug__in=slugs)}
        for slug in slugs:
            if (actor := actors.get(slug)) and kind in ("", actor.kind):
                yield {
                    "id": str(actor.uid),
                    "name": actor.name,
                    "description": described(actor),
                    "notable": [{"id": actor.kind, "name": actor.get_kind_display()}],
                }


class SuggestTypeView(_SuggestView):
    """Kinds of actors."""

    about = _("Kinds of actors for a few letters")

    def found(self, text: str) -> Iterable[dict]:
        return _beginning(text, types())


class SuggestPropertyView(_SuggestView):
    """Properties by which a name is matched more surely."""

    about = _("Properties that are evidence for a match, for a few letters")

    def found(self, text: str) -> Iterable[dict]:
        known = (PROPERTIES[name] for name in EVIDENCE)
        return _beginning(text, [{"id": one.id, "name": str(one.name)} for one in known])


class ProposedPropertiesView(PublicView):
    """Properties by which a matched table can be extended; the same for every kind of actor."""

    tag = "partners"
    about = _("Properties by which a matched table can be extended")

    def own_parameters(self) -> list:
        return [TYPE, LIMIT]

    @extend_schema(responses={(200, "application/json"): schemas.PROPOSED})
    def get(self, request):
        given = request.query_params
        kind = chosen_code(given, "type", ActorKind.values)
        properties = [{"id": one.id, "name": str(one.name)} for one in PROPERTIES.values()]
        most = int(given["limit"][:6]) if "limit" in given else None
        answer: dict = {"properties": properties[:most]}
        return Response(answer | ({"type": kind} if kind else {}) | ({"limit": most} if most else {}))


def _beginning(text: str, entries: list[dict]) -> Iterable[dict]:
    """The entries of which the id or a word of the name begins so."""
    asked = spelling(text)
    for one in entries:
        if any(
            word.startswith(asked)
            for word in (spelling(one["name"]), one["id"], *spelling(one["name"]).split())
        ):
            yield one
