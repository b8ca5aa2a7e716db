"""`Link` headers of pages: where programs find the same as data."""

from django.http.response import HttpResponseBase
from django.urls import reverse

from clusterportal.core.api.alternates import link_alternates
from clusterportal.core.api.formats import JsonFormat
from clusterportal.core.api.linked_formats import LINKED_FORMATS


def link_record(response: HttpResponseBase, endpoint: str, slug: str) -> None:
    """Names the record behind a page, in each format of its endpoint."""
    address = reverse(endpoint, args=[slug])
    linked = [(one.media_type, f"{address}?format={one.format}") for one in LINKED_FORMATS]
    link_alternates(response, [(JsonFormat.media_type, address), *linked])


class LinksRecord:
    """Mixed into a page about the record under its slug, which `endpoint` gives as data."""

    endpoint: str

    def render_to_response(self, context, **options):
        response = super().render_to_response(context, **options)  # type: ignore[misc]
        link_record(response, self.endpoint, self.kwargs["slug"])  # type: ignore[attr-defined]
        return response
