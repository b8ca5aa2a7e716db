"""Pages by number for people who browse, a cursor for programs that walk the whole list."""

import json
import re
from urllib.parse import parse_qs, urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import NotFound
from rest_framework.pagination import BasePagination
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param

from clusterportal.core.api.cursors import PATTERN, cursor_after, key_of
from clusterportal.core.api.parameters import parameter
from clusterportal.core.api.problems import InvalidParameters

DEFAULT_SIZE, LARGEST_SIZE = 50, 200
_NUMBER = re.compile(r"[1-9][0-9]{0,14}")
# Parameters that may change between the pages of a cursor: they do not select entries.
_PRESENTATION = {"cursor", "page_size", "fields", "include", "lang", "format", "facets", "facet_size"}

PARAMETERS = [
    parameter("page", gettext_lazy("Number of the page, from 1."), {"type": "integer", "minimum": 1}),
    parameter(
        "page_size",
        gettext_lazy("Entries on a page."),
        {"type": "integer", "minimum": 1, "maximum": LARGEST_SIZE, "default": DEFAULT_SIZE},
    ),
    parameter(
        "cursor",
        gettext_lazy(
            "Walks the whole list without skipping or repeating while others write: begin with an "
            "empty value, then follow `next`. Goes with neither `page` nor `ordering`, and stays "
            "with the filters that it began with."
        ),
        {"type": "string", "minLength": 0, "pattern": f"^({PATTERN})?$"},
    ),
]


class Paging(BasePagination):
    """`page` and `page_size`, or `cursor` along the primary key: it never changes and is never reused.

    `queryset` may be anything with `count()` and slices; its entries may be primary keys.
    """

    def paginate_queryset(self, queryset, request, view=None):
        """The entries of the page asked for."""
        given = request.query_params
        self.url, self.size = request.build_absolute_uri(), _size(given)
        self.next = self.previous = None
        if "cursor" in given:
            return self._by_cursor(queryset, request)
        return self._by_number(queryset, given)

    def _by_number(self, queryset, given) -> list:
        page = _number(given)
        self.count = queryset.count()
        if page > 1 and (page - 1) * self.size >= self.count:
            last = max(1, -(-self.count // self.size))
            raise NotFound(
                _("There is no page %(page)s; the last one is %(last)s.") % {"page": page, "last": last}
            )
        if page * self.size < self.count:
            self.next = replace_query_param(self.url, "page", page + 1)
        if page > 1:
            self.previous = replace_query_param(self.url, "page", page - 1)
        return list(queryset[(page - 1) * self.size : page * self.size])

    def _by_cursor(self, queryset, request) -> list:
        given = request.query_params
        for name in ("page", "ordering"):
            if given.get(name):
                raise InvalidParameters(
                    {name: [_("A cursor walks the list in its own order: leave this out.")]}
                )
        walked = _list_name(request)
        after = _start(given["cursor"], walked)
        self.count = queryset.count()
        entries = self.after(queryset, after, self.size + 1)
        if len(entries) > self.size:
            entries.pop()
            last = getattr(entries[-1], "pk", entries[-1])
            self.next = replace_query_param(self.url, "cursor", cursor_after(last, of=walked))
        return entries

    def after(self, queryset, key: int, number: int) -> list:
        """The next `number` entries after the primary key `key`, in the order of keys."""
        return list(queryset.order_by("pk").filter(pk__gt=key)[:number])

    def get_paginated_response(self, data) -> Response:
        body = {"count": self.count, "next": self.next, "previous": self.previous, "results": data}
        return Response(body, headers={"Link": self.links()})

    def links(self) -> str:
        """The pages beside this one for the header `Link` (RFC 8288): first, previous, next."""
        first = remove_query_param(self.url, "page")
        if "cursor" in parse_qs(urlsplit(self.url).query, keep_blank_values=True):
            first = replace_query_param(self.url, "cursor", "")
        pages = {"first": first, "prev": self.previous, "next": self.next}
        return ", ".join(f'<{address}>; rel="{name}"' for name, address in pages.items() if address)

    def get_paginated_response_schema(self, schema) -> dict:
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["count", "next", "previous", "results"],
            "properties": {
                "count": {"type": "integer", "minimum": 0, "description": _("Entries on all pages.")},
                "next": link,
                "previous": link,
                "results": schema,
            },
        }


class FacetedPaging(Paging):
    """A page of keys that may carry facets; `facets` has the schema of each."""

    facets: dict[str, dict] = {}

    def after(self, listing, key: int, number: int) -> list[int]:
        return listing.after(key, number)

    def get_paginated_response_schema(self, schema) -> dict:
        page = super().get_paginated_response_schema(schema)
        page["properties"] |= {
            "complete_until": {
                "type": "string",
                "format": "date-time",
                "description": _(
                    "With `updated_since`: the moment to ask from next time. Of a walk, that of its first answer."
                ),
            },
            "facets": {"type": "object", "properties": self.facets},
            "facet_totals": {
                "type": "object",
                "description": _("How many values each facet has, with those that are not listed."),
                "properties": {name: {"type": "integer", "minimum": 0} for name in self.facets},
            },
        }
        return page


def _list_name(request) -> str:
    """A name for the list of a request: its path and filters."""
    filters = sorted(
        (name, sorted(values)) for name, values in request.query_params.lists() if name not in _PRESENTATION
    )
    return json.dumps([request.path, filters])


def _start(cursor: str, walked: str) -> int:
    """The primary key after which the page begins; 0 for the first page."""
    if not cursor:
        return 0
    if (key := key_of(cursor, of=walked)) is None:
        raise InvalidParameters(
            {
                "cursor": [
                    _(
                        "This is no cursor of this list with these filters. Begin with an empty one (cursor=) and "
                        "follow `next` from answer to answer."
                    )
                ]
            }
        )
    return key


def _size(given) -> int:
    text = given.get("page_size") or str(DEFAULT_SIZE)
    if not _NUMBER.fullmatch(text) or int(text) > LARGEST_SIZE:
        raise InvalidParameters(
            {"page_size": [_("Give a number from 1 to %(largest)s.") % {"largest": LARGEST_SIZE}]}
        )
    return int(text)


def _number(given) -> int:
    text = given.get("page") or "1"
    if re.fullmatch(r"[1-9][0-9]{15,}", text):
        raise NotFound(_("There is no such page."))
    if not _NUMBER.fullmatch(text):
        raise InvalidParameters({"page": [_("Give the number of a page, from 1.")]})
    return int(text)


class ExamplePaging(Paging):
    """With values by which the documentation makes a page of its example."""

    def get_paginated_response_schema(self, schema) -> dict:
        page = super().get_paginated_response_schema(schema)
        for name, value in (("count", 1), ("next", None), ("previous", None)):
            page["properties"][name] = page["properties"][name] | {"example": value}
        return page
