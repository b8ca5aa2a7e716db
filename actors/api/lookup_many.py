"""Many actors by their keys in one question: permanent ids and identifiers, as the caller's own list has them."""

import uuid

import orjson
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from actors.api.actor_records import FIELDS, FullRecords, fields_asked_for
from actors.api.serializers import ActorDetailSerializer
from actors.domain.known_keys import UNKNOWN, Fate, KnownKey, by_identifier, by_uid
from actors.enums import IdentifierScheme
from actors.fields import UID_EXAMPLE
from actors.validators import clean_identifier
from clusterportal.core.api.bodies import BodyView, checked_members
from clusterportal.core.api.formats import Written
from clusterportal.core.api.parameters import codes
from clusterportal.core.api.problems import CONTENT_TYPE, PROBLEM_SCHEMA, InvalidParameters
from clusterportal.core.api.serializers import PublicSerializer
from clusterportal.core.slugs import as_uid

MOST_KEYS, LONGEST_KEY = 500, 200  # keys of a question, characters of a key
MEMBERS = ("uid", "identifier")
_KEYS = {"type": "array", "maxItems": MOST_KEYS, "items": {"type": "string", "maxLength": LONGEST_KEY}}
_QUESTION = {
    "type": "object",
    "properties": dict.fromkeys(MEMBERS, _KEYS),
    "additionalProperties": False,
}
Key = uuid.UUID | tuple[str, str]


class FoundSerializer(PublicSerializer):
    key = serializers.CharField(read_only=True, help_text=_("As it was asked for."))
    state = serializers.ChoiceField(Fate.choices, read_only=True)
    record = ActorDetailSerializer(read_only=True, allow_null=True)


class LookupSerializer(PublicSerializer):
    results = FoundSerializer(many=True, read_only=True)


class LookupView(BodyView):
    """Full records by key, in the order of the question: first the permanent ids, then the identifiers."""

    about = _("Up to 500 actors by permanent id or identifier, and what became of those that are not found")
    tag = "actors"
    serializer_class = LookupSerializer
    largest_body = 128 * 1024

    def own_parameters(self) -> list:
        return [codes("fields", _("Only these fields of each record."), FIELDS)]

    @extend_schema(
        operation_id="lookup",
        request={"application/json": _QUESTION},
        responses={
            (200, "application/json"): LookupSerializer,
            (401, CONTENT_TYPE): OpenApiResponse(PROBLEM_SCHEMA, _("Contact persons need a key.")),
            (411, CONTENT_TYPE): OpenApiResponse(PROBLEM_SCHEMA, _("The length of the body is missing.")),
            (413, CONTENT_TYPE): OpenApiResponse(PROBLEM_SCHEMA, _("The body is too large.")),
            (415, CONTENT_TYPE): OpenApiResponse(PROBLEM_SCHEMA, _("The body is no JSON.")),
        },
        examples=[
            OpenApiExample(
                "lookup", {"uid": [UID_EXAMPLE], "identifier": ["ror:019hjw009"]}, request_only=True
            )
        ],
    )
    def post(self, request):
        fields = fields_asked_for(request, default=FIELDS)
        asked = _asked(self.json_body())
        found = _found(asked)
        keys = sorted({known.key for known in found.values() if known.key is not None})
        # A record is read once, however many keys name it.
        records = FullRecords(self.language, self.addresses, fields).by_key(keys)
        answers = [_answer(text, found.get(key, UNKNOWN), records) for text, key in asked]
        return Response({"results": Written(answers)})


def _asked(body) -> list[tuple[str, Key | None]]:
    """The keys as they were written, each as a value; None for what cannot be a key of any actor.

    Raises InvalidParameters for another shape, more keys than allowed, and what is written like none.
    """
    asked: list[tuple[str, Key | None]] = []
    given = checked_members(body, MEMBERS)
    for member in MEMBERS:
        texts = given.get(member, [])
        if not (
            isinstance(texts, list) and all(isinstance(one, str) and len(one) <= LONGEST_KEY for one in texts)
        ):
            raise InvalidParameters(
                {member: [_("Give a list of texts of at most %(most)s characters.") % {"most": LONGEST_KEY}]}
            )
        asked += [(text, _uid(text) if member == "uid" else _identifier(text)) for text in texts]
    if not 1 <= len(asked) <= MOST_KEYS:
        raise InvalidParameters({"body": [_("Give 1 to %(most)s keys.") % {"most": MOST_KEYS}]})
    return asked


def _uid(text: str) -> uuid.UUID:
    if (uid := as_uid(text)) is None:
        raise InvalidParameters(
            {"uid": [_("Give permanent ids like this: %(example)s.") % {"example": UID_EXAMPLE}]}
        )
    return uid


def _identifier(text: str) -> tuple[str, str] | None:
    """Scheme and value; None for a value that its scheme does not know, as lists of others often hold."""
    scheme, colon, value = text.partition(":")
    if not colon or scheme not in IdentifierScheme.values:
        known = ", ".join(IdentifierScheme.values)
        raise InvalidParameters(
            {
                "identifier": [
                    _("Give scheme and value like this: ror:019hjw009. Schemes: %(known)s.")
                    % {"known": known}
                ]
            }
        )
    try:
        return scheme, clean_identifier(scheme, value)
    except ValidationError:
        return None


def _found(asked: list[tuple[str, Key | None]]) -> dict[Key | None, KnownKey]:
    uids = {key for _text, key in asked if isinstance(key, uuid.UUID)}
    identifiers = {key for _text, key in asked if isinstance(key, tuple)}
    found: dict[Key | None, KnownKey] = {}
    if uids:
        found.update(by_uid(uids).items())
    if identifiers:
        found.update(by_identifier(identifiers).items())
    return found


def _answer(text: str, known: KnownKey, records: dict[int, str]) -> str:
    record = records.get(known.key) if known.key is not None else None
    if known.key is not None and record is None:
        known = KnownKey(Fate.WITHDRAWN)  # since it was found
    head = orjson.dumps({"key": text, "state": known.fate.value}).decode()
    return f'{head[:-1]},"record":{record or "null"}}}'
