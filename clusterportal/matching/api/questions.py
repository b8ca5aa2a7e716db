"""The JSON that a client of the Reconciliation Service API 0.2 sends, checked and read.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeGuard, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import APIException

from actors.enums import ActorKind, IdentifierScheme
from clusterportal.core.api.bodies import read_json
from clusterportal.core.api.parameters import unknown_value
from clusterportal.core.api.problems import InvalidParameters
from clusterportal.matching.domain.matching import BATCH
from clusterportal.matching.domain.name_query import Asked, ask
from clusterportal.matching.domain.properties import EVIDENCE, PROPERTIES, Property

USUAL_CANDIDATES, MOST_CANDIDATES = 5, 20  # candidates of one query, unless a limit is given, and at most
LONGEST_TEXT = 1000  # characters of a name or value
MOST_EXTENDED = 200  # actors of which one request asks for properties
_Kind = TypeVar("_Kind")
STRICT = ("any", "all", "should")
_KINDS, _SCHEMES = frozenset(ActorKind.values), tuple(IdentifierScheme.values)
_QUERY = {"query", "type", "limit", "properties", "type_strict"}


class TooMuch(APIException):
    """413: more than one request may ask."""

    status_code = 413
    default_detail = gettext_lazy("That is too much for one request.")


@dataclass(frozen=True, slots=True)
class Query:
    asked: Asked
    most: int


@dataclass(frozen=True, slots=True)
class Extension:
    """Which properties of which actors a table is to be extended by."""

    uids: list[str]
    properties: list[Property]


class _Wrong(ValueError):
    """What is wrong with a part of the JSON, as a sentence."""


def queries(text: str) -> dict[str, Query]:
    """The batch of `queries`, by its keys. Raises InvalidParameters, TooMuch."""
    batch = _object("queries", text)
    if len(batch) > BATCH:
        said = _("At most %(most)s queries fit into one request; these are %(count)s.")
        raise TooMuch(said % {"most": BATCH, "count": len(batch)})
    found, wrong = {}, []
    for key, entry in batch.items():
        try:
            found[key] = _query(entry)
        except _Wrong as error:
            wrong.append(f"{key[:40]}: {error}")
    if wrong:
        raise InvalidParameters({"queries": wrong[:10]})
    return found


def extension(text: str) -> Extension:
    """What `extend` asks for. Raises InvalidParameters, TooMuch."""
    entry = _object("extend", text)
    uids, wanted = entry.get("ids"), entry.get("properties")
    if not _is_list_of(uids, str) or not _is_list_of(wanted, dict):
        raise InvalidParameters(
            {"extend": [_("Give `ids`, a list of texts, and `properties`, a list of objects.")]}
        )
    if len(uids) > MOST_EXTENDED:
        said = _("At most %(most)s actors fit into one request; these are %(count)s.")
        raise TooMuch(said % {"most": MOST_EXTENDED, "count": len(uids)})
    try:
        names = dict.fromkeys(_known(one.get("id"), PROPERTIES) for one in wanted)
    except _Wrong as error:
        raise InvalidParameters({"extend": [str(error)]}) from None
    return Extension(uids, [PROPERTIES[name] for name in names])


def _object(name: str, text: str) -> dict:
    value = read_json(text.encode())
    if not isinstance(value, dict):
        raise InvalidParameters({name: [_("Send one JSON object.")]})
    return value


def _query(entry) -> Query:
    if not isinstance(entry, dict) or not ("query" in entry or entry.get("properties")):
        raise _Wrong(_("Give an object with `query` or `properties`."))
    if unknown := sorted(entry.keys() - _QUERY):
        raise _Wrong(unknown_value(unknown[0], sorted(_QUERY)))
    kinds = entry.get("type", [])
    kinds = [_known(one, _KINDS) for one in (kinds if isinstance(kinds, list) else [kinds])]
    strict = _known(entry.get("type_strict", "should"), STRICT)
    stated = _stated(entry.get("properties", []))
    numbers = [(scheme, value) for scheme in _SCHEMES for value in stated.get(scheme, ())]
    asked = ask(
        _short(entry.get("query", "")),
        **{name: (stated.get(name) or [""])[0] for name in EVIDENCE if name not in _SCHEMES},
        identifiers=numbers,
        kinds=kinds,
        # An actor has one kind: of several kinds it never has all.
        is_strict=bool(kinds) and strict != "should",
    )
    return Query(asked, _limit(entry.get("limit", USUAL_CANDIDATES)))


def _stated(properties) -> dict[str, list[str]]:
    """The values of the properties by their id."""
    if not _is_list_of(properties, dict):
        raise _Wrong(_("`properties` is a list of objects."))
    found: dict[str, list[str]] = {}
    for one in properties:
        if "v" not in one:
            raise _Wrong(_("A property has a `pid` and a `v`."))
        values = one["v"] if isinstance(one["v"], list) else [one["v"]]
        texts = [text for text in map(_text, values) if text]
        found.setdefault(_known(one.get("pid"), EVIDENCE), []).extend(texts)
    return found


def _text(value) -> str:
    """A value as text; of another entity its name, or its id."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("id")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, str | int | float):
        raise _Wrong(_("A value is a text, a number, true or false, or an object with an `id`."))
    return _short(str(value))


def _short(text) -> str:
    if not isinstance(text, str):
        raise _Wrong(_("`query` is a text."))
    if len(text) > LONGEST_TEXT:
        raise _Wrong(_("Give at most %(limit)s characters.") % {"limit": LONGEST_TEXT})
    return text


def _limit(value) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 1 <= value <= 1_000_000:
        raise _Wrong(_("`limit` is a number from 1 on."))
    return min(int(value), MOST_CANDIDATES)


def _known(value, valid: Iterable[str]) -> str:
    if not isinstance(value, str) or value not in valid:
        raise _Wrong(unknown_value(str(value), sorted(valid)))
    return value


def _is_list_of(value: Any, kind: type[_Kind]) -> TypeGuard[list[_Kind]]:
    return isinstance(value, list) and all(isinstance(one, kind) for one in value)
