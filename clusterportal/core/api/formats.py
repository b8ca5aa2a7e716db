"""Formats of an answer, and the choice between them."""

import orjson
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.utils.encoders import JSONEncoder

from clusterportal.core.api.parameters import unknown_value
from clusterportal.core.api.problems import InvalidParameters


class JsonFormat(JSONRenderer):
    """The format that every endpoint speaks. What is JSON already (`Written`) is sent as it is."""

    def render(self, data, accepted_media_type=None, renderer_context=None):
        if data is None:
            return b""
        return orjson.dumps(data, default=_written_or_text, option=orjson.OPT_NON_STR_KEYS)


class Written:
    """Values that were written as JSON elsewhere, by the database for example: texts of a list."""

    def __init__(self, texts: list[str]):
        self.json = f"[{','.join(texts)}]"


def _written_or_text(value):
    return orjson.Fragment(value.json) if isinstance(value, Written) else JSONEncoder().default(value)


class JsonLdFormat(JSONRenderer):
    media_type = "application/ld+json"
    format = "jsonld"


class WholeListFormat(BaseRenderer):
    """A format that is written row by row and has no pages: only its name and media type stand here."""

    charset = None
    render_style = "binary"


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
        if not request.headers.get("Accept", "").strip():
            return renderers[0], renderers[0].media_type
        by_type = {renderer.media_type: renderer for renderer in renderers}
        try:
            preferred = request._request.get_preferred_type(list(by_type))
        except ValueError:  # a header too long to be read
            preferred = None
        if preferred is None:
            raise NotAcceptable(_("Available are: %(known)s.") % {"known": ", ".join(by_type)})
        return by_type[preferred], preferred
