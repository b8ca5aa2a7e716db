"""Query parameters: documented once, checked against what is documented."""

import re
from typing import NamedTuple, cast
from urllib.parse import unquote_to_bytes

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiParameter

from clusterportal.core.api.answer_language import CHOICES as LANGUAGE_CHOICES
from clusterportal.core.api.problems import InvalidParameters


class Shape(NamedTuple):
    """How a number is written in an address, in ASCII digits."""

    pattern: re.Pattern
    complaint: str | Promise


SHAPES = {
    "integer": Shape(re.compile(r"-?[0-9]+"), gettext_lazy("Give a whole number, written in digits.")),
    "number": Shape(re.compile(r"-?[0-9]+(\.[0-9]+)?"), gettext_lazy("Give a number, written in digits.")),
}


def parameter(
    name: str, description: str | Promise, kind: dict | None = None, *, example=None, **options
) -> OpenApiParameter:
    """A documented query parameter of an endpoint. A text may be empty only if `kind` says so: `minLength` 0."""
    schema = dict(kind) if kind else {"type": "string"}
    if schema["type"] == "string":
        schema.setdefault("minLength", 1)
    if enum := options.pop("enum", None):
        schema["enum"] = list(enum)
    if example is not None:
        schema["examples"] = [example]
    return OpenApiParameter(name, schema, OpenApiParameter.QUERY, description=description, **options)


def codes(
    name: str, description: str | Promise, enum=None, *, example: str | None = None
) -> OpenApiParameter:
    """A parameter that takes several codes: repeated, or separated by commas."""
    item = {"enum": list(enum)} if enum else {"minLength": 1, "examples": [example]}
    item = {"type": "string", **item}
    return parameter(name, description, {"type": "array", "items": item}, explode=True)


def words(name: str, description: str | Promise, *, example: str, **kind) -> OpenApiParameter:
    """A parameter that may be repeated; `kind` is the JSON schema of a value."""
    item = {"type": "string", "minLength": 1, "maxLength": 200, "examples": [example], **kind}
    return parameter(name, description, {"type": "array", "items": item}, explode=True)


LANG = parameter(
    "lang",
    gettext_lazy(
        "Language of texts, labels and page addresses; `*` gives texts in every language. "
        "Without it Accept-Language decides."
    ),
    enum=LANGUAGE_CHOICES,
)


def formats(names: list[str]) -> OpenApiParameter:
    return parameter(
        "format", gettext_lazy("Format of the answer; goes before the Accept header."), enum=names
    )


def check(request, documented: list[OpenApiParameter]) -> None:
    """Raises InvalidParameters for what the documentation of an endpoint does not allow.

    That is: unknown parameters, single values given twice, empty values, malformed numbers, null characters, and
    what is not UTF-8.
    """
    given, valid = request.query_params, {one.name: one for one in documented}
    errors = {
        name: [_("This parameter is not known here. Known are: %(known)s.") % {"known": ", ".join(valid)}]
        for name in given
        if name not in valid
    }
    broken = _not_utf8(request.META.get("QUERY_STRING", ""))
    for name, values in given.lists():
        if name in errors:
            continue
        if name in broken:
            errors[name] = [_("This value is not valid UTF-8.")]
        elif complaint := _complaint(values, cast(dict, valid[name].type)):  # made by parameter()
            errors[name] = [complaint]
    if errors or broken:
        errors = errors or {name: [_("This name is not valid UTF-8.")] for name in broken}
        raise InvalidParameters({name.replace("\x00", "�"): texts for name, texts in errors.items()})


def _complaint(values: list[str], schema: dict):
    """What is wrong with the values of one parameter; None if they have the documented shape."""
    if any("\x00" in value for value in values):
        return _("Null characters are not allowed.")
    if schema["type"] != "array" and len(values) > 1:
        return _("Give this parameter once.")
    if schema.get("minLength") != 0 and not all(value.strip(" ,") for value in values):
        return _("Give a value, or leave this parameter out.")
    shape = SHAPES.get(schema["type"])
    return shape.complaint if shape and not all(map(shape.pattern.fullmatch, values)) else None


def _not_utf8(query: str) -> set[str]:
    """The names of parameters whose name or value is not UTF-8 when its percent-encoding is undone."""
    broken = set()
    for pair in query.encode("latin-1", "replace").split(b"&"):
        octets = unquote_to_bytes(pair.replace(b"+", b" "))
        try:
            octets.decode()
        except UnicodeDecodeError:
            broken.add(unquote_to_bytes(pair.partition(b"=")[0]).decode(errors="replace"))
    return broken


def chosen_code(given, name: str, valid) -> str:
    """The value of `name`, which must be one of `valid`; empty if it is not given."""
    value = given.get(name, "")
    if value and value not in valid:
        raise InvalidParameters({name: [unknown_value(value, valid)]})
    return value


def chosen_codes(given, name: str, valid) -> list[str]:
    """The values of `name`, repeated or separated by commas, each one of `valid`."""
    parts = [part.strip() for value in given.getlist(name) for part in value.split(",")]
    values = list(dict.fromkeys(part for part in parts if part))
    for value in values:
        if value not in valid:
            raise InvalidParameters({name: [unknown_value(value, valid)]})
    return values


def unknown_value(value: str, valid) -> str:
    return _("“%(value)s” is not known here. Known are: %(known)s.") % {
        "value": value[:100],
        "known": ", ".join(valid) or "–",
    }
