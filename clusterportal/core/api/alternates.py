"""`Link` headers that name where the same record stands in other formats (RFC 8288)."""

from collections.abc import Collection, Iterable

from django.http.response import HttpResponseBase

from clusterportal.core.api.answer_language import EVERY, AnswerLanguage
from clusterportal.core.api.linked_formats import LINKED

MOST_OCTETS = 4000  # of all links; common proxies take 8,000 for all headers


def link_alternates(response: HttpResponseBase, others: Iterable[tuple[str, str]]) -> None:
    """Adds a link for each of `others`, (media type, address), to those that the answer has already.

    Of a question so long that a proxy might refuse the header none are told.
    """
    links = [f'<{address}>; rel="alternate"; type="{media_type}"' for media_type, address in others]
    given = [response.headers["Link"]] if response.has_header("Link") else []
    if links and sum(map(len, links)) <= MOST_OCTETS:
        response.headers["Link"] = ", ".join([*given, *links])


class LinksFormats:
    """Mixed into an endpoint of several formats: each answer names the others, each format under its own address."""

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)  # type: ignore[misc]
        if response.status_code == 200:
            link_alternates(response, self._other_formats(request))
            if request.accepted_renderer.format in LINKED:  # they hold every language
                response.headers["Content-Language"] = AnswerLanguage(EVERY).header
        return response

    def kept_parameters(self) -> Collection[str]:
        """The query parameters that every format understands."""
        return ["lang"]

    def _other_formats(self, request) -> list[tuple[str, str]]:
        given = request.query_params.copy()
        for name in set(given) - set(self.kept_parameters()):
            del given[name]
        asked = f"{given.urlencode()}&" if given else ""
        address = f"{request.build_absolute_uri(request.path)}?{asked}format="
        return [
            (one.media_type, f"{address}{one.format}")
            for one in self.get_renderers()  # type: ignore[attr-defined]
            if one.media_type != request.accepted_renderer.media_type
        ]
