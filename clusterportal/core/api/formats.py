"""Formats of an answer, and the choice between them."""

import re

import orjson
from django.http.request import MediaType
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.utils.encoders import JSONEncoder

from clusterportal.core.api.parameters import unknown_value
from clusterportal.core.api.problems import InvalidParameters


class JsonFormat(JSONRenderer):
    """The format that every endpoint has. `Written` values are JSON already and are sent unchanged."""

    def render(self, data, accepted_media_type=None, renderer_context=None):
        if data is None:
            return b""
        return orjson.dumps(data, default=_written_or_text, option=orjson.OPT_NON_STR_KEYS)


class Written:
    """A list whose items are JSON texts already, for example written by the database."""

    def __init__(self, texts: list[str]):
        self.json = f"[{','.join(texts)}]"


def _written_or_text(value):
    return orjson.Fragment(value.json) if isinstance(value, Written) else JSONEncoder().default(value)


class JsonLdFormat(JSONRenderer):
    media_type = "application/ld+json"
    format = "jsonld"


class WholeListFormat(BaseRenderer):
    """A format that is written row by row and has no pages; only its name and media type are used."""

    charset: str | None = None
    render_style = "binary"


_RANGES = re.compile(r'(?:[^,"]|"[^"]*"?)+')  # a comma in quotes belongs to a parameter


class FormatNegotiation(BaseContentNegotiation):
    """`?format=` decides, else the Accept header with its weights."""

    def select_parser(self, request, parsers):
        return parsers[0] if parsers else None

    def select_renderer(self, request, renderers, format_suffix=None):
        """The renderer and its media type; 400 for an unknown format, 406 when nothing accepted is there."""
        by_format = {renderer.format: renderer for renderer in renderers}
        if wanted := request.query_params.get("format"):
            if wanted not in by_format:
                raise InvalidParameters({"format": [unknown_value(wanted, by_format)]})
            return by_format[wanted], by_format[wanted].media_type
        if not (accept := request.headers.get("Accept", "").strip()):
            return renderers[0], renderers[0].media_type
        if (best := best_of(accept, renderers)) is None:
            known = ", ".join(renderer.media_type for renderer in renderers)
            raise NotAcceptable(_("Available are: %(known)s.") % {"known": known})
        return best, best.media_type


def best_of(accept: str, renderers: list):
    """The renderer that the Accept header prefers, the first named among equals; None if none is acceptable.

    Parameters of a media type (`charset`, `version`, `profile`) do not decide: RFC 9110, 12.5.1 lets them be
    disregarded. Of several ranges that fit a type the most specific one counts, so that `q=0` excludes it.
    """
    try:
        ranges = [MediaType(one) for one in _RANGES.findall(accept) if one.strip()]
    except ValueError:  # a header too long to be read
        return None
    rated = []
    for place, renderer in enumerate(renderers):
        fitting = [(_closeness(one, renderer), -order) for order, one in enumerate(ranges)]
        closeness, order = max(fitting, default=(0, 0))
        if closeness and (quality := ranges[-order].quality):
            rated.append((quality, closeness, order, -place, renderer))
    return max(rated, key=lambda one: one[:-1])[-1] if rated else None


def _closeness(one: MediaType, renderer) -> int:
    """How precisely a media range matches what `renderer` writes; 0 if it does not match."""
    main, _slash, sub = renderer.media_type.partition(";")[0].partition("/")
    if (one.main_type, one.sub_type) == (main, sub):
        return 4
    if f"{one.main_type}/{one.sub_type}" in getattr(renderer, "also_accepted_as", ()):
        return 3
    return {(main, "*"): 2, ("*", "*"): 1}.get((one.main_type, one.sub_type), 0)
