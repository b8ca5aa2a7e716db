"""Bodies of requests: read up to a limit, and refused with a problem document where they are anything else.

A view that takes bodies is a `BodyView`; it asks for `json_body()` or `form_body()` once.
"""

import json
import math
from collections.abc import Collection
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, UnsupportedMediaType

from clusterportal.core.api.parameters import unknown_value
from clusterportal.core.api.problems import InvalidParameters
from clusterportal.core.api.views import PublicView

LARGEST = 1024 * 1024  # bytes, where a view says nothing else
DEEPEST = 32  # lists and objects within each other
JSON, FORM = "application/json", "application/x-www-form-urlencoded"


class TooLarge(APIException):
    status_code = 413

    def __init__(self, most: int):
        super().__init__(_("The body is too large: at most %(most)s bytes are read.") % {"most": most})


class BodyView(PublicView):
    """An endpoint that answers POST; a subclass that answers other methods names them."""

    http_method_names = ["post", "options"]
    largest_body = LARGEST

    def json_body(self) -> Any:
        """The JSON of the request. Raises problems 400, 413 and 415."""
        return read_json(self.body_in(JSON))

    def form_body(self) -> QueryDict:
        """The fields of a form. Raises problems 400, 413 and 415."""
        try:
            return QueryDict(self.body_in(FORM).decode("utf-8"), encoding="utf-8")
        except UnicodeDecodeError:
            raise InvalidParameters({"body": [_("This value is not valid UTF-8.")]}) from None

    def body_in(self, media_type: str) -> bytes:
        """The bytes of the request, which must say that they are `media_type`."""
        request = self.request._request
        if (
            request.content_type != media_type
            or request.headers.get("Content-Encoding", "identity") != "identity"
        ):
            raise UnsupportedMediaType(
                request.content_type, _("Send the body as %(type)s, uncompressed.") % {"type": media_type}
            )
        body = request.read(self.largest_body + 1)
        if len(body) > self.largest_body:
            raise TooLarge(self.largest_body)
        return body


def read_json(body: bytes) -> Any:
    """The value that `body` writes. Raises InvalidParameters for what is no JSON or means trouble further on.

    That is: a name twice in one object, more than `DEEPEST` levels, null characters, halves of characters, and numbers
    too large to be computed with.
    """
    try:
        value = json.loads(body.decode(), object_pairs_hook=_each_once, parse_constant=_refuse)
        _check(value)
    except (ValueError, RecursionError) as error:
        reason = str(error) if isinstance(error, _Unfit) else _("The body is not valid JSON in UTF-8.")
        raise InvalidParameters({"body": [reason]}) from None
    return value


def checked_members(value: Any, known: Collection[str], *, required: Collection[str] = ()) -> dict[str, Any]:
    """`value` as an object with no other members than `known`, and those that are `required`."""
    if not isinstance(value, dict):
        raise InvalidParameters({"body": [_("Send one JSON object.")]})
    errors = {name[:100]: [unknown_value(name, known)] for name in value if name not in known}
    errors |= {name: [_("This member is required.")] for name in required if name not in value}
    if errors:
        raise InvalidParameters(errors)
    return value


class _Unfit(ValueError):
    """Valid JSON that is not taken; its text says why."""


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise _Unfit(_("An object names one of its members twice."))
    return members


def _refuse(constant: str):
    raise _Unfit(_("%(value)s is no number in JSON.") % {"value": constant})


def _check(value: Any) -> None:
    waiting = [(value, 1)]
    while waiting:
        one, depth = waiting.pop()
        if isinstance(one, dict | list):
            if depth > DEEPEST:
                raise _Unfit(_("Lists and objects are within each other too often."))
            inner = [*one, *one.values()] if isinstance(one, dict) else one
            waiting += [(part, depth + 1) for part in inner]
        elif isinstance(one, str):
            if "\x00" in one:
                raise _Unfit(_("Null characters are not allowed."))
            one.encode()  # raises a ValueError for half a character
        elif isinstance(one, float) and not math.isfinite(one):
            raise _Unfit(_("This number is too large."))
