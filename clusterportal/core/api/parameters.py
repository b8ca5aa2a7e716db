"""Query parameters: documented once, checked against what is documented."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiParameter

from clusterportal.core.api import languages
from clusterportal.core.api.problems import InvalidParameters


def parameter(
    name: str, description: str | Promise, kind: dict | None = None, *, example=None, **options
) -> OpenApiParameter:
    """A documented query parameter of an endpoint."""
    schema = dict(kind) if kind else {"type": "string"}
    if enum := options.pop("enum", None):
        schema["enum"] = list(enum)
    if example is not None:
        schema["examples"] = [example]
    return OpenApiParameter(name, schema, OpenApiParameter.QUERY, description=description, **options)


def codes(
    name: str, description: str | Promise, enum=None, *, example: str | None = None
) -> OpenApiParameter:
    """A parameter that takes several codes: repeated, or separated by commas."""
    item = {"type": "string", "enum": list(enum)} if enum else {"type": "string", "examples": [example]}
    return parameter(name, description, {"type": "array", "items": item}, explode=True)


def words(name: str, description: str | Promise, *, example: str) -> OpenApiParameter:
    """A parameter that may be repeated."""
    item = {"type": "string", "maxLength": 200, "examples": [example]}
    return parameter(name, description, {"type": "array", "items": item}, explode=True)


LANG = parameter(
    "lang",
    gettext_lazy("Language of texts, labels and page addresses; `*` gives texts in every language. "
                 "Without it Accept-Language decides."),
    enum=languages.CHOICES,
)  # fmt: skip


def formats(names: list[str]) -> OpenApiParameter:
    return parameter(
        "format", gettext_lazy("Format of the answer; goes before the Accept header."), enum=names
    )


def check_names(given, valid: list[str]) -> None:
    """Refuse parameters that this endpoint does not have, and characters that no value has."""
    known = ", ".join(valid)
    errors = {
        name: [_("This parameter is not known here. Known are: %(known)s.") % {"known": known}]
        for name in given
        if name not in valid
    }
    for name, values in given.lists():
        if name in valid and any("\x00" in value for value in values):
            errors[name] = [_("Null characters are not allowed.")]
    if errors:
        raise InvalidParameters({name.replace("\x00", "�"): texts for name, texts in errors.items()})


def chosen_code(given, name: str, valid) -> str:
    """The one value of `name` out of `valid`; empty when it is not given."""
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
