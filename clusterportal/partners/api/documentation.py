"""What the endpoints of the feed say in the OpenAPI schema beyond their serializers."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, OpenApiResponse

from clusterportal.core.api.problems import CONTENT_TYPE, PROBLEM_SCHEMA

EXPIRED = {
    (410, CONTENT_TYPE): OpenApiResponse(
        PROBLEM_SCHEMA,
        _(
            "The cursor is older than 400 days, or of before a restore. `snapshot` is the address of the way back: "
            "take a new copy, and go on from the cursor in its first line."
        ),
    )
}
BUSY = {
    (503, CONTENT_TYPE): OpenApiResponse(
        PROBLEM_SCHEMA,
        _("Not now: the feed is being made, or too many wait already. Ask again in some seconds."),
    )
}
ENTRY = {
    "cursor": "0f3a9c21AbCdEfGhIjKlMnOpQrStUvWxYz0",
    "at": "2026-11-26T12:00:00Z",
    "object": "actor",
    "uid": "7c9e6679-7425-40de-944b-e07fc1f90ae7",
    "slug": "dfki",
    "op": "updated",
    "url": "https://portal.example/api/v1/actors/dfki/",
    "merged_into": None,
    "fields": ["website", "updated_at"],
}
_LINES = """{"cursor":"0f3a9c21…","at":"2026-11-26T12:00:00Z","counts":{"layer":5,"actor":2000}}
{"object":"layer","data":{"slug":"basic-research"}}
{"object":"actor","data":{"slug":"dfki"}}
"""
LINES = OpenApiResponse(
    {"type": "string"},
    _(
        "A line of JSON each. The first: `cursor` from which `changes` goes on, `at`, `counts` by kind, the licence. "
        "Then one for each record: `object` and `data`, in every language. Persons to talk to are in it only for a "
        "key with the scope `read:contacts`."
    ),
    [OpenApiExample("snapshot", _LINES)],
)
_EVENTS = """retry: 3000
id: 0f3a9c21AbCdEfGhIjKlMnOpQrStUvWxYz0

id: 0f3a9c21ZyXwVuTsRqPoNmLkJiHgFeDcBa0
data: {"object":"actor","op":"updated","slug":"dfki"}

: nothing new

event: reset
id: 5b1d77e0AbCdEfGhIjKlMnOpQrStUvWxYz0
data: {"snapshot":"https://portal.example/api/v1/snapshot/"}

"""
EVENTS = OpenApiResponse(
    {"type": "string"},
    _(
        "Server-sent events: `id` is the cursor, `data` an entry as `changes` has it. `event: reset` says that the "
        "cursor has expired: take a new copy from `snapshot`; the stream goes on from now. It ends after some minutes, "
        "and an EventSource comes again by itself."
    ),
    [OpenApiExample("stream", _EVENTS)],
)
