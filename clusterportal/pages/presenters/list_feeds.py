"""How a list of the newsroom is followed: its feeds and calendar under the filters of the page."""

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

_LISTS = {"news": "news", "events": "event", "stories": "story"}  # how the URL names of its feeds begin
_IGNORED = ("page", "q", "month")  # what feeds and calendars do not know


@dataclass(frozen=True)
class Ways:
    atom: str
    json: str
    calendar: str  # empty where the list has no events
    subscription: str  # the calendar for programs: `webcal:` is what they open


def ways_to_follow(request) -> Ways:
    """Of the list that the request shows; elsewhere of all news."""
    page = request.resolver_match.url_name if request.resolver_match else ""
    name = _LISTS.get(page, "news")
    kept = request.GET.copy() if page in _LISTS else QueryDict(mutable=True)
    for ignored in _IGNORED:
        kept.pop(ignored, None)
    atom, json = (reverse(f"pages:{name}-{format}", query=kept or None) for format in ("feed", "json"))
    if name != "event":
        return Ways(atom, json, "", "")
    calendar = reverse("pages:events-calendar", query=kept or None)
    return Ways(atom, json, calendar, f"webcal://{request.get_host()}{calendar}")
